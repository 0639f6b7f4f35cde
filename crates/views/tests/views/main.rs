//! The read models from outside: random histories under the domain's own rules, real SQLite files, a log in
//! memory, and naive answers to compare with.

#![allow(clippy::unwrap_used)]

mod board;
mod chance;
mod dump;
mod feeding;
mod life;
mod lists;
mod live;
mod naive;
mod past;
mod places;
mod rates;
mod request;
mod search;
mod snapshots;
mod speed;
mod timeline;
mod world;
