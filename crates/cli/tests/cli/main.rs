//! The binary as an operator uses it.

// Helpers are part of the tests: what they can't do is a failure of the test.
#![allow(clippy::unwrap_used)]

mod bus;
mod cluster;
mod firing;
mod grpc;
mod metrics;
mod moves;
mod notices;
mod operators;
mod place;
mod policies;
mod real_past;
mod rehearsal;
mod stderr;
mod tls;
mod traces;
