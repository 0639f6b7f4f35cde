//! 附议: another resident joins and gets a vote in the next review; bursts of joiners are flagged (R5, R14).

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

/// Said once of a burst: again only when one lies wholly after it. What is one, the policy says.
fn burst(case: &Case, facts: &Facts<'_>) -> Option<Event> {
    let limit = facts.policy.burst;
    let earliest = facts.now.checked_sub(limit.within()).unwrap_or(jiff::Timestamp::MIN);
    let begin = case.burst_at.map_or(earliest, |flagged| flagged.max(earliest));
    let recent: Vec<_> = case.joins.iter().filter(|at| **at > begin).collect();
    let joiners = u32::try_from(recent.len() + 1).unwrap_or(u32::MAX);
    if joiners < limit.joiners {
        return None;
    }
    let since = recent.first().map_or(facts.now, |at| **at);
    Some(Event::BurstFlagged(BurstFlagged { joiners, since }))
}
