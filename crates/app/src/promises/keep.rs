//! Promises over time (R13): timers of the log, fired once, in order, never early, also after a night off.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use sandan_domain::evaluation;
use sandan_domain::ids::derive;
use sandan_domain::process::Promise;
use sandan_log::{Timer, TimerChange};
use tokio::select;
use uuid::Uuid;

use crate::app::App;
use crate::execute::{Followup, Identity, Order, Wish};
use crate::promises::Pace;
use crate::refusal::Refusal;

/// Timers that are read at once.
const BATCH: usize = 2_048;
/// The longest sleep: another node may have set a timer that nobody told this one of.
const SLEEP_MAX: Duration = Duration::from_secs(1);
/// First and longest pause after a failure of the log.
const PAUSE_MIN: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(10);

impl App {
    /// Keeps promises until `shutdown` is done. Two of them at once do no harm.
    pub async fn keep_promises(&self, shutdown: impl Future<Output = ()> + Send) {
        let mut shutdown = pin!(shutdown);
        let mut pause = PAUSE_MIN;
        loop {
            // Asked for before looking, so that a timer set meanwhile is not slept over.
            let mut woken = pin!(self.0.alarm.watch());
            woken.as_mut().enable();
            let sleep = match self.keep_due_promises().await {
                Ok(_) => self.work_out_or_sleep().await,
                Err(refusal) => Err(refusal),
            };
            if sleep.is_ok() {
                pause = PAUSE_MIN;
            }
            let sleep = sleep.unwrap_or_else(|refusal| {
                tracing::warn!(%refusal, ?pause, "promises can't be kept for now");
                pause = (pause * 2).min(PAUSE_MAX);
                pause
            });
            select! {
                () = &mut shutdown => return,
                () = woken => {}
                () = self.0.clock.moved() => {}
                () = tokio::time::sleep(sleep) => {}
            }
        }
    }

    /// Keeps every promise that is due now, in order, and says how many.
    pub async fn keep_due_promises(&self) -> Result<usize, Refusal> {
        let (mut kept, mut pace) = (0, Pace::new());
        loop {
            let due = self.0.log.due_timers(self.0.clock.now(), BATCH).await?;
            if due.is_empty() {
                return Ok(kept);
            }
            // Of different instants the earlier comes first; of one instant all share their commits.
            let mut instants = due.chunk_by(|one, next| one.due == next.due).peekable();
            while let Some(instant) = instants.next() {
                self.keep_instant(instant, &mut pace).await?;
                kept += instant.len();
                let Some(next) = instants.peek() else { break };
                // What was kept may have promised more for a time before that, such as the next long-lost reminder.
                if self.0.log.next_timer().await?.is_some_and(|due| due < next[0].due) {
                    break;
                }
            }
        }
    }

    async fn keep_instant(&self, instant: &[Timer], pace: &mut Pace) -> Result<(), Refusal> {
        let keep = |timer: Timer| async move { self.keep_one(&timer).await };
        pace.work_off(instant, |_| Duration::ZERO, keep).await.map(drop)
    }

    /// One batch of limits that a new policy moves: promises come first (R13). With nothing of that to do: until the
    /// next timer.
    async fn work_out_or_sleep(&self) -> Result<Duration, Refusal> {
        if self.work_out_some().await? {
            return Ok(Duration::ZERO);
        }
        self.until_next_timer().await
    }

    async fn until_next_timer(&self) -> Result<Duration, Refusal> {
        let next = self.0.log.next_timer().await?;
        self.0.alarm.sleeps_until(next);
        Ok(next.map_or(SLEEP_MAX, |due| self.0.clock.wait_until(due, SLEEP_MAX)))
    }

    /// Fires one timer. Its command cancels it in the same append, so that it can't fire twice.
    async fn keep_one(&self, timer: &Timer) -> Result<(), Refusal> {
        let promise: Promise = match serde_json::from_slice(&timer.body) {
            Ok(promise) => promise,
            Err(error) => {
                // A newer program may have promised it: it stays, but must not hold up the others.
                tracing::error!(timer = %timer.id, %error, "a promise can't be read; it is put off");
                return self.put_off(timer).await;
            }
        };
        let Followup::Wish(wish) = promise.keep().into() else { return self.release(timer).await };
        match self.fulfil(timer, *wish).await {
            Ok(()) => Ok(()),
            Err(refusal) if refusal.is_passing() => Err(refusal),
            Err(refusal @ Refusal::Failed(_)) => {
                tracing::error!(timer = %timer.id, %refusal, "a promise could not be kept; it is put off");
                self.put_off(timer).await
            }
            Err(refusal) => {
                tracing::warn!(timer = %timer.id, %refusal, "a promise can't be kept and is released");
                self.release(timer).await
            }
        }
    }

    async fn fulfil(&self, timer: &Timer, wish: Wish) -> Result<(), Refusal> {
        let wish = self.with_the_best_match(wish).await?;
        let wish = self.with_the_seed(wish).await?;
        let counted = match &wish {
            Wish::Evaluation(id, evaluation::Command::Close { .. }) => Some(*id),
            _ => None,
        };
        let rows = match counted {
            Some(id) => self.before_the_count(id).await?,
            None => Vec::new(),
        };
        let order = self.own_order("keep-promise", Identity::derived(command_id(timer)), wish, timer.id).await?;
        let (timers, not_before) = (vec![TimerChange::Cancel(timer.id)], Some(timer.due));
        let order = Order { rows, timers, not_before, ..order };
        let receipt = self.execute(&order).await?;
        if receipt.replayed {
            // Kept before, perhaps when there was nothing to do, and promised again since for the same time. The
            // rules know whether there is something to do now.
            self.execute(&Order { identity: Identity::once(), ..order }).await?;
        }
        if let Some(id) = counted {
            self.0.urns.forget_issuer(id);
        }
        Ok(())
    }

    /// Forgets a promise that is kept or void.
    async fn release(&self, timer: &Timer) -> Result<(), Refusal> {
        self.note(Vec::new(), vec![TimerChange::Cancel(timer.id)]).await
    }

    /// Tries again in an hour of the domain's time.
    async fn put_off(&self, timer: &Timer) -> Result<(), Refusal> {
        let later = self.0.clock.now().checked_add(jiff::SignedDuration::from_hours(1));
        let later = later.unwrap_or(jiff::Timestamp::MAX);
        self.note(Vec::new(), vec![TimerChange::Set(Timer { due: later, ..timer.clone() })]).await
    }
}

/// The same timer at the same due time is the same command; set anew it is another.
fn command_id(timer: &Timer) -> Uuid {
    derive(timer.id, &format!("keep/{}", timer.due.as_microsecond()))
}
