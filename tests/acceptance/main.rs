//! Black-box tests: the binary, its HTTP and its pages, as people use them.

mod arrows;
mod browser;
mod bus;
mod cycle;
mod idempotency;
mod refusals;
