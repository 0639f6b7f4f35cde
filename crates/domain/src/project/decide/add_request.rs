//! One more request that the project serves, while it is worked on. Whether the request can be served the request says.

use crate::ids::RequestId;
use crate::project::decide::{Decision, worked_on};
use crate::project::event::{Event, RequestAdded};
use crate::project::rejection::Rejection;
use crate::project::state::Plan;

pub(super) fn decide(plan: &Plan, request: RequestId) -> Decision {
    worked_on(plan)?;
    if plan.requests.contains(&request) {
        return Err(Rejection::ServedAlready { request });
    }
    if plan.requests.len() >= Plan::REQUESTS_MAX {
        return Err(Rejection::Requests { max: Plan::REQUESTS_MAX });
    }
    Ok(vec![Event::RequestAdded(RequestAdded { request })])
}
