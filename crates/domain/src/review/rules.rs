//! The 30 % rules, in whole numbers.

use serde::{Deserialize, Serialize};

/// The figures of a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Everybody who may vote in the round.
    pub electorate: u32,
    pub valid: u32,
    /// Of the valid ballots: dissatisfied and very dissatisfied.
    pub dissatisfied: u32,
    /// Of the valid ballots: "the dispatch was wrong" (R20).
    pub dispatch_wrong: u32,
}

/// R16, for requests and projects: *more than* 30 % of the valid ballots.
///
/// `100·dissatisfied > 30·valid`: 3 of 10 passes, 4 of 13 does not.
pub const fn calls_for_rework(dissatisfied: u32, valid: u32) -> bool {
    100 * dissatisfied as u64 > 30 * valid as u64
}

/// R17, for people in office and units: *30 % or more*. Without a ballot nothing follows.
///
/// `100·dissatisfied ≥ 30·valid`.
pub const fn calls_for_accountability(dissatisfied: u32, valid: u32) -> bool {
    valid > 0 && 100 * dissatisfied as u64 >= 30 * valid as u64
}

/// R15: the ballots still out can no longer prevent rework, even if all of them were satisfied.
pub const fn rework_is_certain(tally: &Tally) -> bool {
    calls_for_rework(tally.dissatisfied, tally.electorate)
}

/// R20: more than 30 % of the ballots say that the dispatch was wrong; then rework starts at triage.
pub const fn starts_at_triage(tally: &Tally) -> bool {
    calls_for_rework(tally.dispatch_wrong, tally.valid)
}
