//! The application through its own door, over a real log. Nothing sleeps: time is moved by hand.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod call_backs;
mod evaluations;
mod failing_log;
mod honours;
mod idempotency;
mod importing;
mod jobs;
mod limits;
mod merging;
mod notices;
mod object_store;
mod on_postgres;
mod order_of_answers;
mod organisation;
mod photos;
mod policies;
mod projects;
mod promises;
mod races;
mod reactions;
mod restart;
mod reviews;
mod scores;
mod the_cycle;
mod two_nodes;
mod world;
