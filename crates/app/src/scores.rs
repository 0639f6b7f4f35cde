//! What a community's year holds beside its requests (R23), read from the log.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sandan_domain::CommunityId;
use sandan_domain::scoring::{Scorebook, Scoring, days_of};
use sandan_domain::time::Policy;

use crate::app::App;
use crate::cqrs::Kind;
use crate::execute::scoring_stream;
use crate::refusal::Refusal;

/// A year with what its scores are worked out by.
#[derive(Clone, Debug)]
pub struct ScoredYear {
    pub book: Arc<Scorebook>,
    /// The one that holds at the end of the year, or now while it runs.
    pub policy: Arc<Policy>,
    /// Requests count by when they were filed, as in every rate (R27): from here on,
    pub from: Timestamp,
    /// and before here.
    pub to: Timestamp,
}

impl App {
    /// The year as it stands; an empty one where nothing was entered.
    pub async fn scorebook(&self, community: &CommunityId, year: i16) -> Result<Arc<Scorebook>, Refusal> {
        let entry = self.0.states.fresh::<Scoring>(&scoring_stream(community, year)).await?;
        Ok(Scoring::take_down(&entry.state).cloned().unwrap_or_default())
    }

    /// The same with the policy whose weights hold, and the year's beginning and end in its community.
    pub async fn scored_year(&self, community: &CommunityId, year: i16) -> Result<ScoredYear, Refusal> {
        let now = self.0.clock.now();
        let zone = self.policy_of(community, now).await?.zone.clone();
        let midnight = |day: Date| day.to_zoned(zone.clone()).map_or(Timestamp::MAX, |midnight| midnight.timestamp());
        let (first, next) = days_of(year);
        let (from, to) = (midnight(first), midnight(next));
        let last = to.checked_sub(SignedDuration::from_secs(1)).unwrap_or(to);
        let policy = self.policy_of(community, now.min(last)).await?;
        Ok(ScoredYear { book: self.scorebook(community, year).await?, policy, from, to })
    }
}
