//! One symmetric key and what it does: XChaCha20-Poly1305 with random nonces.

use std::fmt;

use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305};
use rand::Rng;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::VaultError;

/// Length of every key here, in bytes.
pub(crate) const KEY_BYTES: usize = 32;
/// Random nonces of this length don't repeat, however many texts one key seals.
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;
/// How much longer a sealed text is than the clear one, in bytes.
pub(crate) const OVERHEAD_BYTES: usize = NONCE_BYTES + TAG_BYTES;

/// A secret key, wiped when it is dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Key([u8; KEY_BYTES]);

impl Key {
    pub fn new(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// A key nobody can guess: the thread's generator is a stream cipher that the system's randomness feeds.
    pub fn random() -> Self {
        let mut bytes = [0; KEY_BYTES];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// Appends nonce, ciphertext and tag to `out`. `about` is authenticated with it, but not stored.
    pub fn seal(&self, about: &[u8], clear: &[u8], out: &mut Vec<u8>) -> Result<(), VaultError> {
        let mut nonce = [0; NONCE_BYTES];
        rand::rng().fill_bytes(&mut nonce);
        out.reserve(clear.len() + OVERHEAD_BYTES);
        out.extend_from_slice(&nonce);
        let start = out.len();
        out.extend_from_slice(clear);
        let body = (&mut out[start..]).into();
        let tag = self.cipher().encrypt_inout_detached(&nonce.into(), about, body).map_err(|_| VaultError::TooLong)?;
        out.extend_from_slice(&tag);
        Ok(())
    }

    /// Opens in place what [`Key::seal`] appended; `None` if a bit of it or of `about` is different.
    pub fn open<'a>(&self, about: &[u8], sealed: &'a mut [u8]) -> Option<&'a [u8]> {
        let (nonce, rest) = sealed.split_first_chunk_mut::<NONCE_BYTES>()?;
        let (body, tag) = rest.split_last_chunk_mut::<TAG_BYTES>()?;
        let (nonce, tag) = ((*nonce).into(), (*tag).into());
        self.cipher().decrypt_inout_detached(&nonce, about, (&mut *body).into(), &tag).ok()?;
        Some(body)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹key›")
    }
}
