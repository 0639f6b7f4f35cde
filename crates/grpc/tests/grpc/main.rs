//! The edge over a real socket, called by generated clients.

#![allow(clippy::unwrap_used)]

mod authorisation;
mod cycle;
mod follow;
mod house;
mod idempotency;
mod limits;
mod policies;
mod proto;
mod refusals;
mod reviews;
