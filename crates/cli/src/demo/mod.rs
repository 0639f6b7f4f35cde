//! The demonstration: a town, two communities, and five weeks of requests, made through the application's own
//! handlers with a clock that is moved along, so that every event in it is a legitimate one.

mod act;
mod agenda;
mod cast;
mod deed;
mod dispute;
mod honours;
mod life;
mod meeting;
mod organisation;
mod place;
mod plan;
mod prepare;
mod random;
mod scores;
mod sign_ins;
mod stories;
mod tell;
mod works;

pub use prepare::prepare;
pub use random::Random;
pub use sign_ins::SignIns;
pub use stories::{Story, all as stories};
