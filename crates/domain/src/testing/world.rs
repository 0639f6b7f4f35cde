//! Several requests, reviews and units together: wishes, what follows from them, and promises kept on time.
//!
//! It does what the app does: a wish and all that follows is one append, or nothing at all.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;

use super::people::{at, community, policy};
use super::units::register;
use crate::decider::{Decider, Facts};
use crate::ids::{RequestId, UnitId};
use crate::people::Actor;
use crate::process::{Promise, Reaction, after_request, after_review, barred};
use crate::rejection::Rejection;
use crate::request::{self, Request, ServiceRequest};
use crate::review::{self, Review, SatisfactionReview};
use crate::time::Policy;
use crate::unit::{self, MemberUnit, Standing, Unit, best_match};

/// One event, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Happening {
    Request(RequestId, Box<request::Event>),
    Review(RequestId, review::Event),
    Unit(UnitId, unit::Event),
}

impl Happening {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Request(_, event) => event.name(),
            Self::Review(_, event) => event.name(),
            Self::Unit(_, event) => event.name(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct States {
    pub requests: BTreeMap<RequestId, ServiceRequest>,
    pub reviews: BTreeMap<RequestId, SatisfactionReview>,
    pub units: BTreeMap<UnitId, MemberUnit>,
}

#[derive(Clone)]
pub(crate) struct World {
    pub now: Timestamp,
    pub policy: Policy,
    pub states: States,
    pub timers: Vec<(Timestamp, Promise)>,
    pub log: Vec<Happening>,
    /// When each of the log happened.
    pub times: Vec<Timestamp>,
}

impl States {
    pub fn evolve(&mut self, happening: &Happening) {
        match happening {
            Happening::Request(id, event) => Request::evolve(self.requests.entry(*id).or_default(), event),
            Happening::Review(id, event) => Review::evolve(self.reviews.entry(*id).or_default(), event),
            Happening::Unit(unit, event) => Unit::evolve(self.units.entry(unit.clone()).or_default(), event),
        }
    }
}

impl World {
    /// Units with their capacities, and no request yet.
    pub fn with_units(units: &[(&str, Option<u32>)]) -> Self {
        let mut world = Self {
            now: at("2026-11-02 08:00"),
            policy: policy(),
            states: States::default(),
            timers: Vec::new(),
            log: Vec::new(),
            times: Vec::new(),
        };
        for (slug, capacity) in units {
            let wish = Reaction::Unit(community(), slug.parse().unwrap(), register(slug, *capacity));
            world.wish(&Actor::System, wish).unwrap();
        }
        world
    }

    /// Grants a wish with all that follows from it, or refuses the whole.
    pub fn wish(&mut self, actor: &Actor, wish: Reaction) -> Result<Vec<Happening>, Rejection> {
        let mut after = self.clone();
        let begin = after.log.len();
        let mut wishes = VecDeque::from([wish]);
        while let Some(wish) = wishes.pop_front() {
            for happening in after.decide(actor, wish)? {
                wishes.extend(after.take(happening));
            }
        }
        *self = after;
        Ok(self.log[begin..].to_vec())
    }

    /// Another policy or calendar holds from now on, and whatever is open is worked out anew.
    pub fn under(&mut self, policy: Policy) {
        self.policy = policy;
        let open: Vec<RequestId> = self.states.requests.keys().copied().collect();
        for id in open {
            let anew = Reaction::Request(id, request::Command::Reschedule(request::Anew::Policy));
            if self.states.requests[&id] != ServiceRequest::Absent {
                self.wish(&Actor::System, anew).expect("limits can be worked out anew");
            }
        }
    }

    /// Time goes on to `now`; what falls due meanwhile is done in order, each at its own time. What was due when it
    /// was promised is done at once.
    pub fn pass_to(&mut self, now: Timestamp) -> Vec<Happening> {
        let begin = self.log.len();
        while let Some(next) = self.timers.iter().position(|(due, _)| *due <= now) {
            let (due, promise) = self.timers.remove(next);
            self.now = due.max(self.now);
            let wish = self.with_the_best_match(promise.keep());
            self.wish(&Actor::System, wish).expect("a promise can be kept");
        }
        self.now = now;
        self.log[begin..].to_vec()
    }

    /// What nobody claimed goes to the unit that suits it best (R3).
    fn with_the_best_match(&self, wish: Reaction) -> Reaction {
        let Reaction::Request(id, request::Command::FallBack { .. }) = wish else { return wish };
        let ServiceRequest::Filed(case) = &self.states.requests[&id] else { return wish };
        let units: Vec<&Standing> = self.states.units.values().filter_map(MemberUnit::standing).collect();
        let unit = best_match(&units, case.category.as_ref(), case.grid.as_ref());
        Reaction::Request(id, request::Command::FallBack { unit })
    }

    /// Nobody of a unit that did the work votes on it (R14).
    fn without_the_units_own(&self, wish: Reaction) -> Reaction {
        let Reaction::Review(id, review::Command::Open { round, electorate, units, .. }) = wish else { return wish };
        let barred = barred(&electorate, units.iter().filter_map(|unit| self.states.units.get(unit)));
        Reaction::Review(id, review::Command::Open { round, electorate, barred, units })
    }

    fn decide(&mut self, actor: &Actor, wish: Reaction) -> Result<Vec<Happening>, Rejection> {
        let wish = self.without_the_units_own(wish);
        let facts = Facts { now: self.now, actor, policy: &self.policy };
        let of = |unit: UnitId| move |event| Happening::Unit(unit.clone(), event);
        Ok(match wish {
            Reaction::Request(id, command) => {
                let events = Request::decide(self.states.requests.entry(id).or_default(), command, &facts)?;
                events.into_iter().map(|event| Happening::Request(id, Box::new(event))).collect()
            }
            Reaction::Review(id, command) => {
                let events = Review::decide(self.states.reviews.entry(id).or_default(), command, &facts)?;
                events.into_iter().map(|event| Happening::Review(id, event)).collect()
            }
            Reaction::Unit(_, unit, command) => {
                let events = Unit::decide(self.states.units.entry(unit.clone()).or_default(), command, &facts)?;
                events.into_iter().map(of(unit)).collect()
            }
            Reaction::Callback(..) => unreachable!("these worlds call nobody back"),
            Reaction::Policy(..) => unreachable!("these worlds have one policy, which tests change by hand"),
            Reaction::Evaluation(..) | Reaction::Project(..) => unreachable!("these worlds have requests alone"),
            Reaction::Promise(promise, due) => {
                self.timers.push((due, promise));
                self.timers.sort_by_key(|(due, promise)| (*due, promise.timer_id()));
                Vec::new()
            }
            Reaction::Release(promise) => {
                self.timers.retain(|(_, kept)| *kept != promise);
                Vec::new()
            }
        })
    }

    /// Applies an event, and says what follows from it.
    fn take(&mut self, happening: Happening) -> Vec<Reaction> {
        let before = match &happening {
            Happening::Request(id, _) => self.states.requests.get(id).cloned().unwrap_or_default(),
            Happening::Review(..) | Happening::Unit(..) => ServiceRequest::Absent,
        };
        self.states.evolve(&happening);
        let follows = match &happening {
            Happening::Request(id, event) => after_request(*id, &before, event, &self.states.requests[id]),
            Happening::Review(id, event) => after_review(*id, event),
            Happening::Unit(..) => Vec::new(),
        };
        self.log.push(happening);
        self.times.push(self.now);
        follows
    }
}
