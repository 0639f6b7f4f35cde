//! What the generic code needs to know of each aggregate beside its rules: names, and what follows.

use std::sync::Arc;

use sandan_domain::event::DecodeError;
use sandan_domain::process::{self, Reaction};
use sandan_domain::{
    CallbackId, Decider, EvaluationId, Event, ProjectId, RequestId, callback, community, evaluation, honour, policy,
    project, request, review, scoring, unit,
};
use uuid::Uuid;

/// An event with its place in the catalogue.
pub trait Catalogued: Sized {
    fn name(&self) -> &'static str;
    fn schema(&self) -> u16;
    fn into_any(self) -> Event;
    /// The event as one of this kind, if it is.
    fn from_any(event: Event) -> Option<Self>;
}

/// An aggregate whose streams the program keeps.
pub trait Kind: Decider<Event: Catalogued> {
    /// What follows from an event that turned `before` into `after`.
    fn reactions(id: Uuid, before: &Self::State, event: &Self::Event, after: &Self::State) -> Vec<Reaction>;

    #[doc(hidden)]
    fn shelve(state: Arc<Self::State>) -> AnyState;
    #[doc(hidden)]
    fn take_down(state: &AnyState) -> Option<&Arc<Self::State>>;

    /// Reads a stored event of this kind. Its private texts are still sealed.
    fn decode(name: &str, schema: u16, body: &[u8]) -> Result<Self::Event, DecodeError> {
        let event = Event::decode(name, schema, body)?;
        Self::Event::from_any(event).ok_or_else(|| DecodeError::Unknown { name: name.to_owned(), schema })
    }
}

/// A state of any kind, cheap to clone.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq)]
pub enum AnyState {
    Request(Arc<request::ServiceRequest>),
    Review(Arc<review::SatisfactionReview>),
    Unit(Arc<unit::MemberUnit>),
    Community(Arc<community::Community>),
    Policy(Arc<policy::Policies>),
    Callback(Arc<callback::Callback>),
    Evaluation(Arc<evaluation::EvaluationSession>),
    Project(Arc<project::Project>),
    Honour(Arc<honour::Honour>),
    Scoring(Arc<scoring::Scorebook>),
}

macro_rules! kind {
    ($variant:ident, $module:ident :: $decider:ident, $reactions:expr) => {
        impl Catalogued for $module::Event {
            fn name(&self) -> &'static str {
                $module::Event::name(self)
            }

            fn schema(&self) -> u16 {
                $module::Event::schema(self)
            }

            fn into_any(self) -> Event {
                Event::$variant(self)
            }

            fn from_any(event: Event) -> Option<Self> {
                match event {
                    Event::$variant(event) => Some(event),
                    _ => None,
                }
            }
        }

        impl Kind for $module::$decider {
            fn reactions(id: Uuid, before: &Self::State, event: &Self::Event, after: &Self::State) -> Vec<Reaction> {
                $reactions(id, before, event, after)
            }

            fn shelve(state: Arc<Self::State>) -> AnyState {
                AnyState::$variant(state)
            }

            fn take_down(state: &AnyState) -> Option<&Arc<Self::State>> {
                match state {
                    AnyState::$variant(state) => Some(state),
                    _ => None,
                }
            }
        }
    };
}

kind!(Request, request::Request, |id, before, event, after| process::after_request(
    RequestId(id),
    before,
    event,
    after
));
kind!(Review, review::Review, |id, _, event, _| process::after_review(RequestId(id), event));
kind!(Unit, unit::Unit, |_, _, _, _| Vec::new());
kind!(Community, community::Communities, |_, _, _, _| Vec::new());
kind!(Policy, policy::Policing, |_, _, event, _| process::after_policy(event));
kind!(Callback, callback::Callbacks, |id, _, event, after| process::after_callback(CallbackId(id), event, after));
kind!(Evaluation, evaluation::Evaluation, |id, _, event, after| process::after_evaluation(
    EvaluationId(id),
    event,
    after
));
kind!(Scoring, scoring::Scoring, |_, _, _, _| Vec::new());
kind!(Project, project::Projects, |id, _, event, after| process::after_project(ProjectId(id), event, after));
kind!(Honour, honour::Honours, |_, _, _, _| Vec::new());
