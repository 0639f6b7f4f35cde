//! The work is done, with an answer to residents; a round of its review opens in the same append (R14, R15).

use std::collections::BTreeSet;

use crate::decider::Facts;
use crate::evaluation::Terms;
use crate::ids::PersonId;
use crate::project::command::Finish;
use crate::project::decide::{Decision, worked_on};
use crate::project::event::{Event, Finished};
use crate::project::rejection::Rejection;
use crate::project::state::Plan;

/// Who votes is fixed here: all whose requests it serves and all who registered, without the units' own (R14).
pub(super) fn decide(plan: &Plan, finish: Finish, facts: &Facts<'_>) -> Decision {
    worked_on(plan)?;
    let open = plan.stages_open();
    if open > 0 {
        return Err(Rejection::StagesOpen { open });
    }
    let Finish { answer, evaluation, terms, people, barred } = finish;
    let Terms { public_key, fingerprint, drawing_until, voting_until } = terms;
    if drawing_until <= facts.now || voting_until <= drawing_until {
        return Err(Rejection::Terms);
    }
    let people: BTreeSet<PersonId> = people.into_iter().chain(plan.registered.iter().copied()).collect();
    let electorate = people.into_iter().filter(|person| !barred.contains(person)).collect();
    let (round, answer) = (plan.round, answer.into_string());
    Ok(vec![Event::Finished(Finished {
        round,
        answer,
        evaluation,
        public_key,
        fingerprint,
        drawing_until,
        voting_until,
        electorate,
    })])
}
