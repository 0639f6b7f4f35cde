//! 派单: to units or to the pool (R1, R3, R8).

use crate::decider::Facts;
use crate::input::{Flaw, InputError, Text};
use crate::request::command::Destination;
use crate::request::decide::{Decision, permit};
use crate::request::event::{Dispatched, Event, Target};
use crate::request::rejection::Rejection;
use crate::request::state::{Case, Team};
use crate::request::step::Step;
use crate::time::{Due, Rule};

/// Most units that one request can be opened to.
const SLOTS_MAX: u32 = 100;

pub(super) fn decide(case: &Case, target: Destination, note: Option<Text>, facts: &Facts<'_>) -> Decision {
    permit(case, Step::Dispatch)?;
    let target = match target {
        Destination::Units(team) => Target::Units(distinct(team)?),
        Destination::Pool { slots } => Target::Pool { slots: within_bounds(slots)? },
    };
    Ok(vec![Event::Dispatched(dispatched(case, target, note, facts))])
}

pub(super) fn dispatched(case: &Case, target: Target, note: Option<Text>, facts: &Facts<'_>) -> Dispatched {
    let due = completion_due(case, facts);
    let ends = |rule| Due::from(facts.now, case.limit(rule, facts.policy), facts.policy).at;
    let is_pool = matches!(target, Target::Pool { .. });
    Dispatched {
        target,
        note: note.map(|note| note.of(case.filer)),
        binding: case.returns >= Case::RETURNS_UNTIL_RULING,
        late_arrival: facts.now > due.yellow_at(),
        due,
        // Counted for the pool too: whoever claims it is reminded as if it had been theirs from the start.
        remind_at: Some(ends(Rule::Reminder)),
        fallback_at: is_pool.then(|| ends(Rule::PoolFallback)),
        since: Some(facts.now),
        fallback: false,
    }
}

/// The clock starts with the first dispatch of the round and runs on over returns (R4, R8).
fn completion_due(case: &Case, facts: &Facts<'_>) -> Due {
    if case.clock_of_work {
        return case.due.clone();
    }
    Due::from(facts.now, case.limit(Rule::Completion, facts.policy), facts.policy)
}

fn distinct(team: Team) -> Result<Team, Rejection> {
    let mut seen = vec![&team.lead];
    for unit in &team.assisting {
        if seen.contains(&unit) {
            let error = InputError::malformed(Flaw::Twice { what: unit.to_string() });
            return Err(Rejection::Input { field: "units", error });
        }
        seen.push(unit);
    }
    Ok(team)
}

fn within_bounds(slots: u32) -> Result<u32, Rejection> {
    if (1..=SLOTS_MAX).contains(&slots) {
        Ok(slots)
    } else {
        let error = InputError::OutOfRange { min: 1, max: i64::from(SLOTS_MAX) };
        Err(Rejection::Input { field: "slots", error })
    }
}
