//! The first administrator: a one-time link, as long as there is none.

use sandan_domain::Role;

use crate::accounts::Accounts;
use crate::accounts::error::{AccountError, Unavailable};
use crate::accounts::rows::{claim, delete, put};
use crate::accounts::secret::{Secret, hash};
use crate::accounts::user::{NewUser, USERS, UserInfo, key};

/// The row with the hash of the newest link, and rows of the links that were used.
const SETUP: &str = "setup";
const NEWEST: &[u8] = b"newest";

impl Accounts {
    /// A fresh one-time secret while there is no administrator. Earlier ones are void.
    pub async fn setup_secret(&self) -> Result<Option<Secret>, Unavailable> {
        if self.has_administrator().await? {
            return Ok(None);
        }
        let secret = Secret::new("");
        self.rows.change(vec![put(SETUP, NEWEST, &secret.hash())?]).await?;
        Ok(Some(secret))
    }

    /// Whether the secret would still set up an administrator: for the page behind the link.
    pub async fn is_setup_secret(&self, secret: &str) -> Result<bool, Unavailable> {
        let newest: Option<[u8; 32]> = self.rows.get(SETUP, NEWEST).await?;
        Ok(newest == Some(hash(secret)) && !self.has_administrator().await?)
    }

    /// Makes the first administrator, once.
    pub async fn complete_setup(&self, secret: &str, name: &str, password: &str) -> Result<UserInfo, AccountError> {
        if !self.is_setup_secret(secret).await? {
            return Err(AccountError::SetUpBefore);
        }
        let new = NewUser {
            name: name.to_owned(),
            role: Role::Administrator,
            unit: None,
            community: None,
            password: password.to_owned(),
        };
        let stored = self.prepare(new).await?;
        let changes = vec![
            claim(SETUP, &hash(secret), &true)?,
            claim(USERS, key(&stored.info.name).as_bytes(), &stored)?,
            delete(SETUP, NEWEST),
        ];
        if self.rows.change(changes).await? { Ok(stored.info) } else { Err(AccountError::SetUpBefore) }
    }

    async fn has_administrator(&self) -> Result<bool, Unavailable> {
        let users = self.list_users().await?;
        Ok(users.iter().any(|user| user.role == Role::Administrator && !user.disabled))
    }
}
