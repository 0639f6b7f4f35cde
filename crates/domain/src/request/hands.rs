//! Who had a request, from when to when (R1): the stretches in everybody's hands, which add up to its whole open life.
//!
//! They follow from its events alone. Whoever asks how long something lay somewhere asks here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::decider::Decider;
use crate::ids::CommunityId;
use crate::request::Request;
use crate::request::event::Event;
use crate::request::state::{Case, Holder, ServiceRequest, Stage};
use crate::time::{Policy, working_time};

/// In what capacity somebody has a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// The committee's desk triages, dispatches or does the work itself.
    Desk,
    /// It came in urgent and outside office hours, and nobody has triaged it yet (R7).
    DutyDesk,
    /// The desk, while it is open to be claimed (R3).
    Pool,
    /// It came back twice: the committee rules (R4).
    Committee,
    /// A unit leads the work.
    Unit,
    /// The desk has the work confirmed on site (R6a).
    Verification,
    /// The desk has the residents rate it (R15).
    Review,
}

impl Capacity {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::DutyDesk => "duty_desk",
            Self::Pool => "pool",
            Self::Committee => "committee",
            Self::Unit => "unit",
            Self::Verification => "verification",
            Self::Review => "review",
        }
    }
}

/// A stretch in somebody's hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    pub holder: Holder,
    pub capacity: Capacity,
    /// The clock stood still meanwhile (R11). It stayed theirs.
    pub suspended: bool,
    pub from: Timestamp,
    /// `None`: they have it now.
    pub to: Option<Timestamp>,
}

/// The fold of a request's events.
#[derive(Clone, Debug, Default)]
pub struct Hands {
    state: ServiceRequest,
    on_duty: bool,
    hands: Vec<Hand>,
}

/// How long: by the clock, and of that in office hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spell {
    pub seconds: i64,
    pub working_seconds: i64,
}

/// All hands up to an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandsTold {
    /// In order.
    pub items: Vec<(Hand, Spell)>,
    /// A holder's stretches together, in the order in which they first had it.
    pub totals: Vec<(Holder, Spell)>,
    /// The whole time that it was open.
    pub total: Spell,
}

impl Hands {
    /// What an event that happened at `at` did to them.
    pub fn take(&mut self, event: &Event, at: Timestamp) {
        if let Event::Filed(filed) = event {
            self.on_duty = filed.on_duty;
        }
        Request::evolve(&mut self.state, event);
        let ServiceRequest::Filed(case) = &self.state else { return };
        self.on_duty &= case.stage.awaits_first_triage();
        let now = case.owner().map(|holder| {
            let (capacity, suspended) = (capacity(case, &case.stage, self.on_duty), is_suspended(case));
            Hand { holder, capacity, suspended, from: at, to: None }
        });
        self.pass_to(now, at);
    }

    fn pass_to(&mut self, next: Option<Hand>, at: Timestamp) {
        if let (Some(last), Some(next)) = (self.hands.last(), &next)
            && last.to.is_none()
            && last.is_like(next)
        {
            return;
        }
        // What is noted down later may have happened before.
        let at = self.hands.last().map_or(at, |last| at.max(last.to.unwrap_or(last.from)));
        if let Some(last) = self.hands.last_mut() {
            last.to.get_or_insert(at);
        }
        // Of what one append does at one instant only the end was in anybody's hands.
        self.hands.pop_if(|last| last.to == Some(last.from));
        match (self.hands.last_mut(), next) {
            (Some(last), Some(next)) if last.to == Some(at) && last.is_like(&next) => last.to = None,
            (_, next) => self.hands.extend(next.map(|next| Hand { from: at, ..next })),
        }
    }

    pub fn all(&self) -> &[Hand] {
        &self.hands
    }

    /// Whose committee's request it is; `None` before it is filed.
    pub const fn community(&self) -> Option<&CommunityId> {
        match &self.state {
            ServiceRequest::Filed(case) => Some(&case.community),
            ServiceRequest::Absent => None,
        }
    }

    /// With how long each took, as of `now`; of working time by this policy. Ends are taken in whole seconds, so that the parts add up
    /// to the whole.
    pub fn tell(&self, now: Timestamp, policy: &Policy) -> HandsTold {
        let mut told = HandsTold { items: Vec::new(), totals: Vec::new(), total: Spell::default() };
        for hand in &self.hands {
            let spell = Spell::between(hand.from, hand.to.unwrap_or_else(|| now.max(hand.from)), policy);
            told.total.add(spell);
            match told.totals.iter_mut().find(|(holder, _)| *holder == hand.holder) {
                Some((_, sum)) => sum.add(spell),
                None => told.totals.push((hand.holder.clone(), spell)),
            }
            told.items.push((hand.clone(), spell));
        }
        told
    }
}

impl Hand {
    fn is_like(&self, other: &Self) -> bool {
        (&self.holder, self.capacity, self.suspended) == (&other.holder, other.capacity, other.suspended)
    }
}

impl Spell {
    fn between(from: Timestamp, to: Timestamp, policy: &Policy) -> Self {
        let (from, to) = (whole_second(from), whole_second(to));
        Self { seconds: from.duration_until(to).as_secs(), working_seconds: working_time(from, to, policy).as_secs() }
    }

    const fn add(&mut self, other: Self) {
        self.seconds += other.seconds;
        self.working_seconds += other.working_seconds;
    }
}

fn whole_second(at: Timestamp) -> Timestamp {
    let second = at.as_nanosecond().div_euclid(1_000_000_000);
    i64::try_from(second).ok().and_then(|second| Timestamp::from_second(second).ok()).unwrap_or(at)
}

const fn is_suspended(case: &Case) -> bool {
    matches!(case.stage, Stage::Suspended { .. })
}

fn capacity(case: &Case, stage: &Stage, on_duty: bool) -> Capacity {
    match stage {
        Stage::Filed if on_duty => Capacity::DutyDesk,
        Stage::Returned if case.returns >= Case::RETURNS_UNTIL_RULING => Capacity::Committee,
        Stage::Pooled { .. } => Capacity::Pool,
        Stage::Dispatched { .. } => Capacity::Unit,
        Stage::Claimed(work) | Stage::Rework(work) if work.holder.unit().is_some() => Capacity::Unit,
        Stage::Completed(_) => Capacity::Verification,
        Stage::InReview(_) => Capacity::Review,
        Stage::Suspended { before, .. } => capacity(case, before, on_duty),
        Stage::Filed
        | Stage::Triaged
        | Stage::Returned
        | Stage::Claimed(_)
        | Stage::Rework(_)
        | Stage::Rejected
        | Stage::Merged
        | Stage::Withdrawn
        | Stage::Closed(_) => Capacity::Desk,
    }
}
