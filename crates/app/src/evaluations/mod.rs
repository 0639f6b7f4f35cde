//! Evaluations beside their commands: finding one, the issuer's key, and the ballots that wait to be written (R21).
//!
//! What is asked of them is answered from the log, not from a read model: a session is one stream, and its pages must
//! be exact to the ballot.

mod cast;
mod code;
mod issuer;
mod reseal;
mod rows;
mod show;
mod urn;

pub use cast::{AnswerInput, CastBallot, Casting};
pub use reseal::resealed;
pub(crate) use rows::{EVALUATIONS, listed_as_called_off, listing};
pub use show::VolunteerLine;
pub use urn::BALLOTS_EVERY;
pub(crate) use urn::{Urns, refused};
