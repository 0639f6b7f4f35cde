//! 附议: another resident joins and gets a vote in the next review; bursts of joiners are flagged (R5, R14).

use jiff::SignedDuration;

use crate::decider::Facts;
use crate::request::command::Applicant;
use crate::request::decide::file::requester;
use crate::request::decide::{Decision, permit};
use crate::request::event::{BurstFlagged, CoSigned, Event};
use crate::request::rejection::Rejection;
use crate::request::state::Case;
use crate::request::step::Step;

pub(super) fn decide(case: &Case, joiner: Applicant, facts: &Facts<'_>) -> Decision {
    permit(case, Step::CoSign)?;
    if case.signers.contains(&joiner.person) {
        return Err(Rejection::JoinedAlready { state: case.stage.name(), permitted: case.permitted_names() });
    }
    let joined = Event::CoSigned(CoSigned { signer: requester(joiner), at: Some(facts.now) });
    Ok([joined].into_iter().chain(burst(case, facts)).collect())
}

/// Said once of a burst: again only when one lies wholly after it.
fn burst(case: &Case, facts: &Facts<'_>) -> Option<Event> {
    let within = SignedDuration::from_mins(Case::BURST_WITHIN_IN_MINUTES);
    let begin = case.burst_at.map_or(facts.now - within, |flagged| flagged.max(facts.now - within));
    let recent: Vec<_> = case.joins.iter().filter(|at| **at > begin).collect();
    let joiners = recent.len() + 1;
    if joiners < Case::BURST_JOINERS {
        return None;
    }
    let since = recent.first().map_or(facts.now, |at| **at);
    Some(Event::BurstFlagged(BurstFlagged { joiners: u32::try_from(joiners).unwrap_or(u32::MAX), since }))
}
