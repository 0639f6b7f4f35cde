//! Rehearsals: the program's time starts at a chosen instant and runs faster, or slower, than the machine's.
//!
//! Which clock a log was begun with is kept in the log, so that every command reads the same time, and a time once
//! told is never taken back. Tokens, sign-ins and limits of the edge know nothing of it: they run on the machine's.

mod kept;
mod pace;

pub use kept::{Kept, Rehearsal, agree, begin, kept};
pub use pace::Pace;
