//! Between generated types and what the application and the read models speak.

mod due;
pub(crate) mod evaluation;
mod event;
mod hands;
pub(crate) mod honour;
pub(crate) mod policy;
pub(crate) mod project;
mod request;
pub(crate) mod review;
pub(crate) mod score;
mod time;
pub(crate) mod words;

pub(crate) use due::due;
pub(crate) use event::event;
pub(crate) use hands::hands;

/// A number of things that are at hand.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
