//! What a request is at an instant: as much as its rules need to decide, and nobody's words.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::category::Category;
use crate::ids::{CommunityId, GridSlug, PersonId, ProjectId, UnitId};
use crate::people::Level;
use crate::policy::Burst;
use crate::request::event::{Closing, Urgency};
use crate::time::{Due, Extension, Pause};

/// One request. Absent until it is filed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum ServiceRequest {
    #[default]
    Absent,
    Filed(Box<Case>),
}

/// What is true of a request in every stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    pub community: CommunityId,
    pub filer: PersonId,
    /// The filer and all co-signers, in the order they joined: the electorate of the next round (R14).
    pub signers: Vec<PersonId>,
    pub category: Option<Category>,
    pub grid: Option<GridSlug>,
    pub urgency: Urgency,
    /// Counts from 1 and rises when rework is ordered.
    pub round: u32,
    /// How often a unit handed it back (R4).
    pub returns: u32,
    /// The time limit that is running: triage until it is dispatched, then completion or rework.
    pub due: Due,
    /// The limit is one of completion or rework, begun with the round's first dispatch.
    pub clock_of_work: bool,
    pub extended: bool,
    /// Until when the unit that has it asks the limit to be extended (R11).
    pub asked_until: Option<Timestamp>,
    /// The limit that is running has passed, and that was said (R10).
    pub overdue: bool,
    /// The supervision order that is open, by its own limit (R10).
    pub supervision: Option<Due>,
    /// The level that it was escalated to (R10, R19).
    pub escalated: Option<Level>,
    /// How often the unit that has it was reminded, and when it is next (R9).
    pub reminders: u32,
    pub remind_at: Option<Timestamp>,
    /// Until when the pool waits for a claim (R3).
    pub fallback_at: Option<Timestamp>,
    pub attachments: u32,
    /// When the clock of the present limit stood still (R11), so that the limit can be worked out anew (R13).
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// The extension of the present limit (R11).
    #[serde(default)]
    pub extension: Option<Extension>,
    /// From when the next reminder is counted: the dispatch, the rework, or the last turn (R9).
    #[serde(default)]
    pub remind_from: Option<Timestamp>,
    /// Since when the pool waits (R3).
    #[serde(default)]
    pub pooled_since: Option<Timestamp>,
    /// An older program did not write down all that the limit follows from: it stays as it is.
    #[serde(default)]
    pub is_fixed: bool,
    /// When the last ones joined, the newest last; at most [`Case::JOINS_KEPT`] (R14).
    #[serde(default)]
    pub joins: Vec<Timestamp>,
    /// When a burst was last flagged.
    #[serde(default)]
    pub burst_at: Option<Timestamp>,
    #[serde(default)]
    pub unreasonable: Unreasonable,
    /// The project that serves it, until it ends (R29).
    #[serde(default)]
    pub project: Option<ProjectId>,
    pub stage: Stage,
}

/// Whether a unit said that the request is beyond law or reason, and what came of it (R6b).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unreasonable {
    #[default]
    Unsaid,
    Proposed {
        by: UnitId,
    },
    Upheld,
    Refused,
}

/// The stages, each with what is true only there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Stage {
    Filed,
    Triaged,
    /// Handed back by a unit, or sent back because the dispatch was wrong: waits for triage.
    Returned,
    /// Sent to units; the lead has not claimed it yet.
    Dispatched {
        team: Team,
    },
    /// Open to be claimed.
    Pooled {
        slots: u32,
    },
    /// Being worked on.
    Claimed(Work),
    /// Done, and waiting for somebody else to confirm it (R6a).
    Completed(Completion),
    InReview(Completion),
    /// Back in the furnace with the unit that did it (R19).
    Rework(Work),
    /// The clock stands still (R11).
    Suspended {
        since: Timestamp,
        before: Box<Stage>,
    },
    Rejected,
    Merged,
    Withdrawn,
    Closed(Closing),
}

/// Work in progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Work {
    pub holder: Holder,
    pub assisting: Vec<UnitId>,
    /// Claims that the dispatcher still allows (R3).
    pub open_slots: u32,
}

/// Finished work and who did it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    pub work: Work,
    pub solved: bool,
}

/// Of several units one leads (首接负责) and the others assist (R1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    pub lead: UnitId,
    pub assisting: Vec<UnitId>,
}

/// The one who answers for an open request (R1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The community committee's desk.
    Desk,
    Unit(UnitId),
}

impl Holder {
    pub const fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Unit(unit) => Some(unit),
            Self::Desk => None,
        }
    }
}

impl Stage {
    /// The state's name in the contract.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Triaged => "triaged",
            Self::Returned => "returned",
            Self::Dispatched { .. } | Self::Pooled { .. } => "dispatched",
            Self::Claimed(_) => "claimed",
            Self::Completed(_) => "completed",
            Self::InReview(_) => "in_review",
            Self::Rework(_) => "rework",
            Self::Suspended { .. } => "suspended",
            Self::Rejected => "rejected",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
            Self::Closed(_) => "closed",
        }
    }

    /// Open: somebody still owes an answer.
    pub const fn is_open(&self) -> bool {
        !matches!(self, Self::Rejected | Self::Merged | Self::Withdrawn | Self::Closed(_))
    }

    /// Whether its work is not yet completed, or was sent back: then a limit runs, and others can be merged into it
    /// (R5, R8). A suspended one is as before.
    pub fn is_before_completion(&self) -> bool {
        match self {
            Self::Filed
            | Self::Triaged
            | Self::Returned
            | Self::Dispatched { .. }
            | Self::Pooled { .. }
            | Self::Claimed(_)
            | Self::Rework(_) => true,
            Self::Suspended { before, .. } => before.is_before_completion(),
            Self::Completed(_)
            | Self::InReview(_)
            | Self::Rejected
            | Self::Merged
            | Self::Withdrawn
            | Self::Closed(_) => false,
        }
    }

    /// Who leads and who assists, from the dispatch to units on; `None` while no unit has it.
    pub fn team(&self) -> Option<(Holder, &[UnitId])> {
        match self {
            Self::Dispatched { team } => Some((Holder::Unit(team.lead.clone()), &team.assisting)),
            Self::Claimed(work) | Self::Rework(work) => Some((work.holder.clone(), &work.assisting)),
            Self::Completed(done) | Self::InReview(done) => Some((done.work.holder.clone(), &done.work.assisting)),
            Self::Suspended { before, .. } => before.team(),
            _ => None,
        }
    }

    /// Every unit on it, the lead first.
    pub fn units(&self) -> Vec<UnitId> {
        let team = self.team();
        team.map_or_else(Vec::new, |(lead, assisting)| lead.unit().into_iter().chain(assisting).cloned().collect())
    }

    /// The units whose capacity this request takes up: those that are working on it (R3).
    pub fn engaged(&self) -> Vec<UnitId> {
        match self {
            Self::Claimed(work) | Self::Rework(work) => {
                work.holder.unit().into_iter().chain(&work.assisting).cloned().collect()
            }
            Self::Suspended { before, .. } => before.engaged(),
            _ => Vec::new(),
        }
    }

    /// The work in hand, if a unit or the desk is working on it.
    pub const fn work(&self) -> Option<&Work> {
        match self {
            Self::Claimed(work) | Self::Rework(work) => Some(work),
            _ => None,
        }
    }
}

impl Case {
    /// The one who answers for it (R1); `None` once it has ended.
    pub fn owner(&self) -> Option<Holder> {
        self.stage.owner()
    }

    /// After so many returns the committee rules, and the ruling binds (R4).
    pub const RETURNS_UNTIL_RULING: u32 = 2;
    /// Most photos that one request can carry.
    pub const PHOTOS_MAX: u32 = 20;
    /// From so many reworks on the oversight board may close it (R19).
    pub const REWORKS_UNTIL_OVERSIGHT: u32 = 3;
    /// After so many reworks it is escalated (R19).
    pub const REWORKS_UNTIL_ESCALATION: u32 = 2;
    /// Of so many it is kept when they joined: as many as any policy can call a burst (R14).
    pub const JOINS_KEPT: usize = Burst::JOINERS_MAX as usize;

    pub const fn reworks(&self) -> u32 {
        self.round.saturating_sub(1)
    }
}

impl Stage {
    fn owner(&self) -> Option<Holder> {
        match self {
            Self::Filed | Self::Triaged | Self::Returned | Self::Pooled { .. } => Some(Holder::Desk),
            Self::Dispatched { team } => Some(Holder::Unit(team.lead.clone())),
            Self::Claimed(work) | Self::Rework(work) => Some(work.holder.clone()),
            // Finished work is the desk's to have confirmed and reviewed.
            Self::Completed(_) | Self::InReview(_) => Some(Holder::Desk),
            Self::Suspended { before, .. } => before.owner(),
            Self::Rejected | Self::Merged | Self::Withdrawn | Self::Closed(_) => None,
        }
    }
}
