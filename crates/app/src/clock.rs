//! The domain's time: the machine's, a rehearsal's, or one that a test moves.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

/// Says what time it is for the rules. Tokens, sign-ins and lock-outs run on the machine's clock instead.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// How many of its seconds pass in one of the machine's.
    speed: f64,
    moved: Arc<Notify>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self { now: Arc::new(Timestamp::now), speed: 1.0, moved: Arc::default() }
    }

    /// A clock that read `start` when the machine's read `begun`, and runs `speed` times as fast.
    pub fn rehearsal(start: Timestamp, begun: Timestamp, speed: f64) -> Self {
        let now = move || {
            let passed = begun.duration_until(Timestamp::now()).as_secs_f64() * speed;
            let passed = SignedDuration::try_from_secs_f64(passed).unwrap_or(SignedDuration::MAX);
            start.checked_add(passed).unwrap_or(Timestamp::MAX)
        };
        Self { now: Arc::new(now), speed, moved: Arc::default() }
    }

    /// A clock that stands still until a test moves it.
    pub fn manual(start: Timestamp) -> (Self, ManualClock) {
        let (time, moved) = (Arc::new(Mutex::new(start)), Arc::new(Notify::new()));
        let read = Arc::clone(&time);
        let now = move || *read.lock().unwrap_or_else(PoisonError::into_inner);
        (Self { now: Arc::new(now), speed: 0.0, moved: Arc::clone(&moved) }, ManualClock { time, moved })
    }

    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// The same clock as the log wants it.
    pub fn as_fn(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        Arc::clone(&self.now)
    }

    /// How long the machine must wait until `due`, at most `most`.
    pub(crate) fn wait_until(&self, due: Timestamp, most: Duration) -> Duration {
        let left = self.now().duration_until(due).as_secs_f64();
        if left <= 0.0 {
            return Duration::ZERO;
        }
        if self.speed <= 0.0 {
            return most;
        }
        Duration::try_from_secs_f64(left / self.speed).map_or(most, |wait| wait.min(most))
    }

    /// Returns when a test has moved the clock.
    pub(crate) async fn moved(&self) {
        self.moved.notified().await;
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("now", &self.now()).field("speed", &self.speed).finish()
    }
}

/// The hand that moves a [`Clock::manual`].
#[derive(Clone, Debug)]
pub struct ManualClock {
    time: Arc<Mutex<Timestamp>>,
    moved: Arc<Notify>,
}

impl ManualClock {
    pub fn set(&self, time: Timestamp) {
        *self.time.lock().unwrap_or_else(PoisonError::into_inner) = time;
        self.moved.notify_waiters();
        self.moved.notify_one();
    }

    pub fn advance(&self, by: SignedDuration) {
        self.set(self.now().checked_add(by).unwrap_or(Timestamp::MAX));
    }

    pub fn now(&self) -> Timestamp {
        *self.time.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rehearsal_runs_faster_and_stands_where_it_would_have_stood() {
        let (start, begun) = (Timestamp::UNIX_EPOCH, Timestamp::now() - SignedDuration::from_secs(10));
        let clock = Clock::rehearsal(start, begun, 3_600.0);
        let passed = start.duration_until(clock.now()).as_secs();
        assert!((36_000..36_000 + 3_600 * 60).contains(&passed), "{passed}");
        let wait = clock.wait_until(clock.now() + SignedDuration::from_hours(2), Duration::from_secs(60));
        assert!(wait <= Duration::from_secs(2), "{wait:?}");
    }

    #[test]
    fn a_clock_that_stands_still_is_waited_for_no_longer_than_wanted() {
        let (clock, hand) = Clock::manual(Timestamp::UNIX_EPOCH);
        let (due, most) = (Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1), Duration::from_secs(7));
        assert_eq!(clock.wait_until(due, most), most);
        hand.set(due);
        assert_eq!(clock.wait_until(due, most), Duration::ZERO);
    }
}
