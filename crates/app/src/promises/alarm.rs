//! What wakes the keeper of promises: a timer that was set for a time before it meant to wake by itself.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use sandan_log::TimerChange;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

/// Nearly every command sets a timer for days ahead; the keeper sleeps on through those.
pub(crate) struct Alarm {
    notify: Notify,
    /// Until when the keeper sleeps, in microseconds; the end of time while it is awake.
    until: AtomicI64,
}

impl Default for Alarm {
    fn default() -> Self {
        Self { notify: Notify::new(), until: AtomicI64::new(i64::MAX) }
    }
}

impl Alarm {
    /// An append changed these timers.
    pub fn heard(&self, changes: &[TimerChange]) {
        let until = self.until.load(Ordering::SeqCst);
        let is_earlier = |change: &TimerChange| match change {
            TimerChange::Set(timer) => timer.due.as_microsecond() < until,
            TimerChange::Cancel(_) => false,
        };
        if changes.iter().any(is_earlier) {
            self.notify.notify_one();
        }
    }

    /// There is something to do at once.
    pub fn ring(&self) {
        self.notify.notify_one();
    }

    /// The keeper is about to look: whatever is set from now on rings.
    pub fn watch(&self) -> Notified<'_> {
        self.until.store(i64::MAX, Ordering::SeqCst);
        self.notify.notified()
    }

    /// The keeper sleeps until the next timer that it knows of.
    pub fn sleeps_until(&self, next: Option<Timestamp>) {
        self.until.store(next.map_or(i64::MAX, Timestamp::as_microsecond), Ordering::SeqCst);
    }
}
