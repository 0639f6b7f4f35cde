//! The voter's side, as the page does it in the browser.

use blind_rsa_signatures::{BlindSignature, BlindingResult, DefaultRng};
use uuid::Uuid;

use crate::error::BoothError;
use crate::key::PublicKey;
use crate::message;
use crate::token::Token;

/// Somebody between the two steps: the serial is made and blinded, the signature is awaited.
pub struct Voter {
    session: Uuid,
    key: PublicKey,
    made: BlindingResult,
}

impl Voter {
    /// Makes a serial for `session` and blinds it.
    pub fn new(session: Uuid, key: &PublicKey) -> Result<Self, BoothError> {
        let made = key.0.blind(&mut DefaultRng, message(session)).map_err(|_| BoothError::Key)?;
        Ok(Self { session, key: key.clone(), made })
    }

    /// What the issuer gets to see.
    pub fn blinded(&self) -> &[u8] {
        &self.made.blind_message.0
    }

    /// Takes the blinding off the issuer's answer, and refuses one that the key did not sign.
    pub fn finish(&self, signed: &[u8]) -> Result<Token, BoothError> {
        let signed = BlindSignature(signed.to_vec());
        let signature = self.key.0.finalize(&signed, &self.made, message(self.session));
        let signature = signature.map_err(|_| BoothError::NotSigned)?;
        let serial = self.made.msg_randomizer.ok_or(BoothError::Key)?.0;
        Token::new(self.session, serial, &signature.0).ok_or(BoothError::NotSigned)
    }
}
