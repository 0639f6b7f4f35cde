//! What every bus promises ([`suite`], [`interleavings`]), run on the one inside the process, and what only
//! that one can do ([`local`]).

#![allow(clippy::unwrap_used, reason = "a suite of tests: a panic is its verdict")]

mod faulty;
mod interleavings;
mod local;
mod subject;
mod suite;
