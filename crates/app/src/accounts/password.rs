//! Passwords: argon2id, off the runtime's threads, a few at a time.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use sandan_domain::{Flaw, InputError};
use tokio::sync::Semaphore;

use crate::accounts::error::{AccountError, Unavailable};

/// 19 MiB and two passes: the first recommendation of the OWASP password storage cheat sheet.
const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
/// Hashes worked out at once; more of them wait. Bounds memory to 40 MiB.
const AT_ONCE_MAX: usize = 2;
/// Shortest and longest password, in characters.
const LENGTH_MIN: usize = 10;
const LENGTH_MAX: usize = 200;

pub(super) struct Passwords(Semaphore);

impl Passwords {
    pub fn new() -> Self {
        Self(Semaphore::new(AT_ONCE_MAX))
    }

    /// The hash to store, in PHC form. Refuses what is too easily guessed.
    pub async fn hash(&self, name: &str, password: &str) -> Result<String, AccountError> {
        check(name, password).map_err(|error| AccountError::Input { field: "password", error })?;
        let password = password.to_owned();
        let hashed = self.run(move || Some(argon2()?.hash_password(password.as_bytes()).ok()?.to_string())).await?;
        hashed.ok_or_else(|| Unavailable("a password could not be hashed".to_owned()).into())
    }

    /// Whether the password is the one. Takes as long where there is no hash to compare with, and says no.
    pub async fn is_right(&self, stored: Option<String>, password: &str) -> Result<bool, Unavailable> {
        let password = password.to_owned();
        self.run(move || {
            let Some(argon2) = argon2() else { return false };
            match stored.as_deref().and_then(|stored| PasswordHash::new(stored).ok()) {
                Some(stored) => argon2.verify_password(password.as_bytes(), &stored).is_ok(),
                None => argon2.hash_password(password.as_bytes()).is_err(),
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, task: impl FnOnce() -> T + Send + 'static) -> Result<T, Unavailable> {
        let _turn = self.0.acquire().await.map_err(|error| Unavailable(error.to_string()))?;
        tokio::task::spawn_blocking(task).await.map_err(|error| Unavailable(error.to_string()))
    }
}

fn argon2() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn check(name: &str, password: &str) -> Result<(), InputError> {
    let length = password.chars().count();
    if length == 0 {
        Err(InputError::Missing)
    } else if length < LENGTH_MIN {
        Err(InputError::malformed(Flaw::TooShort { length: length.to_string(), min: LENGTH_MIN.to_string() }))
    } else if length > LENGTH_MAX {
        Err(InputError::TooLong { max: LENGTH_MAX, actual: length })
    } else if password.to_lowercase().contains(&name.to_lowercase()) && name.chars().count() > 2 {
        Err(InputError::malformed(Flaw::NamesAccount))
    } else if password.chars().all(|c| password.starts_with(c)) {
        Err(InputError::malformed(Flaw::OneCharacter))
    } else {
        Ok(())
    }
}
