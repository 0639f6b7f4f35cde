//! Who says what time it is. The log never reads a clock but through this, so that tests and rehearsals
//! own time.

use std::sync::Arc;

use jiff::Timestamp;

/// Asked for the time once for every batch of appends.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The wall clock.
pub(crate) fn wall() -> Clock {
    Arc::new(Timestamp::now)
}

/// The time as the log keeps it. Whatever is finer than a microsecond is cut off before it is hashed:
/// otherwise a record that was read back would not match its own hash.
pub(crate) fn whole_micros(time: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(time.as_microsecond()).unwrap_or(time)
}

/// Time goes on or stands still, whatever the wall clock was set to.
pub(crate) fn not_before(last: Timestamp, now: Timestamp) -> Timestamp {
    whole_micros(now).max(last)
}
