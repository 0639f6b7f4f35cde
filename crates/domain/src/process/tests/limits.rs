//! R9, R10, R13 on paper: what the limits of a request come to, worked out from its events alone.

use jiff::Timestamp;

use crate::ids::RequestId;
use crate::request::{Event, Stage, Target};
use crate::testing::{Happening, States, World};
use crate::time::Due;

/// A request's limits as somebody keeps them who only reads its events.
#[derive(Default)]
struct Paper {
    due: Option<Due>,
    /// Said of this limit, so many times.
    said: u32,
    /// When the limits were last worked out anew: what they moved into the past fell due then.
    moved_at: Option<Timestamp>,
    /// Since when the limit runs; `None`: it stands still.
    runs_since: Option<Timestamp>,
    /// Since when a unit has it, and when it is to be reminded.
    with_a_unit_since: Option<Timestamp>,
    remind_at: Option<Timestamp>,
    order: Option<Due>,
    is_the_towns: bool,
    until_fallback: Option<Timestamp>,
}

impl Paper {
    /// When the passing of the limit is to be said.
    fn overdue_at(&self) -> Option<Timestamp> {
        let due = self.due.as_ref().filter(|_| self.said == 0)?;
        Some(due.at.max(self.runs_since?).max(self.moved()))
    }

    fn reminder_at(&self) -> Option<Timestamp> {
        Some(self.remind_at?.max(self.with_a_unit_since?).max(self.moved()))
    }

    fn escalation_at(&self) -> Option<Timestamp> {
        let order = self.order.as_ref().filter(|_| !self.is_the_towns)?;
        Some(order.at.max(self.runs_since?).max(self.moved()))
    }

    fn fallback_at(&self) -> Option<Timestamp> {
        Some(self.until_fallback?.max(self.runs_since?).max(self.moved()))
    }

    fn moved(&self) -> Timestamp {
        self.moved_at.unwrap_or(Timestamp::MIN)
    }

    /// Nothing that was due before `now` was left undone.
    fn nothing_missed(&self, now: Timestamp) {
        let promises = [self.overdue_at(), self.reminder_at(), self.escalation_at(), self.fallback_at()];
        assert!(promises.into_iter().flatten().all(|at| at >= now), "missed by {now}: {promises:?}");
    }

    fn note(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Overdue(overdue) => {
                assert_eq!((self.overdue_at(), Some(&overdue.limit)), (Some(at), self.due.as_ref()), "R10");
                self.said += 1;
            }
            Event::Supervised(order) => self.order = Some(order.due.clone()),
            Event::Escalated(escalated) => {
                if escalated.cause == crate::request::Reason::Overdue {
                    assert_eq!(self.escalation_at(), Some(at), "R10");
                }
                self.is_the_towns = escalated.level.above().is_none();
            }
            Event::Reminded(reminded) => {
                assert_eq!(self.reminder_at(), Some(at), "R9");
                self.remind_at = Some(reminded.next_at);
            }
            Event::Unclaimed(_) => assert_eq!(self.fallback_at(), Some(at), "R3"),
            Event::Dispatched(dispatched) if dispatched.fallback => {
                assert_eq!(self.fallback_at(), Some(at), "R3");
                assert!(matches!(dispatched.target, Target::Units(_)));
            }
            Event::Completed(_) => self.order = None,
            Event::Rescheduled(_) => self.moved_at = Some(at),
            _ => {}
        }
        self.move_limits(event);
    }

    fn move_limits(&mut self, event: &Event) {
        match event {
            Event::Filed(filed) => self.begin(&filed.due),
            Event::Dispatched(dispatched) => {
                if self.due.as_ref() != Some(&dispatched.due) {
                    self.begin(&dispatched.due);
                }
                (self.remind_at, self.until_fallback) = (dispatched.remind_at, dispatched.fallback_at);
            }
            Event::ReworkOrdered(ordered) => {
                self.begin(&ordered.due);
                self.remind_at = ordered.remind_at;
            }
            Event::Extended(extended) => self.begin(&extended.due),
            Event::Rescheduled(anew) => {
                self.due = Some(anew.due.clone());
                (self.remind_at, self.until_fallback) = (anew.remind_at, anew.fallback_at);
                self.order.clone_from(&anew.supervision);
            }
            Event::Resumed(resumed) => {
                assert!(resumed.due.at >= self.due.as_ref().unwrap().at, "R11");
                self.due = Some(resumed.due.clone());
                (self.remind_at, self.until_fallback) = (resumed.remind_at, resumed.fallback_at);
                self.order.clone_from(&resumed.supervision);
            }
            Event::Claimed(_) | Event::Unclaimed(_) => self.until_fallback = None,
            _ => {}
        }
    }

    fn begin(&mut self, due: &Due) {
        self.due = Some(due.clone());
        self.said = 0;
        self.order = None;
    }

    /// In which stages time runs, told apart once more.
    fn look(&mut self, stage: &Stage, at: Timestamp) {
        let runs = ["filed", "triaged", "returned", "dispatched", "claimed", "rework"].contains(&stage.name());
        let has_a_unit = runs && stage.team().is_some_and(|(holder, _)| holder.unit().is_some());
        self.runs_since = if runs { self.runs_since.or(Some(at)) } else { None };
        self.with_a_unit_since = if has_a_unit { self.with_a_unit_since.or(Some(at)) } else { None };
        if !matches!(stage, Stage::Pooled { .. } | Stage::Suspended { .. }) {
            self.until_fallback = None;
        }
    }
}

/// For any history: what was due was done, at its time, and once.
pub(super) fn kept_on_time(world: &World, id: RequestId) {
    let (mut paper, mut states) = (Paper::default(), States::default());
    for (happening, at) in world.log.iter().zip(&world.times) {
        states.evolve(happening);
        let Happening::Request(of, event) = happening else { continue };
        if *of != id {
            continue;
        }
        paper.nothing_missed(*at);
        paper.note(event, *at);
        let crate::request::ServiceRequest::Filed(case) = &states.requests[&id] else { continue };
        paper.look(&case.stage, *at);
    }
    paper.nothing_missed(world.now);
}
