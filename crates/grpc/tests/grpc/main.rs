//! The edge over a real socket, called by generated clients.

#![allow(clippy::unwrap_used)]

mod authorisation;
mod cycle;
mod evaluations;
mod follow;
mod honours;
mod house;
mod idempotency;
mod limits;
mod policies;
mod projects;
mod proto;
mod refusals;
mod reviews;
mod scores;
