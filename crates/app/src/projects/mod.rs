//! Projects beside their commands: finding one, a community's list, and who registered (R14, R29).
//!
//! As with evaluations, what is asked of them is answered from the log, not from a read model.

mod rows;
mod show;

use sandan_domain::{EvaluationId, ProjectId};

pub(crate) use rows::{PROJECTS, listing, refused};
pub use show::RegisteredLine;

/// A code is a voter's: of the project as long as there is no round, and of every round then.
pub(crate) const fn as_a_vote(id: ProjectId) -> EvaluationId {
    EvaluationId(id.0)
}
