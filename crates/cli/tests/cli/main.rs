//! The binary as an operator uses it.

// Helpers are part of the tests: what they can't do is a failure of the test.
#![allow(clippy::unwrap_used)]

mod grpc;
mod metrics;
mod operators;
mod place;
mod rehearsal;
mod stderr;
mod tls;
mod traces;
