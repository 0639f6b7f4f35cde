//! The read models of a node, and all that can be asked of them.

use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use sandan_domain::PersonId;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::api::PublicRates;
use crate::feed::{Handle, Parts, Progress};
use crate::fold::MainFold;
use crate::past::{Pasts, sweep};
use crate::search::SearchFold;
use crate::snapshot::adopt;
use crate::store::read_head;
use crate::{Label, Lagging, Model, ModelStatus, Shelf, ViewsError};

pub(crate) type Answer<T> = Result<T, ViewsError>;

/// Cheap to clone; all clones are the same models.
#[derive(Clone)]
pub struct Views(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) parts: Parts,
    pub(crate) main: Arc<Handle<MainFold>>,
    pub(crate) search: Arc<Handle<SearchFold>>,
    pub(crate) public_rates: PublicRates,
    pub(crate) pasts: Pasts,
}

impl Views {
    /// Goes on from copies that other nodes keep on the shelf, where the folder has no models. To be called before
    /// [`Views::open`]. The positions at which the models will stand, of those that had a copy.
    pub async fn adopt(parts: &Parts, shelf: &dyn Shelf) -> Result<Vec<u64>, ViewsError> {
        let models = [adopt::<MainFold>(parts, shelf).await?, adopt::<SearchFold>(parts, shelf).await?];
        Ok(models.into_iter().flatten().collect())
    }

    /// Keeps a copy of each model on the shelf that is `every` events or more beyond the last one there.
    pub async fn keep_copies(&self, shelf: &dyn Shelf, every: u64) -> Result<Vec<Label>, ViewsError> {
        let (main, search) =
            (self.0.main.keep_a_copy(shelf, every).await?, self.0.search.keep_a_copy(shelf, every).await?);
        Ok([main, search].into_iter().flatten().collect())
    }

    /// Opens the files in the folder, or begins them. Nothing is fed before [`Views::run`].
    pub async fn open(parts: Parts) -> Result<Self, ViewsError> {
        sweep(&parts.folder);
        let (main, search) = (Handle::open(parts.clone()).await?, Handle::open(parts.clone()).await?);
        Ok(Self(Arc::new(Inner { parts, main, search, public_rates: PublicRates::default(), pasts: Pasts::default() })))
    }

    /// Keeps the models up with the log until `shutdown` turns true or the bus is closed. To be called once.
    pub async fn run(&self, shutdown: watch::Receiver<bool>) {
        let main = tokio::spawn(self.0.main.clone().run(shutdown.clone()));
        let search = tokio::spawn(self.0.search.clone().run(shutdown));
        for model in [main, search] {
            if let Err(error) = model.await {
                tracing::error!(%error, "a read model's task ended by itself");
            }
        }
    }

    /// Builds every model anew beside the running one, and puts it in its place.
    pub async fn rebuild(&self, mut progress: impl FnMut(Progress) + Send) -> Result<(), ViewsError> {
        self.0.main.rebuild(&mut progress).await?;
        self.0.search.rebuild(&mut progress).await
    }

    /// The same of one model.
    pub async fn rebuild_one(&self, model: Model, mut progress: impl FnMut(Progress) + Send) -> Result<(), ViewsError> {
        match model {
            Model::Main => self.0.main.rebuild(&mut progress).await,
            Model::Search => self.0.search.rebuild(&mut progress).await,
        }
    }

    /// Brings lights up to the clock. `run` does it by itself, up to 0.2 s later; tests that move a clock call it.
    pub async fn tick(&self) -> Result<(), ViewsError> {
        self.0.main.tick().await.map_err(|fault| ViewsError::Storage(fault.to_string()))
    }

    /// Removes the words of a person whose key was deleted from the tables and the search of this node. Models
    /// that are built later never had them.
    pub async fn forget(&self, person: PersonId) -> Result<(), ViewsError> {
        self.0.main.forget(person).await?;
        self.0.search.forget(person).await
    }

    /// The last position that answers show.
    pub fn position(&self) -> u64 {
        *self.0.main.position().borrow()
    }

    /// Waits until answers show `position`.
    pub async fn wait(&self, position: u64, at_most: Duration) -> Result<(), Lagging> {
        wait(self.0.main.position(), position, at_most).await
    }

    /// The same of the search (`Filter::q`).
    pub async fn wait_search(&self, position: u64, at_most: Duration) -> Result<(), Lagging> {
        wait(self.0.search.position(), position, at_most).await
    }

    /// Follows the position of the main model, after its commits.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.0.main.position().subscribe()
    }

    /// Counts the requests whose light changed by time alone: a board asks anew then. Such a change is no
    /// `request` event of the live stream, for it has no position of its own.
    pub fn lights(&self) -> watch::Receiver<u64> {
        self.0.main.ticks()
    }

    /// Where each model stands.
    pub async fn status(&self) -> Result<Vec<ModelStatus>, ViewsError> {
        let head = self.0.parts.log.head().await?.position;
        Ok(vec![self.0.main.status(head), self.0.search.status(head)])
    }

    /// Asks the file of each model for its position, on the way that every question takes.
    pub async fn probe(&self) -> Result<(), ViewsError> {
        for pool in [self.0.main.pool(), self.0.search.pool()] {
            pool.run(read_head).await?;
        }
        Ok(())
    }

    /// One state of the tables, asked on a thread that may block.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        self.0.main.pool().run(question).await
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        (self.0.parts.clock)()
    }
}

async fn wait(position: &watch::Sender<u64>, wanted: u64, at_most: Duration) -> Result<(), Lagging> {
    let mut position = position.subscribe();
    let reached = timeout(at_most, position.wait_for(|at| *at >= wanted)).await.is_ok_and(|reached| reached.is_ok());
    let at = *position.borrow();
    if reached { Ok(()) } else { Err(Lagging { at, wanted }) }
}

impl std::fmt::Debug for Views {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Views").field("position", &self.position()).finish_non_exhaustive()
    }
}
