//! A unit rates the community (R23).

use std::collections::BTreeMap;

use sandan_domain::review::Rating;
use sandan_domain::scoring::{Aspect, Command};
use sandan_domain::{CommunityId, UnitId};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::of_the_year::{Scored, Year, scored, year};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// All are required; the last three are one of the five answers each.
#[derive(Clone, Default, Serialize)]
pub struct RateCommunity {
    pub community: Option<String>,
    pub year: Option<i64>,
    pub dispatch: Option<String>,
    pub support: Option<String>,
    pub response: Option<String>,
}

impl App {
    /// The caller's own unit rates the community; its last answer of the year holds.
    pub async fn rate_community(&self, by: &Caller, input: RateCommunity) -> Answer<Scored> {
        let identity = admit(by, Action::RateCommunity, &input)?;
        Ok(scored(self.once(&identity, self.rate_community_new(by, &identity, &input)).await?))
    }

    async fn rate_community_new(&self, by: &Caller, identity: &Identity, input: &RateCommunity) -> Done {
        let unit: UnitId =
            by.actor.unit().cloned().ok_or_else(|| Refusal::forbidden("only a unit rates the community"))?;
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        if let Some(community) = &community
            && !self.has_unit(community, &unit).await?
        {
            return Err(Refusal::forbidden(format!("{unit} is no unit of {community}")));
        }
        let year = year(&mut form, input.year);
        let words = Rating::ALL.map(|rating| (rating.name(), rating));
        let given = [&input.dispatch, &input.support, &input.response];
        let mut ratings = BTreeMap::new();
        for (aspect, word) in Aspect::ALL.into_iter().zip(given) {
            let rating = form.required_word(aspect.name(), word.as_deref(), &words);
            ratings.extend(rating.map(|rating| (aspect, rating)));
        }
        form.check()?;
        let year = Year { community: checked(community)?, year: checked(year)? };
        let command = Command::RateCommunity { community: year.community.clone(), year: year.year, unit, ratings };
        self.score(by, Action::RateCommunity, identity, year, command).await
    }
}
