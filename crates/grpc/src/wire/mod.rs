//! Between generated types and what the application and the read models speak.

mod event;
mod request;
mod time;
pub(crate) mod words;

pub(crate) use event::event;
