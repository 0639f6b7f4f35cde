//! The frame of every command: who may, then whether it came before, then the work itself.

use std::future::Future;

use sandan_domain::request::{Case, Command};
use sandan_domain::{CommunityId, RequestId, review};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Outcome, Wish, request_stream, unit_stream};
use crate::receipt::Receipt;
use crate::refusal::Refusal;

/// A request was changed, and this is its state now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    pub request: RequestId,
    /// The name of the contract, such as `in_review`.
    pub state: String,
}

pub(super) type Done = Result<Receipt<Outcome>, Refusal>;

/// Who may, and the command's identity.
pub(super) fn admit(by: &Caller, action: Action, content: &impl Serialize) -> Result<Identity, Refusal> {
    by.permit(action)?;
    Identity::of(by, action, content)
}

pub(super) fn changed(receipt: Receipt<Outcome>) -> Receipt<Changed> {
    receipt.map(|outcome| Changed {
        request: outcome.request.unwrap_or(RequestId(uuid::Uuid::nil())),
        state: outcome.state,
    })
}

impl App {
    /// The first answer, if the command came before; else the work's.
    pub(super) async fn once(&self, identity: &Identity, work: impl Future<Output = Done> + Send) -> Done {
        // An accepted repeat is found by the append itself. A refused one may be so because the first was accepted.
        match work.await {
            Ok(receipt) => Ok(receipt),
            Err(refusal) => self.replay(identity).await?.ok_or(refusal),
        }
    }

    /// The request, which must exist and lie in the caller's scope.
    pub(super) async fn reach(&self, by: &Caller, id: RequestId) -> Result<Box<Case>, Refusal> {
        let case = self.case(id).await?;
        self.in_scope(by, &case.community).await?;
        Ok(case)
    }

    /// Carries out a command of a request that is known to exist.
    pub(super) async fn change(
        &self,
        by: &Caller,
        action: Action,
        identity: &Identity,
        (id, case): (RequestId, &Case),
        command: Command,
    ) -> Done {
        let mut order = Order::new(by, action, identity, case.community.clone(), Wish::Request(id, command));
        order.touches = units(by, case);
        Ok(self.execute(&order).await?)
    }

    /// Carries out a command of a request's review.
    pub(super) async fn change_review(
        &self,
        by: &Caller,
        action: Action,
        identity: &Identity,
        about: (RequestId, &Case),
        command: review::Command,
    ) -> Done {
        Ok(self.execute(&review_order(by, action, identity, about, command)).await?)
    }
}

/// A step of a request's review.
pub(super) fn review_order(
    by: &Caller,
    action: Action,
    identity: &Identity,
    (id, case): (RequestId, &Case),
    command: review::Command,
) -> Order {
    let mut order = Order::new(by, action, identity, case.community.clone(), Wish::Review(id, command));
    order.outcome = Outcome::of(id);
    // What the review decides the request may have to follow.
    order.touches.push(request_stream(id));
    order
}

/// The units whose load may change with the request.
fn units(by: &Caller, case: &Case) -> Vec<sandan_log::StreamName> {
    let stream = |community: &CommunityId, unit| unit_stream(community, unit);
    let engaged = case.stage.engaged();
    engaged.iter().chain(by.actor.unit()).map(|unit| stream(&case.community, unit)).collect()
}
