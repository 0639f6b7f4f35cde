//! Signs what it cannot read and knows its own signature again: tokens for anonymous ballots (R21).
//!
//! A voter makes a random serial, *blinds* it and shows the blinded one together with who they are. The session's
//! [`Issuer`] signs it without learning the serial. The voter takes the blinding off and has a [`Token`]: a serial
//! with a signature that everybody can check, and that nobody can lead back to what was signed, whoever holds the
//! key. It is cast with a ballot and no name.
//!
//! The scheme is RFC 9474 in its variant RSABSSA-SHA384-PSS-Randomized, which the RFC recommends. *Randomized*,
//! because the 32 random bytes that it puts before a message are the token's serial, so that no message repeats and
//! a key made with ill will learns nothing from messages it could guess. *PSS with salt*, because nothing here needs
//! two signatures of one message to be equal: a token is known by its serial.
//!
//! Not here: who may have a token, and whether one was used. [`Voter`] is the voter's side as the browser does it;
//! the program itself never needs it, tests and other programs do.

mod error;
mod issuer;
mod key;
mod token;
#[cfg(test)]
mod vectors;
mod voter;

pub use error::{BoothError, NotAToken};
pub use issuer::{Issuer, blinded_hash};
pub use key::PublicKey;
pub use token::{SERIAL_BYTES, TOKEN_CHARS, Token, TokenHash};
pub use voter::Voter;

/// The variant of RFC 9474, by its name there.
pub const VARIANT: &str = "RSABSSA-SHA384-PSS-Randomized";

/// Length of a session's key. A session lasts weeks, and whoever broke its key later could only forge tokens for a
/// count that is over; the blinding does not rest on the key at all.
pub const KEY_BITS: usize = 2_048;
/// Length of a blinded serial, and of a signature.
pub const KEY_BYTES: usize = KEY_BITS / 8;

type Secret = blind_rsa_signatures::SecretKeySha384PSSRandomized;
type Public = blind_rsa_signatures::PublicKeySha384PSSRandomized;

/// What is signed beside the serial: what it is for, and of which session.
fn message(session: uuid::Uuid) -> Vec<u8> {
    [b"sandan/ballot/1/".as_slice(), session.as_bytes()].concat()
}
