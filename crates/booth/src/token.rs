//! A voting token: a serial that nobody but its voter has seen, and the session's signature under it.

use std::fmt;
use std::str::FromStr;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroize;

use crate::KEY_BYTES;
use crate::error::NotAToken;

/// Length of a serial.
pub const SERIAL_BYTES: usize = 32;
const SESSION_BYTES: usize = 16;
const TOKEN_BYTES: usize = SESSION_BYTES + SERIAL_BYTES + KEY_BYTES;
/// Length of a token as text: base 64 for addresses, without padding.
/// Length of a token as it is written.
pub const TOKEN_CHARS: usize = (TOKEN_BYTES * 8).div_ceil(6);

/// Whoever holds it may cast one ballot. Masked in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// Of which session it says it is.
    pub session: Uuid,
    pub(crate) serial: [u8; SERIAL_BYTES],
    pub(crate) signature: [u8; KEY_BYTES],
}

/// What is written and published of a token: the hash of session and serial. It casts nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenHash(pub [u8; 32]);

impl Token {
    pub(crate) fn new(session: Uuid, serial: [u8; SERIAL_BYTES], signature: &[u8]) -> Option<Self> {
        Some(Self { session, serial, signature: signature.try_into().ok()? })
    }

    pub fn hash(&self) -> TokenHash {
        let hash = Sha256::new_with_prefix(self.session.as_bytes()).chain_update(self.serial).finalize();
        TokenHash(hash.into())
    }

    /// The token as it is sent.
    pub fn to_text(&self) -> String {
        let bytes = [self.session.as_bytes().as_slice(), &self.serial, &self.signature].concat();
        BASE64URL_NOPAD.encode(&bytes)
    }
}

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let text = text.trim();
        if text.len() != TOKEN_CHARS {
            return Err(NotAToken);
        }
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| NotAToken)?;
        let (session, rest) = bytes.split_first_chunk::<SESSION_BYTES>().ok_or(NotAToken)?;
        let (serial, signature) = rest.split_first_chunk::<SERIAL_BYTES>().ok_or(NotAToken)?;
        Self::new(Uuid::from_bytes(*session), *serial, signature).ok_or(NotAToken)
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        self.serial.zeroize();
        self.signature.zeroize();
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹voting token›")
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for TokenHash {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let bytes = HEXLOWER.decode(text.trim().to_ascii_lowercase().as_bytes()).map_err(|_| NotAToken)?;
        Ok(Self(bytes.try_into().map_err(|_| NotAToken)?))
    }
}
