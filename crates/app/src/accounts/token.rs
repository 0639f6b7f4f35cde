//! Bearer tokens of staff and devices.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use sandan_domain::{Actor, CommunityId, Flaw, InputError, Role, UnitId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::accounts::Accounts;
use crate::accounts::error::{AccountError, Unavailable};
use crate::accounts::rows::{claim, delete};
use crate::accounts::secret::{Secret, hash};
use crate::caller::{Caller, Scope};
use crate::refusal::Refusal;

/// Rows from a token's hash to what it is for.
const TOKENS: &str = "token";
/// Tells a token from other secrets wherever one turns up.
const PREFIX: &str = "sdn_";
/// A year, unless told otherwise.
const LIFE: SignedDuration = SignedDuration::from_hours(365 * 24);

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub role: Role,
    /// The unit that its holder works for; a unit's token needs one, no other may have one.
    pub unit: Option<UnitId>,
    /// This community and those below it; without, all.
    pub community: Option<CommunityId>,
    /// How long it lives; without, a year.
    pub expires: Option<SignedDuration>,
}

/// What a token is for. The token itself is shown once and kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenInfo {
    pub id: Uuid,
    pub role: Role,
    pub unit: Option<UnitId>,
    pub community: Option<CommunityId>,
    pub created: Timestamp,
    pub expires: Timestamp,
}

pub(super) type Stored = TokenInfo;

impl Accounts {
    /// Makes a token. It is valid on every node when this returns.
    pub async fn create_token(&self, new: NewToken) -> Result<(String, TokenInfo), AccountError> {
        check_role(new.role, new.unit.as_ref())?;
        let created = self.clock.now();
        let out_of_range = || AccountError::Input { field: "expires", error: InputError::NotInFuture };
        let expires = created.checked_add(new.expires.unwrap_or(LIFE)).map_err(|_| out_of_range())?;
        if expires <= created {
            return Err(out_of_range());
        }
        let NewToken { role, unit, community, .. } = new;
        let info = TokenInfo { id: Uuid::now_v7(), role, unit, community, created, expires };
        let secret = Secret::new(PREFIX);
        self.rows.change(vec![claim(TOKENS, &secret.hash(), &info)?]).await?;
        Ok((secret.into_string(), info))
    }

    /// Who sends this `Authorization`. A token that is not valid is an error, not a resident: the sender believes to
    /// be somebody.
    pub async fn recognise(&self, authorization: &str) -> Result<Caller, Refusal> {
        let token = authorization.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let Some((_, token)) = token else { return Err(Refusal::NotSignedIn) };
        let caller = self.authenticate(token.trim()).await;
        caller.map_err(|error| Refusal::Unavailable(error.to_string()))?.ok_or(Refusal::NotSignedIn)
    }

    /// Who the token speaks for; `None` if it is unknown, expired or revoked.
    pub async fn authenticate(&self, bearer: &str) -> Result<Option<Caller>, Unavailable> {
        if !bearer.trim().starts_with(PREFIX) {
            return Ok(None);
        }
        let key = hash(bearer);
        let info = match self.tokens.get(&key) {
            Some(info) => info,
            None => match self.rows.get::<Stored>(TOKENS, &key).await? {
                Some(info) => {
                    let info = Arc::new(info);
                    self.tokens.put(key, Arc::clone(&info));
                    info
                }
                None => return Ok(None),
            },
        };
        Ok((self.clock.now() < info.expires).then(|| caller_of(&info)))
    }

    /// Every token that has not been revoked, the expired ones too.
    pub async fn list_tokens(&self) -> Result<Vec<TokenInfo>, Unavailable> {
        let mut tokens: Vec<TokenInfo> = self.rows.all(TOKENS).await?.into_iter().map(|(_, info)| info).collect();
        tokens.sort_by_key(|info| (info.created, info.id));
        Ok(tokens)
    }

    /// Makes a token worthless: here at once, on other nodes within seconds.
    pub async fn revoke_token(&self, id: Uuid) -> Result<(), AccountError> {
        let tokens: Vec<(_, TokenInfo)> = self.rows.all(TOKENS).await?;
        let found = tokens.into_iter().find(|(_, info)| info.id == id);
        let (key, _) = found.ok_or(AccountError::NoToken)?;
        self.rows.change(vec![delete(TOKENS, &key)]).await?;
        if let Ok(key) = <[u8; 32]>::try_from(&key[..]) {
            self.tokens.forget(&key);
        }
        Ok(())
    }
}

/// Only roles that somebody can have, and a unit exactly where it belongs.
pub(super) fn check_role(role: Role, unit: Option<&UnitId>) -> Result<(), AccountError> {
    let input = |field, flaw| Err(AccountError::Input { field, error: InputError::malformed(flaw) });
    if !Role::STAFF.contains(&role) {
        return input("role", Flaw::NotGiven);
    }
    match (role, unit) {
        (Role::Unit, None) => Err(AccountError::Input { field: "unit", error: InputError::Missing }),
        (Role::Unit, Some(_)) | (_, None) => Ok(()),
        (_, Some(_)) => input("unit", Flaw::goes_with("role: unit")),
    }
}

fn caller_of(info: &TokenInfo) -> Caller {
    let actor = Actor::Staff { role: info.role, id: info.id, unit: info.unit.clone() };
    Caller::new(actor, scope(info.community.as_ref()), format!("token:{}", info.id))
}

pub(super) fn scope(community: Option<&CommunityId>) -> Scope {
    community.map_or(Scope::All, |community| Scope::Community(community.clone()))
}
