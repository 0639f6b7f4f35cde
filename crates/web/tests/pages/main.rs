//! The pages as a browser without scripts sees them: forms, redirects, and what stands on the page.

#![allow(clippy::unwrap_used)]

mod admin;
mod browser;
mod digests;
mod doors;
mod evaluations;
mod forms;
mod honours;
#[allow(dead_code)]
#[path = "../api/house.rs"]
mod house;
mod life;
mod privacy;
mod scores;
