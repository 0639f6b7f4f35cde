//! The checker on evidence that is whole, and on evidence that was damaged on purpose; and a short fault run.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod damaged;
mod journal;
mod sample;
mod short_run;
