//! A model built from nothing beside the running one, and put in its place when it has caught up.

use std::sync::Arc;

use serde::Serialize;
use tokio::task::spawn_blocking;

use super::handle::{Handle, lost};
use super::pour::pour;
use super::writer::Writer;
use crate::ViewsError;
use crate::answer::{Model, Running};
use crate::fold::{Fault, Fold};
use crate::store::{forget_older, remove_half_built};

/// So near to the end of the log the running model waits for the new one.
const NEAR: u64 = 2_000;

/// How far a rebuild is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    pub model: Model,
    pub position: u64,
    /// Where it will be done.
    pub head: u64,
}

impl<F: Fold> Handle<F> {
    /// Answers come from the old file until the new one has caught up; the old one stays for going back. One
    /// rebuild at a time: a second one waits for the first.
    pub async fn rebuild(self: &Arc<Self>, progress: &mut (dyn FnMut(Progress) + Send)) -> Result<(), ViewsError> {
        self.build_once(progress).await.map_err(|fault| match fault {
            Fault::Poison { position, reason } => ViewsError::Poisoned { position, reason },
            Fault::Error(error) => error,
        })
    }

    pub(super) async fn build_once(&self, progress: &mut (dyn FnMut(Progress) + Send)) -> Result<(), Fault> {
        let _one = self.rebuilding.lock().await;
        let was_poisoned = self.is_poisoned();
        let built = self.build(progress).await;
        if built.is_err() {
            if !was_poisoned {
                self.set_running(Running::Running);
            }
            let folder = self.context.folder.clone();
            spawn_blocking(move || remove_half_built(&folder, F::KIND)).await.map_err(lost)??;
        }
        built
    }

    async fn build(&self, progress: &mut (dyn FnMut(Progress) + Send)) -> Result<(), Fault> {
        let context = self.context.clone();
        let writer = spawn_blocking(move || Writer::<F>::begin_to_build(&context)).await.map_err(lost)??;
        let mut slot = Some(writer);
        loop {
            let head = self.head().await?;
            if slot.as_ref().is_none_or(|writer| head.saturating_sub(writer.head.position) < NEAR) {
                break;
            }
            self.pour_to(&mut slot, head, progress).await?;
        }
        let mut guard = self.writer.clone().lock_owned().await;
        let head = self.head().await?;
        self.pour_to(&mut slot, head, progress).await?;
        let Some(writer) = slot else { return Err(ViewsError::Closed.into()) };
        let finished = spawn_blocking(move || writer.finish()).await.map_err(lost)??;
        let (context, number) = (self.context.clone(), finished.number);
        self.replace(&mut guard, finished);
        drop(guard);
        self.tick().await?;
        Ok(spawn_blocking(move || forget_older(&context.folder, F::KIND, number)).await.map_err(lost)??)
    }

    async fn pour_to(
        &self,
        slot: &mut Option<Writer<F>>,
        head: u64,
        progress: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<(), Fault> {
        let from = (self.context.log.clone(), self.context.vault.clone());
        let is_poisoned = self.is_poisoned();
        let tell = |position| {
            if !is_poisoned {
                self.set_running(Running::Rebuilding { position, head });
            }
            progress(Progress { model: F::MODEL, position, head });
        };
        pour(slot, from, head, tell).await
    }

    async fn head(&self) -> Result<u64, ViewsError> {
        Ok(self.context.log.head().await?.position)
    }
}
