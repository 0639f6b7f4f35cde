//! The rules of sandan (三单): given a state, a command and the facts, which events follow, or which rule
//! forbids it.
//!
//! Everything here is synchronous and pure: no clock, no randomness, no input or output. Time, ids and policy
//! come in as facts. Rules are numbered as in the domain's rule book and cited by number (`R16`).
//!
//! One folder per aggregate, the same files in each: `state`, `event`, `command`, `evolve`, and `decide/` with
//! one file a command.

pub mod callback;
pub mod category;
pub mod community;
mod decider;
pub mod evaluation;
pub mod event;
pub mod honour;
pub mod ids;
mod input;
pub mod lots;
mod number;
mod people;
pub mod policy;
mod private;
pub mod process;
pub mod project;
mod rejection;
pub mod request;
pub mod review;
pub mod scoring;
mod share;
#[cfg(test)]
mod testing;
pub mod time;
pub mod unit;

pub use category::Category;
pub use decider::{Decider, Facts};
pub use event::Event;
pub use ids::{
    AttachmentId, CallbackId, CommunityId, EvaluationId, GridSlug, HonourId, PersonId, ProjectId, RequestId, Slug,
    UnitId,
};
pub use input::{Flaw, InputError, NoSuch, Text, limits};
pub use number::RequestNumber;
pub use people::{Actor, Level, Role};
pub use private::{Personal, Private};
pub use rejection::{Class, Rejection};
pub use share::Share;
