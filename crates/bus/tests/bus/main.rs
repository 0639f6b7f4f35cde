//! What every bus promises ([`suite`], [`interleavings`]), and what concerns only the one inside the process
//! ([`local`]) or the one over NATS ([`relay`], [`live`]).

#![allow(clippy::unwrap_used, reason = "a suite of tests: a panic is its verdict")]

mod faulty;
mod interleavings;
mod live;
mod local;
mod plant;
mod relay;
mod subject;
mod suite;
