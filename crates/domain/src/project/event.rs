//! What can happen to a project.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::event::{events, personal};
use crate::ids::{CommunityId, EvaluationId, PersonId, RequestId, Slug, UnitId};
use crate::people::Level;
use crate::private::Private;
use crate::request::Closing;
use crate::time::Due;

events! {
    /// An event of one project.
    "sandan.project":
    Opened = "opened" 1,
    RequestAdded = "request_added" 1,
    StageDone = "stage_done" 1,
    Registered = "registered" 1,
    Finished = "finished" 1,
    ReworkOrdered = "rework_ordered" 1,
    Closed = "closed" 1,
}

/// All texts are the desk's, and public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    pub community: CommunityId,
    pub name: Slug,
    pub title: String,
    pub responsible: String,
    pub unit: UnitId,
    pub requests: Vec<RequestId>,
    pub stages: Vec<PlannedStage>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStage {
    pub name: String,
    /// The first instant that is too late.
    pub due: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestAdded {
    pub request: RequestId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageDone {
    /// Counts from 1.
    pub stage: u32,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    pub person: PersonId,
    pub name: Option<Private>,
    pub phone: Option<Private>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Private>,
}

/// It is done, and a round of its review opens with it. Who votes stands in the evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    pub round: u32,
    pub answer: String,
    pub evaluation: EvaluationId,
    /// Base 64 of the DER of the key that signs this round's tokens.
    pub public_key: String,
    /// SHA-256 of its DER, in hexadecimal digits.
    pub fingerprint: String,
    pub drawing_until: Timestamp,
    pub voting_until: Timestamp,
    /// R14: fixed from here on.
    pub electorate: Vec<PersonId>,
}

/// 回炉: more than 30 % were dissatisfied (R16). The reasons that were picked stand in the evaluation's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReworkOrdered {
    /// The round that begins.
    pub round: u32,
    pub evaluation: EvaluationId,
    /// R12's limit.
    pub due: Due,
    /// At the second rework the level above hears of it (R19).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalated: Option<Level>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    pub closing: Closing,
    /// Of the oversight board (R19).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

personal! {
    Opened {},
    RequestAdded {},
    StageDone {},
    Registered { name, phone, email },
    Finished {},
    ReworkOrdered {},
    Closed {},
}
