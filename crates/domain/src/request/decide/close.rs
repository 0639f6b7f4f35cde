//! 销号: after its review, or by the oversight board after the third rework (R18, R19).

use crate::input::Text;
use crate::request::decide::{Decision, permit};
use crate::request::event::{Closed, Closing, Event};
use crate::request::state::{Case, Stage};
use crate::request::step::Step;

pub(super) fn after_review(case: &Case, closing: Closing) -> Decision {
    match case.stage {
        Stage::InReview(_) => Ok(vec![Event::Closed(Closed { closing, reason: None, project: None })]),
        _ => Err(case.not_permitted(Step::Close)),
    }
}

pub(super) fn by_oversight(case: &Case, reason: Text) -> Decision {
    permit(case, Step::Close)?;
    let reason = Some(reason.of(case.filer));
    Ok(vec![Event::Closed(Closed { closing: Closing::Dissatisfied, reason, project: None })])
}
