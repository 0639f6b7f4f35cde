//! The public half of a session's key: everybody may have it, and everybody must have the same.

use std::fmt;

use blind_rsa_signatures::{MessageRandomizer, Signature};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::BoothError;
use crate::token::Token;
use crate::{KEY_BYTES, Public, message};

/// Checks tokens.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(pub(crate) Public);

impl PublicKey {
    /// Reads a key as browsers take it: `SubjectPublicKeyInfo` in DER.
    pub fn from_der(der: &[u8]) -> Result<Self, BoothError> {
        let key = Public::from_der(der).map_err(|_| BoothError::NotAKey)?;
        if key.components().n().len() == KEY_BYTES { Ok(Self(key)) } else { Err(BoothError::NotAKey) }
    }

    pub fn to_der(&self) -> Result<Vec<u8>, BoothError> {
        self.0.to_der().map_err(|_| BoothError::Key)
    }

    /// SHA-256 of [`PublicKey::to_der`], in hexadecimal digits: what voters compare, for a key of one's own would be
    /// a name tag.
    pub fn fingerprint(&self) -> Result<String, BoothError> {
        Ok(HEXLOWER.encode(&Sha256::digest(self.to_der()?)))
    }

    /// Whether the token was signed for `session` with this key.
    pub fn verify(&self, session: Uuid, token: &Token) -> Result<(), BoothError> {
        if token.session != session {
            return Err(BoothError::NotSigned);
        }
        self.verify_message(token.serial, &token.signature, &message(session))
    }

    pub(crate) fn verify_message(&self, serial: [u8; 32], signature: &[u8], message: &[u8]) -> Result<(), BoothError> {
        let signature = Signature(signature.to_vec());
        let checked = self.0.verify(&signature, Some(MessageRandomizer(serial)), message);
        checked.map_err(|_| BoothError::NotSigned)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹public key›")
    }
}
