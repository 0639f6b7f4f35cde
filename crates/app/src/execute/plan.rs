//! Deciding: the wish, then everything that follows from its events at once, over the states as they would be.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;
use sandan_domain::process::{self, Promise, promises_of};
use sandan_domain::time::Policy;
use sandan_domain::{
    Actor, Event, Facts, ProjectId, Rejection, callback, community, evaluation, honour, policy, project, request,
    review, scoring, unit,
};
use sandan_log::{StreamName, TimerChange};
use uuid::Uuid;

use crate::cqrs::{AnyState, Catalogued, Kind};
use crate::execute::durable::Durable;
use crate::execute::states::{Seen, States};
use crate::execute::timer::timer;
use crate::execute::wish::{Followup, Wish, project_stream, reaction_id, request_stream, unit_stream};
use crate::refusal::Refusal;

/// Most wishes that one command may lead to at once. A request open to 100 units leads to about as many.
const WISHES_MAX: usize = 1_000;

/// All that one command would change.
pub(crate) struct Plan {
    pub touched: Vec<Touched>,
    pub events: Vec<Planned>,
    pub timers: Vec<TimerChange>,
    /// Ids of the reactions that are carried out here, so that nobody does them again.
    pub also: Vec<Uuid>,
}

/// A stream that the command read or writes.
pub(crate) struct Touched {
    pub stream: StreamName,
    /// What the decision was made on.
    pub base: Seen,
    /// The state with the new events.
    pub state: AnyState,
    /// How many events are new.
    pub added: u64,
}

pub(crate) struct Planned {
    pub id: Uuid,
    /// Index in [`Plan::touched`].
    pub stream: usize,
    pub event: Event,
    pub actor: String,
    pub causation: Option<Uuid>,
    pub occurred: Timestamp,
}

/// Why no plan could be made.
pub(crate) enum Stop {
    Rejected(Rejection),
    Refused(Refusal),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// One wish on the way, and what it follows from.
struct Step {
    wish: Wish,
    actor: Actor,
    causation: Option<Uuid>,
}

/// Makes a [`Plan`].
pub(crate) struct Planner<'a> {
    states: &'a States,
    policy: &'a Policy,
    now: Timestamp,
    /// Streams that this command begins are taken for new without asking the log. The append finds out if not, and
    /// the next try asks.
    trusting: bool,
    queue: VecDeque<Step>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    pub fn new(states: &'a States, policy: &'a Policy, now: Timestamp, trusting: bool) -> Self {
        let plan = Plan { touched: Vec::new(), events: Vec::new(), timers: Vec::new(), also: Vec::new() };
        Self { states, policy, now, trusting, queue: VecDeque::new(), plan }
    }

    /// Decides `wish` and what follows. On a rejection the touched streams stay in [`Planner::plan`].
    pub async fn run(&mut self, wish: Wish, actor: Actor, causation: Option<Uuid>) -> Result<(), Stop> {
        if actor != Actor::System {
            self.keep_what_is_due(&wish).await?;
        }
        self.queue.push_back(Step { wish, actor, causation });
        for _ in 0..WISHES_MAX {
            let Some(step) = self.queue.pop_front() else { return Ok(()) };
            self.step(step).await?;
        }
        Err(Refusal::Failed(format!("carry out a command that leads to more than {WISHES_MAX} others")).into())
    }

    pub fn finish(self) -> Plan {
        self.plan
    }

    /// What fell due before the wish came is done before it, whoever is quicker: a limit that has passed has passed
    /// (R10). The pool alone waits for its timer, so that a claim still wins (R3).
    async fn keep_what_is_due(&mut self, wish: &Wish) -> Result<(), Stop> {
        let Wish::Request(id, _) = wish else { return Ok(()) };
        if wish.begins_its_stream() {
            return Ok(());
        }
        let place = self.touch::<request::Request>(wish.stream()).await?;
        let mut due = promises_of(*id, &*self.state::<request::Request>(place)?);
        due.retain(|(promise, at)| *at <= self.now && !matches!(promise, Promise::FallBack { .. }));
        due.sort_by_key(|(_, at)| *at);
        for (promise, _) in due {
            if let Followup::Wish(wish) = promise.keep().into() {
                self.queue.push_back(Step { wish: *wish, actor: Actor::System, causation: Some(promise.timer_id()) });
            }
        }
        Ok(())
    }

    /// R14: nobody of a unit that did the work votes on it. Their telephones the units know.
    async fn without_the_units_own(&mut self, wish: &mut Wish) -> Result<(), Stop> {
        let Wish::Review(id, review::Command::Open { electorate, barred, units: named, .. }) = wish else {
            return Ok(());
        };
        let place = self.touch::<request::Request>(request_stream(*id)).await?;
        let state = self.state::<request::Request>(place)?;
        let request::ServiceRequest::Filed(case) = &*state else { return Ok(()) };
        let mut units = Vec::new();
        for unit in &*named {
            let place = self.touch::<unit::Unit>(unit_stream(&case.community, unit)).await?;
            units.push(self.state::<unit::Unit>(place)?);
        }
        *barred = process::barred(electorate, units.iter().map(|unit| &**unit));
        Ok(())
    }

    /// R14: whose requests a project serves, and who of them works for a unit that did the work.
    async fn with_whose_it_is(&mut self, wish: &mut Wish) -> Result<(), Stop> {
        let Wish::Project(id, project::Command::Finish(finish)) = wish else { return Ok(()) };
        let Some(plan) = self.plan_of(*id).await? else { return Ok(()) };
        let mut units = BTreeSet::from([plan.unit.clone()]);
        let mut requests = Vec::new();
        for request in &plan.requests {
            let place = self.touch::<request::Request>(request_stream(*request)).await?;
            let state = self.state::<request::Request>(place)?;
            if let request::ServiceRequest::Filed(case) = &*state {
                units.extend(case.stage.units());
            }
            requests.push(state);
        }
        let mut members = Vec::new();
        for unit in &units {
            let place = self.touch::<unit::Unit>(unit_stream(&plan.community, unit)).await?;
            members.push(self.state::<unit::Unit>(place)?);
        }
        finish.people = process::served(requests.iter().map(|request| &**request));
        let all: Vec<_> = finish.people.iter().chain(&plan.registered).copied().collect();
        finish.barred = process::barred(&all, members.iter().map(|unit| &**unit));
        Ok(())
    }

    async fn plan_of(&mut self, id: ProjectId) -> Result<Option<Box<project::Plan>>, Refusal> {
        let place = self.touch::<project::Projects>(project_stream(id)).await?;
        Ok(match &*self.state::<project::Projects>(place)? {
            project::Project::Opened(plan) => Some(plan.clone()),
            project::Project::Absent => None,
        })
    }

    async fn step(&mut self, mut step: Step) -> Result<(), Stop> {
        self.without_the_units_own(&mut step.wish).await?;
        self.with_whose_it_is(&mut step.wish).await?;
        let stream = step.wish.stream();
        if self.trusting && step.wish.begins_its_stream() {
            self.begin(&step.wish, &stream);
        }
        let (actor, causation) = (step.actor, step.causation);
        match step.wish {
            Wish::Request(_, request::Command::Import(import)) => {
                // The events of an import happened at their own time, not at this one.
                let past = import.clone();
                let command = request::Command::Import(import);
                let occurred = move |event: &request::Event, _| past.occurred(event);
                self.decide::<request::Request>(stream, command, actor, causation, occurred).await
            }
            Wish::Request(_, command) => self.decide::<request::Request>(stream, command, actor, causation, at).await,
            Wish::Review(_, command) => self.decide::<review::Review>(stream, command, actor, causation, at).await,
            Wish::Unit(_, _, command) => self.decide::<unit::Unit>(stream, command, actor, causation, at).await,
            Wish::Community(_, command) => {
                self.decide::<community::Communities>(stream, command, actor, causation, at).await
            }
            Wish::Policy(_, command) => self.decide::<policy::Policing>(stream, command, actor, causation, at).await,
            Wish::Callback(_, _, command) => {
                self.decide::<callback::Callbacks>(stream, command, actor, causation, at).await
            }
            Wish::Evaluation(_, command) => {
                self.decide::<evaluation::Evaluation>(stream, command, actor, causation, at).await
            }
            Wish::Scoring(_, _, command) => {
                self.decide::<scoring::Scoring>(stream, command, actor, causation, at).await
            }
            Wish::Project(_, command) => self.decide::<project::Projects>(stream, command, actor, causation, at).await,
            Wish::Honour(_, _, command) => self.decide::<honour::Honours>(stream, command, actor, causation, at).await,
        }
    }

    async fn decide<K: Kind>(
        &mut self,
        stream: StreamName,
        command: K::Command,
        actor: Actor,
        causation: Option<Uuid>,
        occurred: impl Fn(&K::Event, Timestamp) -> Timestamp,
    ) -> Result<(), Stop> {
        let id = stream.id;
        let place = self.touch::<K>(stream).await?;
        let facts = Facts { now: self.now, actor: &actor, policy: self.policy };
        let mut state = self.state::<K>(place)?;
        let events = K::decide(&state, command, &facts).map_err(Stop::Rejected)?;
        self.plan.touched[place].added += events.len() as u64;
        for event in events {
            let before = Arc::clone(&state);
            K::evolve(Arc::make_mut(&mut state), &event);
            let planned = Uuid::now_v7();
            for (nth, reaction) in K::reactions(id, &before, &event, &state).into_iter().enumerate() {
                self.follow(planned, nth, reaction.into(), is_followed(event.name()))?;
            }
            let occurred = occurred(&event, self.now);
            let actor = actor.to_string();
            let event = event.into_any();
            self.plan.events.push(Planned { id: planned, stream: place, event, actor, causation, occurred });
        }
        self.plan.touched[place].state = K::shelve(state);
        Ok(())
    }

    /// Touches a stream that is taken for new.
    fn begin(&mut self, wish: &Wish, stream: &StreamName) {
        let is_known = self.plan.touched.iter().any(|touched| touched.stream == *stream) || self.states.knows(stream);
        if !is_known {
            let base = Seen { version: 0, durable: Durable::Yes };
            self.plan.touched.push(Touched { stream: stream.clone(), base, state: wish.absent(), added: 0 });
        }
    }

    /// Index of the stream among those touched; loads its state the first time.
    async fn touch<K: Kind>(&mut self, stream: StreamName) -> Result<usize, Refusal> {
        if let Some(place) = self.plan.touched.iter().position(|touched| touched.stream == stream) {
            return Ok(place);
        }
        let entry = self.states.newest::<K>(&stream).await?;
        self.plan.touched.push(Touched { stream, base: entry.seen(), state: entry.state, added: 0 });
        Ok(self.plan.touched.len() - 1)
    }

    fn state<K: Kind>(&self, place: usize) -> Result<Arc<K::State>, Refusal> {
        let state = K::take_down(&self.plan.touched[place].state);
        state.cloned().ok_or_else(|| Refusal::Failed("find a stream's state under its own kind".to_owned()))
    }

    fn follow(&mut self, event: Uuid, nth: usize, followup: Followup, followed: bool) -> Result<(), Refusal> {
        match followup {
            Followup::Wish(wish) => {
                if followed {
                    self.plan.also.push(reaction_id(event, nth));
                }
                self.queue.push_back(Step { wish: *wish, actor: Actor::System, causation: Some(event) });
            }
            Followup::Promise(promise, due) => self.plan.timers.push(TimerChange::Set(timer(&promise, due)?)),
            Followup::Release(promise) => self.release(promise.timer_id()),
        }
        Ok(())
    }

    /// What was promised by this very command needs no timer at all: an import leads a whole life in one append.
    fn release(&mut self, id: Uuid) {
        let is_set_here = |change: &TimerChange| matches!(change, TimerChange::Set(timer) if timer.id == id);
        match self.plan.timers.iter().position(is_set_here) {
            Some(place) => drop(self.plan.timers.remove(place)),
            None => self.plan.timers.push(TimerChange::Cancel(id)),
        }
    }
}

/// Whatever is not an import happens when it is decided.
fn at<E>(_: &E, now: Timestamp) -> Timestamp {
    now
}

/// The events whose reactions somebody makes good who follows the log: those with which work would stand still.
pub(crate) fn is_followed(event: &str) -> bool {
    matches!(
        event,
        "sandan.request.completed"
            | "sandan.request.verified"
            | "sandan.request.merged"
            | "sandan.review.opened"
            | "sandan.review.closed"
    )
}
