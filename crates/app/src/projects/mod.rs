//! Projects beside their commands: finding one, a community's list, and who registered (R14, R29).
//!
//! As with evaluations, what is asked of them is answered from the log, not from a read model.

mod rows;
mod show;

pub(crate) use rows::{PROJECTS, listing, refused};
pub use show::RegisteredLine;
