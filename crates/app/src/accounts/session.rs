//! Signing in, and what it lasts: 12 hours without a call, 7 days in all.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use sandan_domain::Actor;
use serde::{Deserialize, Serialize};

use crate::accounts::Accounts;
use crate::accounts::error::{SignInError, Unavailable};
use crate::accounts::rows::{claim, delete, put};
use crate::accounts::secret::{Secret, hash};
use crate::accounts::token::scope;
use crate::accounts::user::{self, UserInfo};
use crate::caller::Caller;

/// Rows from a session's hash to the account.
const SESSIONS: &str = "session";
const IDLE: SignedDuration = SignedDuration::from_hours(12);
const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// That somebody is still there is written down so often.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub account: UserInfo,
    pub caller: Caller,
}

#[derive(Clone, Serialize, Deserialize)]
struct Row {
    user: String,
    begun: Timestamp,
    seen: Timestamp,
}

/// A session with its account, as both were read.
pub(super) struct Stored {
    row: Row,
    user: user::Stored,
}

impl Accounts {
    /// Signs in. The secret goes into a cookie and nowhere else.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<Secret, SignInError> {
        let name = user::key(name);
        let _turn = self.lockouts.turn(&name).await;
        let user = self.find(&name).await?;
        let failures = self.failures(&name, user.is_some()).await?;
        if let Some(until) = failures.locked_until(self.clock.now()) {
            return Err(SignInError::LockedOut { until });
        }
        let stored = user.as_ref().map(|user| user.password.clone());
        if !self.passwords.is_right(stored, password).await? {
            self.failed(&name, user.is_some(), failures).await?;
            return Err(SignInError::Wrong);
        }
        self.succeeded(&name, &failures).await?;
        match user {
            Some(user) if !user.info.disabled => Ok(self.begin(name).await?),
            _ => Err(SignInError::Disabled),
        }
    }

    /// Who is signed in with this secret; `None` if nobody is any more.
    pub async fn session(&self, secret: &str) -> Result<Option<Session>, Unavailable> {
        let key = hash(secret);
        let stored = match self.sessions.get(&key) {
            Some(stored) => stored,
            None => match self.look_up(&key).await? {
                Some(stored) => stored,
                None => return Ok(None),
            },
        };
        if !self.is_alive(&stored) {
            return Ok(None);
        }
        self.see(&key, &stored).await?;
        Ok(Some(session_of(&stored.user.info)))
    }

    /// Ends a session.
    pub async fn sign_out(&self, secret: &str) -> Result<(), Unavailable> {
        let key = hash(secret);
        self.rows.change(vec![delete(SESSIONS, &key)]).await?;
        self.sessions.forget(&key);
        Ok(())
    }

    async fn begin(&self, user: String) -> Result<Secret, Unavailable> {
        let (secret, now) = (Secret::new(""), self.clock.now());
        self.rows.change(vec![claim(SESSIONS, &secret.hash(), &Row { user, begun: now, seen: now })?]).await?;
        Ok(secret)
    }

    async fn look_up(&self, key: &[u8; 32]) -> Result<Option<Arc<Stored>>, Unavailable> {
        let Some(row) = self.rows.get::<Row>(SESSIONS, key).await? else { return Ok(None) };
        let Some(user) = self.find(&row.user).await? else { return Ok(None) };
        let stored = Arc::new(Stored { row, user });
        self.sessions.put(*key, Arc::clone(&stored));
        Ok(Some(stored))
    }

    fn is_alive(&self, Stored { row, user }: &Stored) -> bool {
        let now = self.clock.now();
        let since = |at: Timestamp| at.duration_until(now);
        !user.info.disabled && row.begun >= user.sessions_from && since(row.seen) < IDLE && since(row.begun) < LIFE
    }

    async fn see(&self, key: &[u8; 32], stored: &Stored) -> Result<(), Unavailable> {
        let now = self.clock.now();
        if stored.row.seen.duration_until(now) < SEEN_EVERY {
            return Ok(());
        }
        self.rows.change(vec![put(SESSIONS, key, &Row { seen: now, ..stored.row.clone() })?]).await?;
        self.sessions.forget(key);
        Ok(())
    }
}

fn session_of(info: &UserInfo) -> Session {
    let actor = Actor::Staff { role: info.role, id: info.id, unit: info.unit.clone() };
    let caller = Caller::new(actor, scope(info.community.as_ref()), format!("user:{}", info.id));
    Session { account: info.clone(), caller }
}
