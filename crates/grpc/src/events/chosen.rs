//! Which events a follower asked for.

use sandan_app::Refusal;
use sandan_domain::CommunityId;
use sandan_domain::event::pattern;
use sandan_views::{Sight, ViewsError};

use crate::ask::Ask;
use crate::problem::Refused;

/// Of these communities and those below them, and of these types; of all where none is named.
pub(super) struct Chosen {
    communities: Vec<CommunityId>,
    /// Names, or beginnings of names.
    types: Vec<String>,
}

impl Chosen {
    /// Refuses communities that are not there or not the caller's, and types that no event has.
    pub async fn check(ask: &Ask, communities: &[String], types: &[String]) -> Result<Self, Refused> {
        for (nth, wanted) in types.iter().enumerate() {
            if !pattern::is_known(wanted) {
                let told = "is the type of no event, such as sandan.request.filed or sandan.review.*";
                return Err(Refused::field(&format!("types[{nth}]"), "unknown", told));
            }
        }
        let mut known = Vec::with_capacity(communities.len());
        for slug in communities {
            let community: CommunityId = slug.parse().map_err(|error| Refusal::field("communities", error))?;
            ask.app().who_may_see(&ask.caller, &community).await?;
            known.push(community);
        }
        Ok(Self { communities: known, types: types.to_vec() })
    }

    pub fn wants(&self, kind: &str) -> bool {
        self.types.is_empty() || self.types.iter().any(|wanted| pattern::covers(wanted, kind))
    }

    /// The communities as the read models know them now.
    pub async fn sight(&self, ask: &Ask) -> Result<Sight, ViewsError> {
        let own = ask.views().sight_of(ask.community()).await?;
        if self.communities.is_empty() {
            return Ok(own);
        }
        let mut chosen = Vec::new();
        for community in &self.communities {
            if let Sight::Set(below) = ask.views().sight_of(Some(community)).await? {
                chosen.extend(below.into_iter().filter(|community| own.includes(community)));
            }
        }
        Ok(Sight::Set(chosen))
    }
}
