//! Copies of everything that can't be made anew: the log, the master key and the photos. Read models are not in
//! it: they follow from the log.

mod bring_back;
mod copy;
mod manifest;
mod moving;
mod photos;
mod take;

pub use bring_back::bring_back;
pub use copy::{Target, advice, copy_log, must_rest};
pub use take::take;

/// The log's name in a backup.
const LOG: &str = "log.sqlite";
/// The master key's.
const KEY: &str = "master.key";
