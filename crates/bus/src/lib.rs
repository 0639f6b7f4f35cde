//! Carries records from the log to whoever listens, in order, at least once.
//!
//! A subscriber says after which position it wants to go on, and remembers itself how far it came: that is all
//! there is to acknowledging. The log stays the truth; a bus can lose nothing that is not there to be read.
//!
//! Inside one process that is [`LocalBus`]; between nodes it is [`nats`]. Both pass the suite in `tests/bus/`.

mod local;
pub mod nats;
mod subscription;

use std::sync::Arc;

use sandan_log::{Position, Record};

pub use local::{BATCH_RECORDS_MAX, LocalBus};
pub use subscription::Subscription;

/// Records with consecutive positions, at least one.
pub type Batch = Arc<Vec<Record>>;

/// Whatever carries records to listeners.
pub trait Bus: Send + Sync + 'static {
    /// All records with a position greater than `after`, in order, those to come included.
    ///
    /// Subscribing anew after a position that was passed before delivers again. The subscription ends when
    /// the bus or the log is closed.
    fn subscribe(&self, after: Position) -> Subscription;
}
