//! The application through its own door, over a real log. Nothing sleeps: time is moved by hand.

mod idempotency;
mod importing;
mod merging;
mod order_of_answers;
mod organisation;
mod photos;
mod promises;
mod races;
mod restart;
mod the_cycle;
mod world;
