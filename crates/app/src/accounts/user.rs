//! Accounts of the staff.

use jiff::Timestamp;
use sandan_domain::{CommunityId, Flaw, InputError, Role, Text, UnitId, limits};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::accounts::Accounts;
use crate::accounts::error::{AccountError, Unavailable};
use crate::accounts::rows::{claim, put};
use crate::accounts::token::check_role;
use crate::form::is_email;

/// Rows from an account's name, in lower case, to the account.
pub(super) const USERS: &str = "user";

/// An account to be made.
#[derive(Clone)]
pub struct NewUser {
    pub name: String,
    pub role: Role,
    pub unit: Option<UnitId>,
    pub community: Option<CommunityId>,
    pub password: String,
}

/// An account, without its password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserInfo {
    pub id: Uuid,
    pub name: String,
    pub role: Role,
    pub unit: Option<UnitId>,
    pub community: Option<CommunityId>,
    pub disabled: bool,
    pub created: Timestamp,
    /// Where notices to this account go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Stored {
    #[serde(flatten)]
    pub info: UserInfo,
    /// In PHC form.
    pub password: String,
    /// Sessions that began before are over: the password was changed, or the account disabled.
    pub sessions_from: Timestamp,
}

impl Accounts {
    /// Adds an account.
    pub async fn add_user(&self, new: NewUser) -> Result<UserInfo, AccountError> {
        let stored = self.prepare(new).await?;
        if self.rows.change(vec![claim(USERS, key(&stored.info.name).as_bytes(), &stored)?]).await? {
            return Ok(stored.info);
        }
        Err(AccountError::Input { field: "name", error: InputError::Taken })
    }

    /// All accounts, by name.
    pub async fn list_users(&self) -> Result<Vec<UserInfo>, Unavailable> {
        let users: Vec<(_, Stored)> = self.rows.all(USERS).await?;
        Ok(users.into_iter().map(|(_, stored)| stored.info).collect())
    }

    /// Disables an account; its sessions end with it.
    pub async fn disable_user(&self, name: &str) -> Result<(), AccountError> {
        let mut stored = self.known(name).await?;
        stored.info.disabled = true;
        self.replace(stored).await
    }

    /// Sets a password; sessions that were open end. A disabled account stays disabled.
    pub async fn set_password(&self, name: &str, password: &str) -> Result<(), AccountError> {
        let mut stored = self.known(name).await?;
        stored.password = self.passwords.hash(&stored.info.name, password).await?;
        self.replace(stored).await
    }

    /// Says where notices to an account go; `None`: nowhere. Its sessions go on.
    pub async fn set_email(&self, name: &str, email: Option<&str>) -> Result<(), AccountError> {
        let email = email.map(str::trim).filter(|email| !email.is_empty());
        if email.is_some_and(|email| !is_email(email)) {
            let error = InputError::malformed(Flaw::Email);
            return Err(AccountError::Input { field: "email", error });
        }
        let mut stored = self.known(name).await?;
        stored.info.email = email.map(str::to_owned);
        self.rows.change(vec![put(USERS, key(&stored.info.name).as_bytes(), &stored)?]).await?;
        Ok(())
    }

    /// Where notices to an account go; nowhere if it is disabled.
    pub async fn email_of(&self, name: &str) -> Result<Option<String>, Unavailable> {
        let found = self.find(name).await?.filter(|stored| !stored.info.disabled);
        Ok(found.and_then(|stored| stored.info.email))
    }

    /// A checked account with its password hashed.
    pub(super) async fn prepare(&self, new: NewUser) -> Result<Stored, AccountError> {
        let name = Text::line(&new.name, limits::NAME);
        let name = name.map_err(|error| AccountError::Input { field: "name", error })?.into_string();
        check_role(new.role, new.unit.as_ref())?;
        let password = self.passwords.hash(&name, &new.password).await?;
        let created = self.clock.now();
        let NewUser { role, unit, community, .. } = new;
        let info = UserInfo { id: Uuid::now_v7(), name, role, unit, community, disabled: false, created, email: None };
        Ok(Stored { info, password, sessions_from: created })
    }

    pub(super) async fn find(&self, name: &str) -> Result<Option<Stored>, Unavailable> {
        self.rows.get(USERS, key(name).as_bytes()).await
    }

    async fn known(&self, name: &str) -> Result<Stored, AccountError> {
        self.find(name).await?.ok_or_else(|| AccountError::NotFound(name.to_owned()))
    }

    /// Writes a changed account; whatever was signed in with the old one is over.
    async fn replace(&self, mut stored: Stored) -> Result<(), AccountError> {
        stored.sessions_from = self.clock.now();
        self.rows.change(vec![put(USERS, key(&stored.info.name).as_bytes(), &stored)?]).await?;
        self.sessions.clear();
        Ok(())
    }
}

/// Names differ in more than case and outer blanks.
pub(super) fn key(name: &str) -> String {
    name.trim().to_lowercase()
}
