//! Somebody registers for the review: whoever lives with the work, though no request of theirs is among those that it
//! serves (R14). Once a phone, and nobody of the unit. Who comes while a round is voted on votes in the next.

use crate::project::command::Registration;
use crate::project::decide::Decision;
use crate::project::event::{Event, Registered};
use crate::project::rejection::Rejection;
use crate::project::state::{Phase, Plan};

pub(super) fn decide(plan: &Plan, registration: Registration) -> Decision {
    let Registration { person, name, phone, email, works_for, is_served } = registration;
    if let Phase::Closed(_) = plan.phase {
        return Err(Rejection::ClosedBefore);
    }
    if let Some(unit) = works_for.filter(|unit| *unit == plan.unit) {
        return Err(Rejection::OwnWork { unit });
    }
    if plan.registered.contains(&person) {
        return Err(Rejection::RegisteredBefore);
    }
    if is_served {
        return Err(Rejection::VotesAnyway);
    }
    if plan.registered.len() >= Plan::REGISTERED_MAX {
        return Err(Rejection::RegistrationFull { max: Plan::REGISTERED_MAX });
    }
    let sealed = |text: Option<crate::Text>| text.map(|text| text.of(person));
    let (name, phone, email) = (sealed(name), sealed(phone), sealed(email));
    Ok(vec![Event::Registered(Registered { person, name, phone, email })])
}
