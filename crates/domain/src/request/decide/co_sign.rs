//! 附议: another resident joins and gets a vote in the next review (R5, R14).

use crate::request::command::Applicant;
use crate::request::decide::file::requester;
use crate::request::decide::{Decision, permit};
use crate::request::event::{CoSigned, Event};
use crate::request::rejection::Rejection;
use crate::request::state::Case;
use crate::request::step::Step;

pub(super) fn decide(case: &Case, joiner: Applicant) -> Decision {
    permit(case, Step::CoSign)?;
    if case.signers.contains(&joiner.person) {
        return Err(Rejection::JoinedAlready { state: case.stage.name(), permitted: case.permitted_names() });
    }
    Ok(vec![Event::CoSigned(CoSigned { signer: requester(joiner) })])
}
