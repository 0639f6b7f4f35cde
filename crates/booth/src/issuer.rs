//! The one who signs: a key of its own for every session, so that no token outlives its session.

use std::fmt;

use blind_rsa_signatures::{DefaultRng, KeyPair};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::BoothError;
use crate::key::PublicKey;
use crate::{KEY_BITS, KEY_BYTES, Secret};

/// A session's secret key. Signing is blinded anew each time, so that its duration says nothing about the key
/// (RUSTSEC-2023-0071).
pub struct Issuer {
    pub(crate) secret: Secret,
    pub(crate) public: PublicKey,
}

impl Issuer {
    /// A new key. Takes a few tenths of a second.
    pub fn generate() -> Result<Self, BoothError> {
        let pair = KeyPair::generate(&mut DefaultRng, KEY_BITS).map_err(|_| BoothError::Key)?;
        Ok(Self { secret: pair.sk, public: PublicKey(pair.pk) })
    }

    /// Reads what [`Issuer::to_der`] wrote.
    pub fn from_der(der: &[u8]) -> Result<Self, BoothError> {
        let secret = Secret::from_der(der).map_err(|_| BoothError::NotAKey)?;
        let public = PublicKey(secret.public_key().map_err(|_| BoothError::NotAKey)?);
        if public.0.components().n().len() != KEY_BYTES {
            return Err(BoothError::NotAKey);
        }
        Ok(Self { secret, public })
    }

    /// The key in PKCS #8, for whoever seals it.
    pub fn to_der(&self) -> Result<Zeroizing<Vec<u8>>, BoothError> {
        self.secret.to_der().map(Zeroizing::new).map_err(|_| BoothError::Key)
    }

    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs a blinded serial. The same one gives the same answer.
    pub fn sign(&self, blinded: &[u8]) -> Result<Vec<u8>, BoothError> {
        let signed = self.secret.blind_sign(blinded).map_err(|_| BoothError::NotBlinded)?;
        Ok(signed.0)
    }
}

/// What is kept of a blinded serial that was signed: enough to know it again.
pub fn blinded_hash(blinded: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(blinded))
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹issuer's key›")
    }
}
