//! Who looks at a request. What is kept from them the read models know ([`Eyes`]).

use sandan_app::Action;
use sandan_domain::RequestId;
use sandan_domain::request::ServiceRequest;
use sandan_views::{Eyes, Sight};

use crate::api::ask::Ask;
use crate::api::reach;
use crate::problem::Problem;

/// Somebody who may look.
pub(super) struct Audience {
    pub sight: Sight,
    pub eyes: Eyes,
}

impl Audience {
    /// Who asks, if they may see this request: staff in their communities, anybody else by tracking code.
    pub async fn of(ask: &Ask, id: RequestId) -> Result<Self, Problem> {
        if !ask.who.may(Action::See) {
            return Self::resident(ask, id).await;
        }
        let sight = reach::sight(ask).await?;
        if let Some(community) = ask.site.views.community_of(id).await? {
            ask.site.app.who_may_see(&ask.who.caller, &community).await?;
        }
        let eyes = if ask.who.unit().is_some() { Eyes::Unit } else { Eyes::Staff };
        Ok(Self { sight, eyes })
    }

    async fn resident(ask: &Ask, id: RequestId) -> Result<Self, Problem> {
        let person = ask.holder(id).await?;
        let filed = match &*ask.site.app.request(id).await? {
            ServiceRequest::Filed(case) => case.filer == person,
            ServiceRequest::Absent => false,
        };
        Ok(Self { sight: Sight::All, eyes: Eyes::Resident { person, filed } })
    }
}
