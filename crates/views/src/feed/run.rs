//! Keeps a model up with the log, until the program ends.

use std::sync::Arc;
use std::time::Duration;

use sandan_log::Head;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::handle::Handle;
use super::open;
use super::pour::pour;
use super::writer::Writer;
use crate::ViewsError;
use crate::answer::Running;
use crate::fold::{Fault, Fold};

/// How often it is looked whether time alone changed something. Without change this touches no file.
const LOOK: Duration = Duration::from_millis(200);
/// Further behind than this, the log is read in large pages.
const FAR_BEHIND: u64 = 2_000;
/// An empty model with more than this before it is built at a stretch: nobody can use it before anyway.
const WORTH_BUILDING: u64 = 50_000;
const RETRY_FIRST: Duration = Duration::from_millis(100);
const RETRY_LAST: Duration = Duration::from_secs(10);

impl<F: Fold> Handle<F> {
    /// Ends with the program or the bus. A poisonous event stops the feeding until the model was built anew;
    /// anything else is tried again.
    pub async fn run(self: Arc<Self>, mut shutdown: watch::Receiver<bool>) {
        let mut pause = RETRY_FIRST;
        loop {
            let begun = *self.position().borrow();
            let fed = tokio::select! {
                biased;
                _ = shutdown.wait_for(|ended| *ended) => return,
                fed = self.feed() => fed,
            };
            let waited = match fed {
                Ok(Ended::Bus) => return,
                Ok(Ended::Replaced) => continue,
                Err(fault) => self.fail(fault),
            };
            if *self.position().borrow() != begun {
                pause = RETRY_FIRST;
            }
            tokio::select! {
                _ = shutdown.wait_for(|ended| *ended) => return,
                () = self.replaced.notified(), if waited == Wait::ForRebuild => {}
                () = sleep(pause), if waited == Wait::Pause => pause = (pause * 2).min(RETRY_LAST),
            }
        }
    }

    async fn feed(&self) -> Result<Ended, Fault> {
        self.check_history().await?;
        self.catch_up().await?;
        let mut subscription = self.context.bus.subscribe(*self.position().borrow());
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = self.replaced.notified() => return Ok(Ended::Replaced),
                _ = look.tick() => if self.tick_is_due() { self.tick().await? },
                batch = subscription.next() => match batch {
                    None => return Ok(Ended::Bus),
                    Some(batch) => {
                        if self.generation() != batch.last().map(|record| record.generation) {
                            self.check_history().await?;
                        }
                        let (opened, fault) = open(&self.context.vault, &batch).await?;
                        self.apply(opened).await?;
                        fault.map_or(Ok(()), Err)?;
                        let head = *self.context.log.watch().borrow();
                        let lag = head.saturating_sub(*self.position().borrow());
                        metrics::gauge!("sandan_views_lag_records", "model" => F::MODEL.name()).set(lag as f64);
                    }
                }
            }
        }
    }

    /// A log that was restored from a backup gives positions out again: whether what stands here is still its past.
    async fn check_history(&self) -> Result<(), Fault> {
        let mut guard = self.writer.clone().lock_owned().await;
        let Some(head) = guard.as_ref().map(|writer| writer.head) else { return Ok(()) };
        if self.is_in_log(&head).await? {
            return Ok(());
        }
        let (model, position) = (F::MODEL.name(), head.position);
        tracing::warn!(model, position, "the log has another past than this read model: building it from scratch");
        let context = self.context.clone();
        let beginning = tokio::task::spawn_blocking(move || Writer::begin(&context));
        let writer = beginning.await.map_err(super::handle::lost)??;
        self.replace(&mut guard, writer);
        // Nobody is feeding from the old one: no need to hear of it.
        drop(guard);
        self.replaced.notified().await;
        Ok(())
    }

    async fn is_in_log(&self, head: &Head) -> Result<bool, ViewsError> {
        if head.position == 0 {
            return Ok(true);
        }
        let records = self.context.log.read(head.position - 1, 1).await?;
        Ok(records.first().is_some_and(|record| record.position == head.position && record.hash == head.hash))
    }

    async fn catch_up(&self) -> Result<(), Fault> {
        loop {
            let upto = self.context.log.head().await.map_err(ViewsError::from)?.position;
            if *self.position().borrow() == 0 && upto > WORTH_BUILDING {
                match self.build_once(&mut |_| {}).await {
                    // All before it is worth having: fed below, which meets it again.
                    Err(Fault::Poison { .. }) => {}
                    built => return built,
                }
            }
            if upto.saturating_sub(*self.position().borrow()) < FAR_BEHIND {
                return Ok(());
            }
            let mut guard = self.writer.clone().lock_owned().await;
            let from = (self.context.log.clone(), self.context.vault.clone());
            let tell = |position| _ = self.position().send_replace(position);
            let poured = pour(&mut guard, from, upto, tell).await;
            self.publish(&guard);
            poured?;
        }
    }

    /// Takes everything up to `upto` and nothing beyond, and then what time alone changed by then. For a model that nobody
    /// else feeds.
    pub(crate) async fn fill(&self, upto: u64) -> Result<(), Fault> {
        let mut guard = self.writer.clone().lock_owned().await;
        let from = (self.context.log.clone(), self.context.vault.clone());
        let poured = pour(&mut guard, from, upto, |_| {}).await;
        self.publish(&guard);
        drop(guard);
        poured?;
        self.tick().await
    }

    fn generation(&self) -> Option<u32> {
        Some(self.status(0).generation)
    }

    fn fail(&self, fault: Fault) -> Wait {
        let model = F::MODEL.name();
        match fault {
            Fault::Poison { position, reason } => {
                tracing::error!(model, position, reason, "a read model met an event that it can't apply, and stopped");
                self.set_running(Running::Poisoned { position, reason });
                Wait::ForRebuild
            }
            Fault::Error(error) => {
                tracing::error!(model, error = &error as &dyn std::error::Error, "a read model failed; trying again");
                Wait::Pause
            }
        }
    }
}

/// Why feeding ended without a failure.
enum Ended {
    Bus,
    Replaced,
}

/// What must happen before feeding goes on.
#[derive(PartialEq, Eq)]
enum Wait {
    ForRebuild,
    Pause,
}
