//! A promise as a timer of the log.

use jiff::{SignedDuration, Timestamp};
use sandan_domain::process::Promise;
use sandan_log::Timer;

use crate::refusal::Refusal;

pub(crate) fn timer(promise: &Promise, due: Timestamp) -> Result<Timer, Refusal> {
    let body = serde_json::to_vec(promise).map_err(|error| Refusal::Failed(format!("write a promise: {error}")))?;
    Ok(Timer { id: promise.timer_id(), due: whole_micros(due), body: body.into() })
}

/// The log keeps whole microseconds and cuts off what is finer; a timer must not ring before its time.
fn whole_micros(due: Timestamp) -> Timestamp {
    let up = due.checked_add(SignedDuration::from_nanos(999)).unwrap_or(due);
    Timestamp::from_microsecond(up.as_microsecond()).unwrap_or(due)
}
