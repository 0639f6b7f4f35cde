//! Tokens, accounts and sessions: rows of the log, valid on every node the moment they are written.
//!
//! Nothing here is a read model. Secrets are stored as hashes only and looked up by them. What is cached is bounded,
//! forgotten after a few seconds, and dropped at once where it is changed on this node. Everything here runs on the
//! machine's clock, also in a rehearsal.

mod cache;
mod error;
mod lockout;
mod password;
mod rows;
mod secret;
mod session;
mod setup;
#[cfg(test)]
mod tests;
mod token;
mod user;

use std::sync::Arc;

use sandan_log::Log;

use crate::clock::Clock;
use cache::Cache;
use lockout::Lockouts;
use password::Passwords;
use rows::Rows;

pub use error::{AccountError, SignInError, Unavailable};
pub use secret::Secret;
pub use session::Session;
pub use token::{NewToken, TokenInfo};
pub use user::{NewUser, UserInfo};

/// Who may sign in, and with what.
pub struct Accounts {
    rows: Rows,
    clock: Clock,
    passwords: Passwords,
    lockouts: Lockouts,
    tokens: Cache<token::Stored>,
    sessions: Cache<session::Stored>,
}

impl Accounts {
    pub fn new(log: Arc<dyn Log>) -> Self {
        Self::with_clock(log, Clock::system())
    }

    /// The same with a clock that a test moves.
    pub fn with_clock(log: Arc<dyn Log>, clock: Clock) -> Self {
        Self {
            rows: Rows::new(log),
            clock,
            passwords: Passwords::new(),
            lockouts: Lockouts::new(),
            tokens: Cache::new(),
            sessions: Cache::new(),
        }
    }
}
