//! What a vault promises, seen from outside, over a log in memory.

#![allow(clippy::unwrap_used, reason = "a suite of tests: a panic is its verdict")]

mod forgetting;
mod master_key;
mod persons;
mod rotation;
mod sealing;
mod secrets;
mod stored;
mod tracking;
mod world;
