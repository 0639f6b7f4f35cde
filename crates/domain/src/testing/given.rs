//! The three words of a test, for any aggregate.

use std::fmt::Debug;

use jiff::{SignedDuration, Timestamp};

use super::people::{at, desk, policy};
use crate::decider::{Decider, Facts};
use crate::people::Actor;
use crate::rejection::Rejection;
use crate::time::Policy;

/// What has happened so far, and who acts next, when, and under which policy.
pub(crate) struct Past<D: Decider> {
    pub state: D::State,
    pub events: Vec<D::Event>,
    pub now: Timestamp,
    pub actor: Actor,
    pub policy: Policy,
}

/// What was decided upon a wish.
pub(crate) struct Answer<D: Decider> {
    past: Past<D>,
    decision: Result<Vec<D::Event>, Rejection>,
}

impl<D: Decider> Clone for Past<D> {
    fn clone(&self) -> Self {
        let Self { state, events, now, actor, policy } = self;
        Self { state: state.clone(), events: events.clone(), now: *now, actor: actor.clone(), policy: policy.clone() }
    }
}

pub(crate) fn given<D: Decider>(past: Past<D>) -> Past<D> {
    past
}

impl<D: Decider> Past<D> {
    /// Nothing yet: the dispatcher sits down on a Monday at eight, under the standard policy.
    pub fn nothing() -> Self {
        let (now, actor, policy) = (at("2026-11-02 08:00"), desk(), policy());
        Self { state: D::State::default(), events: Vec::new(), now, actor, policy }
    }

    /// Who acts from here on.
    pub fn by(self, actor: Actor) -> Self {
        Self { actor, ..self }
    }

    /// When the next wish is uttered, in local time.
    pub fn at(self, local: &str) -> Self {
        Self { now: at(local), ..self }
    }

    pub fn at_instant(self, now: Timestamp) -> Self {
        Self { now, ..self }
    }

    pub fn after_hours(self, hours: i64) -> Self {
        Self { now: self.now + SignedDuration::from_hours(hours), ..self }
    }

    pub fn under(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// A wish that was granted.
    pub fn done(mut self, command: D::Command) -> Self {
        let wish = format!("{command:?}");
        let events = self.decide(command).unwrap_or_else(|rejection| panic!("{wish} was refused: {rejection}"));
        self.take(&events);
        self
    }

    pub fn decide(&self, command: D::Command) -> Result<Vec<D::Event>, Rejection> {
        D::decide(&self.state, command, &Facts { now: self.now, actor: &self.actor, policy: &self.policy })
    }

    pub fn when(self, command: D::Command) -> Answer<D> {
        let decision = self.decide(command);
        Answer { past: self, decision }
    }

    fn take(&mut self, events: &[D::Event]) {
        for event in events {
            D::evolve(&mut self.state, event);
            self.events.push(event.clone());
        }
    }
}

impl<D: Decider> Answer<D> {
    /// Exactly these events follow.
    #[track_caller]
    pub fn then(mut self, events: impl IntoIterator<Item = D::Event>) -> Past<D> {
        let expected: Vec<D::Event> = events.into_iter().collect();
        assert_eq!(self.decision, Ok(expected.clone()));
        self.past.take(&expected);
        self.past
    }

    /// It is granted; what follows is looked at in the state.
    #[track_caller]
    pub fn then_granted(mut self) -> Past<D> {
        let events = self.decision.unwrap_or_else(|rejection| panic!("refused: {rejection}"));
        self.past.take(&events);
        self.past
    }

    /// Granted, and there is nothing to do.
    #[track_caller]
    pub fn then_nothing(self) -> Past<D> {
        self.then([])
    }

    /// Refused, for exactly this reason.
    #[track_caller]
    pub fn then_refused(self, rejection: impl Into<Rejection> + Debug) {
        assert_eq!(self.decision, Err(rejection.into()));
    }

    /// Refused, by the rejection's stable word.
    #[track_caller]
    pub fn then_refused_as(self, code: &str) -> Rejection {
        let rejection = self.decision.expect_err("it was granted");
        assert_eq!(rejection.code(), code, "{rejection}");
        rejection
    }
}
