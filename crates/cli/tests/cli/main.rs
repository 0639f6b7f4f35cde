//! The binary as an operator uses it.

// Helpers are part of the tests: what they can't do is a failure of the test.
#![allow(clippy::unwrap_used)]

mod bad_services;
mod bus;
mod callbacks;
mod cluster;
mod firing;
mod full_disk;
mod grpc;
mod key;
mod memory;
mod metrics;
mod moves;
mod notices;
mod operators;
mod place;
mod policies;
mod real_past;
mod rehearsal;
mod rounds;
mod snapshots;
mod stderr;
mod tls;
mod traces;
mod upgrade;
