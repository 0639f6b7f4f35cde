//! Who asks: an actor, how far they reach, and what makes a repeat recognisable.

use sandan_domain::{Actor, CommunityId, PersonId};
use uuid::Uuid;

use crate::authorise::{Action, may};
use crate::refusal::Refusal;

/// Whoever wishes something. Made by the edge from a token, a session, or nothing at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub actor: Actor,
    pub scope: Scope,
    /// Who, for idempotency: a token's or an account's id, or `resident`. Two callers never share a key.
    pub name: String,
    pub idempotency: Option<Idempotency>,
    /// Everything that follows from one wish shares it.
    pub correlation: Uuid,
}

/// Which communities a caller may see and touch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    All,
    /// This one and those below it.
    Community(CommunityId),
}

impl Scope {
    /// The community that limits it.
    pub const fn community(&self) -> Option<&CommunityId> {
        match self {
            Self::All => None,
            Self::Community(community) => Some(community),
        }
    }
}

/// The client's own key for one wish: the same key gives the same answer and one effect, for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    pub key: Uuid,
    /// The path that was called.
    pub path: String,
}

impl Caller {
    /// Somebody without an account or a token.
    pub fn resident() -> Self {
        Self::new(Actor::Resident(None), Scope::All, "resident")
    }

    /// The program itself, and operators at its own socket.
    pub fn system() -> Self {
        Self::new(Actor::System, Scope::All, "system")
    }

    pub fn new(actor: Actor, scope: Scope, name: impl Into<String>) -> Self {
        Self { actor, scope, name: name.into(), idempotency: None, correlation: Uuid::now_v7() }
    }

    /// By a token or a session. Nothing is known about the others: they are residents.
    pub const fn is_recognised(&self) -> bool {
        !matches!(self.actor, Actor::Resident(_))
    }

    /// Refuses whoever may not: those we don't know are asked to sign in, the others are forbidden.
    pub fn permit(&self, action: Action) -> Result<(), Refusal> {
        let role = self.actor.role();
        if may(role, action) {
            return Ok(());
        }
        if !self.is_recognised() {
            return Err(Refusal::NotSignedIn);
        }
        let roles = action.roles().iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
        Err(Refusal::forbidden(format!("{role} may not {}; {roles} may", action.name())))
    }

    #[must_use]
    pub fn with_key(mut self, key: Uuid, path: impl Into<String>) -> Self {
        self.idempotency = Some(Idempotency { key, path: path.into() });
        self
    }

    /// The same caller, where a tracking code or a phone said which resident it is.
    pub(crate) fn actor_as(&self, person: PersonId) -> Actor {
        match &self.actor {
            Actor::Resident(_) => Actor::Resident(Some(person)),
            other => other.clone(),
        }
    }
}
