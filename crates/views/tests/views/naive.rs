//! The same answers, worked out from the whole history in the plainest way.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use sandan_domain::request::{self, Case, Closing, Event as OnRequest, Filed, Hands, ServiceRequest};
use sandan_domain::review::{self, Event as OnReview};
use sandan_domain::time::Light;
use sandan_domain::{Decider, Event, PersonId, RequestId, UnitId};
use uuid::Uuid;

use crate::world::World;

/// A request as its events tell it.
pub struct Life {
    pub id: RequestId,
    pub position: u64,
    pub filed_at: Timestamp,
    pub filed: Filed,
    pub case: Case,
    pub category: Option<String>,
    pub answered_in_time: Option<bool>,
    /// In time or not, of the first.
    pub completed: Option<bool>,
    pub done_by: Option<String>,
    pub solved: bool,
    pub closing: Option<Closing>,
    pub closed_at: Option<Timestamp>,
    pub suspended: Option<Timestamp>,
    pub ballots: BTreeMap<(u32, PersonId), review::Rating>,
    /// Units of the last team, the lead first.
    pub team: Vec<String>,
    pub texts: Vec<String>,
    /// In whose hands it was, as the domain says (R1).
    pub hands: Hands,
    /// Units that handed it back, and the whole seconds for which each had had it (R4).
    pub lost: Vec<(String, u64)>,
}

pub fn lives(world: &World) -> Vec<Life> {
    let mut lives: Vec<Life> = Vec::new();
    let mut places: HashMap<Uuid, usize> = HashMap::new();
    let mut states: HashMap<Uuid, ServiceRequest> = HashMap::new();
    for happened in &world.history {
        match &happened.event {
            Event::Request(event) => {
                let state = states.entry(happened.stream).or_default();
                let limit = match &*state {
                    ServiceRequest::Filed(case) => Some(case.due.clone()),
                    ServiceRequest::Absent => None,
                };
                request::Request::evolve(state, event);
                let ServiceRequest::Filed(case) = &*state else { unreachable!() };
                if let OnRequest::Filed(filed) = event {
                    places.insert(happened.stream, lives.len());
                    lives.push(life(happened.stream, happened.position, happened.at, filed, case));
                }
                let life = &mut lives[places[&happened.stream]];
                life.case = (**case).clone();
                life.hands.take(event, happened.at);
                life.hear(event, happened.at, limit.is_some_and(|due| due.on_time(happened.at)));
            }
            Event::Review(OnReview::Rated(rated)) => {
                let life = &mut lives[places[&happened.stream]];
                life.ballots.insert((rated.round, rated.person), rated.rating);
            }
            Event::Review(_)
            | Event::Unit(_)
            | Event::Community(_)
            | Event::Policy(_)
            | Event::Callback(_)
            | Event::Evaluation(_)
            | Event::Project(_)
            | Event::Honour(_)
            | Event::Scoring(_) => {}
        }
    }
    lives
}

fn life(id: Uuid, position: u64, filed_at: Timestamp, filed: &Filed, case: &Case) -> Life {
    Life {
        id: RequestId(id),
        position,
        filed_at,
        filed: filed.clone(),
        case: case.clone(),
        category: filed.category.as_ref().map(ToString::to_string),
        answered_in_time: None,
        completed: None,
        done_by: None,
        solved: false,
        closing: None,
        closed_at: None,
        suspended: None,
        ballots: BTreeMap::new(),
        team: Vec::new(),
        texts: Vec::new(),
        hands: Hands::default(),
        lost: Vec::new(),
    }
}

impl Life {
    fn hear(&mut self, event: &OnRequest, at: Timestamp, in_time: bool) {
        use sandan_domain::{Personal, Private};
        event.clone().each_private(&mut |private: &mut Private| self.texts.extend(private.text().map(str::to_owned)));
        if let Some(spot) = self.filed.location.as_ref().and_then(|location| location.spot.as_ref()) {
            self.texts.retain(|text| Some(text.as_str()) != spot.text());
        }
        match event {
            OnRequest::Triaged(triaged) => {
                self.category = triaged.category.as_ref().map(ToString::to_string);
                self.texts.extend(triaged.public_title.clone());
                self.answered_in_time.get_or_insert(in_time);
            }
            OnRequest::Rejected(_) | OnRequest::Merged(_) => {
                self.answered_in_time.get_or_insert(in_time);
                self.closed_at = Some(at);
            }
            OnRequest::Dispatched(_) => _ = self.answered_in_time.get_or_insert(in_time),
            OnRequest::Completed(completed) => {
                self.completed.get_or_insert(in_time);
                self.solved = completed.solved;
                self.done_by = completed.by.unit().map(ToString::to_string);
            }
            OnRequest::Returned(returned) => {
                let spell = self.last_spell(&returned.unit, at);
                self.lost.push((returned.unit.to_string(), spell));
            }
            OnRequest::Suspended(suspended) => self.suspended = Some(suspended.since),
            OnRequest::Resumed(_) => self.suspended = None,
            OnRequest::Withdrawn(_) => self.closed_at = Some(at),
            OnRequest::ReworkOrdered(ordered) if ordered.evaluation.is_some() => {
                (self.closing, self.closed_at) = (None, None);
            }
            OnRequest::Closed(closed) => {
                self.closing = Some(closed.closing);
                self.closed_at = Some(at);
            }
            OnRequest::Filed(filed) => {
                self.texts.push(filed.number.to_string());
                self.texts.extend(filed.external.as_ref().map(|external| external.id.clone()));
            }
            _ => {}
        }
        if self.case.stage.is_open() {
            let team = self.case.stage.team();
            let team = team
                .map(|(lead, assisting)| lead.unit().into_iter().chain(assisting).map(ToString::to_string).collect());
            self.team = team.unwrap_or_default();
        }
    }

    /// How long a unit had it without a break before `at`.
    fn last_spell(&self, unit: &UnitId, at: Timestamp) -> u64 {
        let ended = self.hands.all().iter().rev().skip_while(|hand| hand.to.is_none());
        let mine = ended.take_while(|hand| hand.holder.unit() == Some(unit));
        let since = mine.last().map_or(at, |hand| hand.from);
        since.duration_until(at).unsigned_abs().as_secs()
    }

    pub fn community(&self) -> &str {
        self.filed.community.as_str()
    }

    pub fn grid(&self) -> Option<&str> {
        self.filed.location.as_ref()?.grid.as_ref().map(|grid| grid.as_str())
    }

    pub fn is_open(&self) -> bool {
        self.case.stage.is_open()
    }

    pub fn light(&self, now: Timestamp) -> (Light, bool) {
        if !self.is_open() {
            return (Light::Green, false);
        }
        let now = self.suspended.map_or(now, |since| since.min(now));
        let runs = !matches!(self.case.stage.name(), "completed" | "in_review");
        let due = runs.then_some(&self.case.due);
        let overdue = due.is_some_and(|due| !due.on_time(now));
        (sandan_domain::time::light(due, self.case.reworks(), self.case.supervision.is_some(), now), overdue)
    }

    /// The group of the rates by unit.
    pub fn answering_unit(&self) -> Option<String> {
        if self.completed.is_some() { self.done_by.clone() } else { self.team.first().cloned() }
    }

    pub fn satisfied(&self) -> usize {
        self.ballots.values().filter(|rating| !rating.is_dissatisfied()).count()
    }
}

/// Slugs that a community covers in the world of these tests.
pub fn covered(community: &str) -> HashSet<&str> {
    if community == "town" { HashSet::from(["town", "river", "hill"]) } else { HashSet::from([community]) }
}
