//! Which events a follower asked for.

use sandan_app::Refusal;
use sandan_domain::{CommunityId, Event};
use sandan_views::{Sight, ViewsError};

use crate::ask::Ask;
use crate::problem::Refused;

/// Of these communities and those below them, and of these types; of all where none is named.
pub(super) struct Chosen {
    communities: Vec<CommunityId>,
    types: Vec<Pattern>,
}

/// A type, or the beginning of some.
enum Pattern {
    Type(String),
    Below(String),
}

impl Chosen {
    /// Refuses communities that are not there or not the caller's, and types that no event has.
    pub async fn check(ask: &Ask, communities: &[String], types: &[String]) -> Result<Self, Refused> {
        let types = types.iter().enumerate().map(|(nth, text)| Pattern::check(nth, text)).collect::<Result<_, _>>()?;
        let mut known = Vec::with_capacity(communities.len());
        for slug in communities {
            let community: CommunityId = slug.parse().map_err(|error| Refusal::field("communities", error))?;
            ask.app().who_may_see(&ask.caller, &community).await?;
            known.push(community);
        }
        Ok(Self { communities: known, types })
    }

    pub fn wants(&self, kind: &str) -> bool {
        self.types.is_empty() || self.types.iter().any(|pattern| pattern.matches(kind))
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

impl Pattern {
    fn check(nth: usize, text: &str) -> Result<Self, Refused> {
        let pattern = match text.strip_suffix(".*") {
            Some(above) => Self::Below(format!("{above}.")),
            None => Self::Type(text.to_owned()),
        };
        if Event::names().any(|name| pattern.matches(name)) {
            return Ok(pattern);
        }
        let told = "is the type of no event, such as sandan.request.filed or sandan.review.*";
        Err(Refused::field(&format!("types[{nth}]"), "unknown", told))
    }

    fn matches(&self, kind: &str) -> bool {
        match self {
            Self::Type(own) => kind == own,
            Self::Below(above) => kind.starts_with(above.as_str()),
        }
    }
}
