//! The log in memory does what every backend must.

use sandan_log::conformance::Subject;
use sandan_log::{Clock, MemoryLog};

async fn open(clock: Clock) -> Subject {
    Subject::new(MemoryLog::with_clock(clock), ())
}

sandan_log::conformance!(open);
