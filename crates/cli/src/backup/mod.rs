//! Copies of everything that can't be made anew: the log, the master key and the photos. Read models are not in
//! it: they follow from the log.

mod bring_back;
mod manifest;
mod take;

pub use bring_back::bring_back;
pub use take::take;
