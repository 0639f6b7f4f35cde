//! For each step, the wish of whoever may take it: what `permitted` promises can be put to the test.

use jiff::{SignedDuration, Timestamp};

use super::people::{desk, oversight, person, resident, staff_of, supervisor, text, unit};
use super::requests::{
    accept, applicant, attach, claim, close_dissatisfied, complete, decide_unreasonable, dispatch_to, extend_until,
    give_back, progress, propose_unreasonable, rule_for, suspend_until, verify, withdraw,
};
use crate::ids::UnitId;
use crate::people::Actor;
use crate::request::{Case, Command, Stage, Step};

/// The unit that answers where a step needs one and no unit holds the request.
const ANSWERING: &str = "fire-brigade";

/// A wish for `step` with nothing wrong but, perhaps, the state: who wishes it, when, and what.
///
/// `None` for ratings, which are the review's to decide.
pub(crate) fn rightful(step: Step, case: &Case, now: Timestamp) -> Option<(Actor, Timestamp, Command)> {
    let lead = lead(case);
    let day = SignedDuration::from_hours(24);
    let by_lead = |command| (staff_of(lead.as_str()), now, command);
    Some(match step {
        Step::Triage => (desk(), now, accept()),
        Step::Dispatch => (desk(), now, dispatch_to(ANSWERING)),
        Step::Claim => claimer(case, now),
        Step::Return => by_lead(give_back(lead.as_str())),
        Step::Progress => by_lead(progress(lead.as_str())),
        Step::Complete => by_lead(complete(lead.as_str())),
        Step::Rule => (desk(), now, rule_for(ANSWERING)),
        Step::Verify => (desk(), now, verify(true)),
        Step::Suspend => (supervisor(), now, suspend_until(now + day)),
        Step::Resume => (supervisor(), now, Command::Resume),
        Step::Extend => {
            let in_time = now.min(case.due.at - SignedDuration::from_secs(1));
            (supervisor(), in_time, extend_until(case.due.at + day))
        }
        Step::Withdraw => (resident("wang"), now, withdraw()),
        Step::CoSign => (resident("newcomer"), now, Command::CoSign(newcomer(case))),
        Step::Rate => return None,
        Step::Attach => (resident("wang"), now, attach()),
        Step::Close => (oversight(), now, close_dissatisfied()),
        Step::Unreasonable => by_lead(propose_unreasonable(lead.as_str())),
        Step::UnreasonableDecision => (oversight(), now, decide_unreasonable(true)),
    })
}

fn lead(case: &Case) -> UnitId {
    let team = case.stage.team();
    team.and_then(|(lead, _)| lead.unit().cloned()).unwrap_or_else(|| unit(ANSWERING))
}

/// Where it was dispatched to units the lead claims; anywhere else one that is not on it yet.
fn claimer(case: &Case, now: Timestamp) -> (Actor, Timestamp, Command) {
    let slug = match &case.stage {
        Stage::Dispatched { team } => team.lead.as_str().to_owned(),
        _ => (0..).map(|nth| format!("unit-{nth}")).find(|slug| !is_on(case, &unit(slug))).unwrap(),
    };
    (staff_of(&slug), now, claim(&slug))
}

fn is_on(case: &Case, unit: &UnitId) -> bool {
    case.stage.team().is_some_and(|(lead, assisting)| lead.unit() == Some(unit) || assisting.contains(unit))
}

fn newcomer(case: &Case) -> crate::request::Applicant {
    let name = (0..).map(|nth| format!("newcomer {nth}")).find(|name| !case.signers.contains(&person(name))).unwrap();
    crate::request::Applicant { name: Some(text(&name)), ..applicant(&name) }
}
