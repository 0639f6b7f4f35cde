//! The three rates and their companions (R27), each with what it is made of.

use sandan_domain::{CommunityId, Share};
use serde::Serialize;

/// A share, with numerator and denominator on show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Rate {
    pub numerator: u64,
    pub denominator: u64,
    /// `null` where there is nothing to divide by.
    pub rate: Option<f64>,
}

impl Rate {
    pub fn new(numerator: u64, denominator: u64) -> Self {
        let rate = (denominator > 0).then(|| numerator as f64 / denominator as f64);
        Self { numerator, denominator, rate }
    }

    /// Its two numbers.
    pub const fn share(self) -> Share {
        Share { numerator: self.numerator, denominator: self.denominator }
    }
}

/// The rates of one group, or of all.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RatesRow {
    /// A unit's or grid's slug, a category's path, a channel; `null`: all together, or those without one.
    pub group: Option<String>,
    /// Where the group is a unit or a grid: its community, since slugs are unique only there.
    pub community: Option<CommunityId>,
    /// First triaged, dispatched, merged or rejected before the limit of R7 ÷ filed. One that was withdrawn before
    /// was filed and not answered.
    pub response: Rate,
    /// Closed as solved ÷ completed. What the oversight board closed as dissatisfied is not solved (R19).
    pub resolution: Rate,
    /// First three answers ÷ valid ballots, of all rounds, late ones included.
    pub satisfaction: Rate,
    /// First completion within its limit ÷ completed.
    pub on_time: Rate,
    /// Reworked at least once ÷ reviewed, that is with at least one ballot.
    pub rework: Rate,
    /// The same without what was ruled beyond law or reason (R6b).
    pub without_unreasonable: WithoutUnreasonable,
    /// The same without ballots whose appeal was upheld (R19a).
    pub without_appealed: WithoutAppealed,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct WithoutUnreasonable {
    /// How many requests are left out.
    pub requests: u64,
    pub response: Rate,
    pub resolution: Rate,
    pub satisfaction: Rate,
    pub on_time: Rate,
    pub rework: Rate,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct WithoutAppealed {
    /// How many ballots are left out.
    pub ballots: u64,
    pub satisfaction: Rate,
}
