//! The unit of work behind every command: load, decide, let follow what follows, seal, append, answer.
//!
//! What is hot stays in memory: as soon as an append is on its way, the next command on the same stream decides on
//! the state that it will leave behind, so that a thousand voters on one review share a few commits. Nobody is
//! answered before their own append is durable, and nobody is refused on the ground of one that is not.

mod durable;
mod identity;
mod locks;
mod order;
mod outcome;
mod plan;
mod replay;
mod run;
mod settle;
mod states;
mod timer;
mod wish;

pub(crate) use identity::Identity;
pub(crate) use locks::Locks;
pub(crate) use order::{Failure, Order};
pub(crate) use outcome::Outcome;
pub(crate) use plan::{Planned, is_followed};
pub(crate) use states::States;
pub(crate) use states::unreadable;
pub(crate) use timer::timer;
pub(crate) use wish::{
    Followup, Wish, callback_stream, community_stream, evaluation_stream, honour_stream, policy_stream, project_stream,
    reaction_id, request_stream, scoring_stream, unit_stream,
};
