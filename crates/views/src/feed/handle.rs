//! A model in use: the one that writes it, those that read it, and where it stands.

use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use sandan_domain::PersonId;
use tokio::sync::{Mutex as AsyncMutex, Notify, OwnedMutexGuard, watch};
use tokio::task::spawn_blocking;

use super::Context;
use super::writer::Writer;
use crate::ViewsError;
use crate::answer::{ModelStatus, Running};
use crate::fold::{Fault, Fold, Opened};
use crate::store::{Pool, path_of};

pub(crate) struct Handle<F> {
    pub(super) context: Context,
    /// `None` only while a task that has the lock uses it elsewhere.
    pub(super) writer: Arc<AsyncMutex<Option<Writer<F>>>>,
    pool: ArcSwap<Pool>,
    position: watch::Sender<u64>,
    /// Counts what time alone has changed.
    ticks: watch::Sender<u64>,
    state: Mutex<State>,
    /// Another writer was put in place.
    pub(super) replaced: Notify,
    pub(super) rebuilding: AsyncMutex<()>,
}

#[derive(Clone)]
struct State {
    generation: u32,
    file: u64,
    next_tick: Option<Timestamp>,
    running: Running,
}

impl<F: Fold> Handle<F> {
    pub async fn open(context: Context) -> Result<Arc<Self>, ViewsError> {
        let opening = spawn_blocking(move || {
            let writer = Writer::<F>::open(&context)?;
            Ok::<_, ViewsError>((writer, context))
        });
        let (writer, context) = opening.await.map_err(lost)??;
        let pool = ArcSwap::from_pointee(Pool::new(path_of(&context.folder, F::KIND, writer.number, false)));
        let position = watch::Sender::new(writer.head.position);
        let state = Mutex::new(State::of(&writer));
        let (ticks, replaced, rebuilding) = (watch::Sender::new(0), Notify::new(), AsyncMutex::new(()));
        let writer = Arc::new(AsyncMutex::new(Some(writer)));
        Ok(Arc::new(Self { context, writer, pool, position, ticks, state, replaced, rebuilding }))
    }

    pub fn context(&self) -> &Context {
        &self.context
    }

    pub fn pool(&self) -> Arc<Pool> {
        self.pool.load_full()
    }

    pub fn position(&self) -> &watch::Sender<u64> {
        &self.position
    }

    pub fn ticks(&self) -> watch::Receiver<u64> {
        self.ticks.subscribe()
    }

    pub fn status(&self, head: u64) -> ModelStatus {
        let state = self.state().clone();
        ModelStatus {
            name: F::MODEL.name(),
            position: *self.position.borrow(),
            generation: state.generation,
            head,
            state: state.running,
            file: state.file,
        }
    }

    /// Changes what time alone changes, until nothing is left to change.
    pub async fn tick(&self) -> Result<(), Fault> {
        let now = (self.context.clock)();
        let mut changed_in_all = 0;
        loop {
            let changed = self.write(move |writer| writer.tick(now)).await?;
            if changed == 0 {
                break;
            }
            changed_in_all += changed as u64;
        }
        if changed_in_all > 0 {
            self.ticks.send_modify(|ticks| *ticks += changed_in_all);
        }
        Ok(())
    }

    pub(super) fn tick_is_due(&self) -> bool {
        self.state().next_tick.is_some_and(|next| next <= (self.context.clock)())
    }

    pub async fn forget(&self, person: PersonId) -> Result<(), ViewsError> {
        self.write(move |writer| writer.forget(person)).await
    }

    pub(super) async fn apply(&self, opened: Vec<Opened>) -> Result<(), Fault> {
        self.write(move |writer| writer.apply(&opened)).await
    }

    async fn write<T: Send + 'static, E: From<ViewsError> + Send + 'static>(
        &self,
        task: impl FnOnce(&mut Writer<F>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let mut guard = self.writer.clone().lock_owned().await;
        let writing = spawn_blocking(move || {
            let done = match guard.as_mut() {
                Some(writer) => task(writer),
                None => Err(ViewsError::Closed.into()),
            };
            (guard, done)
        });
        let (guard, done) = writing.await.map_err(lost)?;
        self.publish(&guard);
        done
    }

    /// Tells everybody where the writer stands, after its commit.
    pub(super) fn publish(&self, writer: &OwnedMutexGuard<Option<Writer<F>>>) {
        let Some(writer) = writer.as_ref() else { return };
        let mut state = self.state();
        let running = state.running.clone();
        *state = State { running, ..State::of(writer) };
        drop(state);
        let position = writer.head.position;
        self.position.send_if_modified(|known| std::mem::replace(known, position) != position);
        metrics::gauge!("sandan_views_position", "model" => F::MODEL.name()).set(position as f64);
    }

    /// Puts another writer in place, and readers of its file.
    pub(super) fn replace(&self, guard: &mut OwnedMutexGuard<Option<Writer<F>>>, writer: Writer<F>) {
        let path = path_of(&self.context.folder, F::KIND, writer.number, false);
        **guard = Some(writer);
        self.pool.store(Arc::new(Pool::new(path)));
        self.set_running(Running::Running);
        self.publish(guard);
        self.replaced.notify_waiters();
        self.replaced.notify_one();
    }

    pub(super) fn set_running(&self, running: Running) {
        self.state().running = running;
    }

    pub(super) fn is_poisoned(&self) -> bool {
        matches!(self.state().running, Running::Poisoned { .. })
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn of<F>(writer: &Writer<F>) -> Self {
        Self {
            generation: writer.head.generation,
            file: writer.number,
            next_tick: writer.next_tick,
            running: Running::Running,
        }
    }
}

pub(super) fn lost(error: tokio::task::JoinError) -> ViewsError {
    ViewsError::Storage(format!("a task of the read models was lost: {error}"))
}
