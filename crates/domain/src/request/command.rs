//! What can be wished of a request. Texts are checked, names resolved; ids and secrets came in as facts.

use std::fmt;

use jiff::Timestamp;

use crate::category::Category;
use crate::ids::{AttachmentId, CommunityId, EvaluationId, GridSlug, PersonId, ProjectId, RequestId, UnitId};
use crate::input::Text;
use crate::number::RequestNumber;
use crate::request::event::{Anew, Channel, Closing, Event, External, Urgency};
use crate::request::state::Team;

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    File(Box<File>),
    /// A whole past life of a request, from an import.
    Import(Box<Import>),
    CoSign(Applicant),
    Triage(TriageDecision),
    /// The other side of a merge: take over the residents of the merged request.
    Absorb(Merger),
    Dispatch {
        target: Destination,
        note: Option<Text>,
    },
    Claim {
        unit: UnitId,
    },
    Return {
        unit: UnitId,
        reason: Text,
        basis: Text,
    },
    Rule {
        unit: Option<UnitId>,
        reason: Option<Text>,
    },
    Progress {
        unit: UnitId,
        note: Text,
    },
    Complete {
        unit: UnitId,
        answer: Text,
        solved: bool,
        unsolved_reason: Option<Text>,
    },
    Verify {
        confirmed: bool,
        note: Option<Text>,
    },
    /// From the review: its round has begun.
    OpenReview {
        round: u32,
    },
    /// From the review: more than 30 % were dissatisfied (R16).
    OrderRework {
        from_triage: bool,
    },
    /// From an evaluation: it was closed and not really done, or dispatched perfunctorily (R22).
    SendBack {
        evaluation: EvaluationId,
    },
    /// From the review: it passed, or nobody voted.
    Close(Closing),
    /// From a project: it serves this request too (R29).
    Serve {
        project: ProjectId,
    },
    /// From the project that serves it: it closed, and this with it (R29).
    CloseWithProject {
        project: ProjectId,
        closing: Closing,
    },
    /// The oversight board ends it after the third rework (R19).
    CloseDissatisfied {
        reason: Text,
    },
    Suspend {
        reason: Text,
        review_on: Timestamp,
    },
    Resume,
    /// A unit asks, a supervisor grants; which of the two follows from the actor.
    Extend {
        reason: Option<Text>,
        until: Option<Timestamp>,
    },
    Withdraw {
        reason: Option<Text>,
    },
    Attach(Photo),
    /// From a timer: the unit that has it is reminded (R9).
    Remind,
    /// From a timer: its limit has passed (R10).
    MarkOverdue,
    /// From a timer: the supervision order's limit has passed as well (R10).
    Escalate,
    /// From a timer: nobody claimed it; `unit` is the best match, `None`: there is none (R3).
    FallBack {
        unit: Option<UnitId>,
    },
    /// A policy or a calendar changed: the limits are worked out anew (R13).
    Reschedule(Anew),
    /// A unit says that it is beyond law or reason (R6b).
    ProposeUnreasonable {
        unit: UnitId,
        reason: Text,
        basis: Text,
    },
    /// Somebody independent decides (R6b).
    DecideUnreasonable {
        upheld: bool,
        reason: Text,
    },
}

/// Somebody who files or joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applicant {
    pub person: PersonId,
    pub name: Option<Text>,
    pub phone: Option<Text>,
    pub email: Option<Text>,
}

#[derive(Clone, PartialEq)]
pub struct Place {
    pub grid: Option<GridSlug>,
    pub address: Option<Text>,
    /// Latitude and longitude in degrees (WGS 84).
    pub spot: Option<(f64, f64)>,
}

/// Where somebody lives is personal: the spot is masked, as texts are.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { grid, address, spot } = self;
        let spot = spot.map(|_| format_args!("‹spot›"));
        f.debug_struct("Place").field("grid", grid).field("address", address).field("spot", &spot).finish()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct File {
    pub community: CommunityId,
    pub number: RequestNumber,
    pub channel: Channel,
    pub urgency: Urgency,
    pub category: Option<Category>,
    pub title: Option<Text>,
    pub description: Text,
    pub requester: Applicant,
    pub place: Option<Place>,
    pub external: Option<External>,
}

/// A request that was filed elsewhere, at its own time.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    pub file: File,
    pub filed: Timestamp,
    pub answer: Option<PastAnswer>,
}

impl Import {
    /// When the events of this import happened: the answer and the closing at their own time.
    pub fn occurred(&self, event: &Event) -> Timestamp {
        match (event, &self.answer) {
            (Event::Completed(_) | Event::Closed(_), Some(answer)) => answer.completed,
            _ => self.filed,
        }
    }
}

/// An answer that was given before the request came to this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastAnswer {
    pub completed: Timestamp,
    pub answer: Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriageDecision {
    Accept { category: Option<Category>, urgency: Option<Urgency>, reason: Option<Text>, public_title: Option<Text> },
    Reject { reason: Text },
    Merge { into: RequestId, reason: Option<Text> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merger {
    pub community: CommunityId,
    pub from: RequestId,
    pub signers: Vec<PersonId>,
}

/// Where the dispatcher sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    Units(Team),
    Pool { slots: u32 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub attachment: AttachmentId,
    pub hash: String,
    pub media_type: String,
    pub bytes: u64,
    pub captured: Option<Timestamp>,
}
