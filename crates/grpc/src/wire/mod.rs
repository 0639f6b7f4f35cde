//! Between generated types and what the application and the read models speak.

mod due;
mod event;
mod hands;
pub(crate) mod policy;
mod request;
pub(crate) mod review;
mod time;
pub(crate) mod words;

pub(crate) use due::due;
pub(crate) use event::event;
pub(crate) use hands::hands;
