//! Orders that the program gives itself.

use sandan_domain::{Actor, CommunityId};
use uuid::Uuid;

use crate::app::App;
use crate::execute::{Identity, Order, Outcome, Wish, request_stream};
use crate::refusal::Refusal;

impl App {
    /// An order that the program gives itself, because of an event or a timer.
    pub(crate) async fn own_order(
        &self,
        name: &'static str,
        identity: Identity,
        wish: Wish,
        cause: Uuid,
    ) -> Result<Order, Refusal> {
        let about = wish.about();
        let community = self.community_of(&wish).await?;
        Ok(Order {
            correlation: identity.id,
            identity,
            name,
            actor: Actor::System,
            causation: Some(cause),
            community,
            rows: Vec::new(),
            timers: Vec::new(),
            touches: about.map(request_stream).into_iter().collect(),
            newcomer: None,
            not_before: None,
            about,
            outcome: Outcome { request: about, ..Outcome::default() },
            wish,
        })
    }

    async fn community_of(&self, wish: &Wish) -> Result<CommunityId, Refusal> {
        match wish {
            Wish::Request(id, _) | Wish::Review(id, _) => Ok(self.case(*id).await?.community),
            Wish::Evaluation(id, _) => Ok(self.evaluation(*id).await?.community.clone()),
            Wish::Project(id, _) => Ok(self.project(*id).await?.community.clone()),
            Wish::Unit(community, ..)
            | Wish::Community(community, _)
            | Wish::Policy(community, _)
            | Wish::Callback(community, ..)
            | Wish::Honour(community, ..)
            | Wish::Scoring(community, ..) => Ok(community.clone()),
        }
    }
}
