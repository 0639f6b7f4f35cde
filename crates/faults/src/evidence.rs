//! Everything that a run leaves behind, read once it is quiet.

use sandan_bus::nats::Stored;
use sandan_log::Record;

use crate::journal::Entry;

/// What the checker judges.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// What clients were told.
    pub journal: Vec<Entry>,
    /// The whole log, as it was read, in order.
    pub records: Vec<Record>,
    /// The whole stream from its sequence 1 on; `None` where no bus ran.
    pub stream: Option<Vec<Stored>>,
    /// The tables of read models that were folded from the log just now.
    pub fresh: Vec<String>,
    /// The tables of each node.
    pub nodes: Vec<(String, Vec<String>)>,
    /// What was seen while it ran, and no log tells.
    pub seen: Vec<Seen>,
}

/// A promise that somebody saw broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// One of those in [`crate::check::promise`].
    pub promise: &'static str,
    pub what: String,
}
