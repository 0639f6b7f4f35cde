//! What can go wrong with keys and tokens.

use crate::KEY_BYTES;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BoothError {
    #[error("is not a key of {} bits for blind signatures", crate::KEY_BITS)]
    NotAKey,
    /// Of another length, or not below the key's modulus.
    #[error("is not a blinded serial of {KEY_BYTES} bytes under this session's key")]
    NotBlinded,
    #[error("the signature is not this session's")]
    NotSigned,
    #[error("the key can't be made or used")]
    Key,
}

/// What was sent can't be a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a voting token of {} characters", crate::token::TOKEN_CHARS)]
pub struct NotAToken;
