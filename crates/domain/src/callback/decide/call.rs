//! 回访: somebody of the sample is rung up. Silence stays silence in every rate (R18).

use std::collections::BTreeSet;

use crate::callback::command::Outcome;
use crate::callback::decide::Decision;
use crate::callback::event::{Called, Event};
use crate::callback::rejection::Rejection;
use crate::ids::RequestId;

pub(super) fn decide(sample: &BTreeSet<RequestId>, request: RequestId, outcome: Outcome) -> Decision {
    if !sample.contains(&request) {
        return Err(Rejection::NotInSample(request));
    }
    let Outcome { outcome, answer, note } = outcome;
    Ok(vec![Event::Called(Called { request, outcome, answer, note })])
}
