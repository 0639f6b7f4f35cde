//! Jobs that one node does for all of them: keeping promises, following reactions, relaying events.
//!
//! A job runs where its lease is. It moves by itself when that node ends, dies or stands still, and every append of it
//! carries the lease's fence, so that a node which slept through its own replacement can't write any more. Beside
//! that, each job is harmless with two holders: leases save work, they don't carry the truth.

mod hold;
mod note;

pub use hold::{JOB_LEASE, Jobs};
