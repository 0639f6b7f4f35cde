//! Secrets that are shown once: random, masked in `Debug`, stored as hashes.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use rand::Rng;
use sha2::{Digest, Sha256};

/// Random bytes in a secret: 256 bits, so that a plain hash is enough to store it by.
const BYTES: usize = 32;

/// What whoever holds it can do something with. Nowhere stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A fresh one: `prefix` and 32 random bytes in base 32.
    pub(super) fn new(prefix: &str) -> Self {
        let mut bytes = [0; BYTES];
        rand::rng().fill_bytes(&mut bytes);
        Self(format!("{prefix}{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }

    pub(super) fn hash(&self) -> [u8; 32] {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹secret›")
    }
}

/// What a secret is looked up by. Looking up by hash also gives no time away about the secret.
pub(super) fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.trim()).into()
}
