//! The checker on evidence that is whole, and on evidence that was damaged on purpose.

mod damaged;
mod journal;
mod sample;
