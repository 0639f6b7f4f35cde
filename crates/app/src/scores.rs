//! What a community's year holds beside its requests (R23), read from the log.

use std::sync::Arc;

use sandan_domain::CommunityId;
use sandan_domain::scoring::{Scorebook, Scoring};

use crate::app::App;
use crate::cqrs::Kind;
use crate::execute::scoring_stream;
use crate::refusal::Refusal;

impl App {
    /// The year as it stands; an empty one where nothing was entered.
    pub async fn scorebook(&self, community: &CommunityId, year: i16) -> Result<Arc<Scorebook>, Refusal> {
        let entry = self.0.states.fresh::<Scoring>(&scoring_stream(community, year)).await?;
        Ok(Scoring::take_down(&entry.state).cloned().unwrap_or_default())
    }
}
