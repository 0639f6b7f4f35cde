//! Speaks HTTP: the JSON API, its description, live updates, and the pages.
//!
//! A handler is short: extract, authorise, ask, answer. Wire types live here, at the edge, and are converted
//! to what `sandan-app` takes. No rule of the domain is decided here.
//!
//! `api` is for programs and `pages` for people; both stand on the same frame: who is asking ([`Who`]), how
//! often (the application's [`Door`](sandan_app::Door)), what a refusal looks like ([`Problem`]) and the layers around everything ([`router`]).

pub mod api;
mod body;
mod client;
pub mod headers;
pub mod honours;
mod identity;
pub mod language;
pub mod lookup;
mod measure;
mod multipart;
pub mod pages;
mod panic;
mod photo;
mod problem;
mod router;
mod scores;
mod security;
mod settings;
mod site;
pub mod texts;

pub use client::{Client, Network, client_of};
pub use identity::{Via, Who};
pub use problem::{FieldProblem, Problem, Words, input_error, rejection};
pub use router::router;
pub use settings::{Rehearsal, Settings};
pub use site::{Parts, Site};
