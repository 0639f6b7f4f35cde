//! The resident who filed takes it back, before completion (section 4).

use crate::input::Text;
use crate::request::decide::{Decision, permit};
use crate::request::event::{Event, Withdrawn};
use crate::request::state::Case;
use crate::request::step::Step;

pub(super) fn decide(case: &Case, reason: Option<Text>) -> Decision {
    permit(case, Step::Withdraw)?;
    Ok(vec![Event::Withdrawn(Withdrawn { reason: reason.map(|reason| reason.of(case.filer)) })])
}
