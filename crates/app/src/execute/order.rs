//! One command as the unit of work takes it, and how it can fail.

use jiff::Timestamp;
use sandan_domain::{Actor, CommunityId, PersonId, RequestId};
use sandan_log::{RowChange, StreamName, TimerChange};
use uuid::Uuid;

use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Outcome, Wish};
use crate::refusal::Refusal;

/// A checked wish with all that goes into its append.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub identity: Identity,
    /// For metrics and traces.
    pub name: &'static str,
    pub actor: Actor,
    pub correlation: Uuid,
    /// The event or timer behind it, if it was not a person.
    pub causation: Option<Uuid>,
    pub community: CommunityId,
    pub wish: Wish,
    pub rows: Vec<RowChange>,
    pub timers: Vec<TimerChange>,
    /// Streams, beside the wish's own, that it is known to touch: locked from the start.
    pub touches: Vec<StreamName>,
    /// Somebody of whom nothing was ever sealed, as far as the caller knows: their key is not looked up.
    pub newcomer: Option<PersonId>,
    /// It is decided as of this time at the earliest, whatever the clock says: no promise is kept too early.
    pub not_before: Option<Timestamp>,
    /// The request whose state an answer names.
    pub about: Option<RequestId>,
    pub outcome: Outcome,
}

impl Order {
    pub fn new(by: &Caller, action: Action, identity: &Identity, community: CommunityId, wish: Wish) -> Self {
        Self {
            identity: identity.clone(),
            name: action.name(),
            actor: by.actor.clone(),
            correlation: by.correlation,
            causation: None,
            community,
            rows: Vec::new(),
            timers: Vec::new(),
            touches: Vec::new(),
            newcomer: None,
            not_before: None,
            about: wish.about(),
            outcome: Outcome { request: wish.about(), ..Outcome::default() },
            wish,
        }
    }
}

/// Why an order was not carried out.
#[derive(Debug)]
pub(crate) enum Failure {
    Refused(Refusal),
    /// A row that the order claimed is somebody else's.
    Taken {
        space: &'static str,
    },
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Where nobody handles a taken row, it is bad luck that a repeat may not have.
impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal,
            Failure::Taken { .. } => Self::Contended,
        }
    }
}
