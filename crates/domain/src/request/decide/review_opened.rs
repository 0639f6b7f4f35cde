//! The review's round has begun (R15).

use crate::request::decide::Decision;
use crate::request::event::{Event, ReviewOpened};
use crate::request::state::{Case, Stage};
use crate::request::step::Step;

/// Asked twice it does nothing the second time.
pub(super) fn decide(case: &Case, round: u32) -> Decision {
    match case.stage {
        Stage::Completed(_) if case.round == round => Ok(vec![Event::ReviewOpened(ReviewOpened { round })]),
        Stage::InReview(_) if case.round == round => Ok(Vec::new()),
        _ => Err(case.not_permitted(Step::Rate)),
    }
}
