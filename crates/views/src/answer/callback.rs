//! Call-backs as anybody may see them: all that is needed to draw the sample again, and what came of it in figures.

use jiff::Timestamp;
use sandan_domain::review::{CallOutcome, Rating};
use sandan_domain::{CallbackId, CommunityId, RequestId, RequestNumber};
use serde::Serialize;

use super::Answers;

/// One period's call-backs (R18).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CallbackView {
    pub id: CallbackId,
    pub community: CommunityId,
    pub from: Timestamp,
    pub to: Timestamp,
    pub size: u32,
    /// SHA-256 of the seed, in the log before the period began.
    pub hash: String,
    pub committed_at: Timestamp,
    /// Of the commitment in the log.
    pub position: u64,
    /// `null` until it was drawn.
    pub seed: Option<String>,
    pub drawn_at: Option<Timestamp>,
    /// Every request that closed unrated in the period, by id.
    pub candidates: Vec<RequestId>,
    /// In the order in which they were drawn.
    pub sample: Vec<RequestId>,
    /// What came of the calls, in figures: apart from every rate.
    pub calls: CallFigures,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CallFigures {
    pub to_make: u32,
    pub reached: u32,
    pub no_answer: u32,
    pub wrong_number: u32,
    pub declined: u32,
    /// What those who were reached would have answered. No ballots.
    pub answers: Answers,
}

/// One of the sample, for the hotline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackCall {
    pub request: RequestId,
    pub number: Option<RequestNumber>,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub outcome: Option<CallOutcome>,
    pub answer: Option<Rating>,
    pub called_at: Option<Timestamp>,
}
