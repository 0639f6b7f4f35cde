//! 自愿报名: a resident signs up (R22). Nobody of a unit that is rated (R14).

use crate::decider::Facts;
use crate::evaluation::command::SignUp;
use crate::evaluation::decide::{Decision, before_the_lots};
use crate::evaluation::event::{Event, Volunteered};
use crate::evaluation::rejection::Rejection;
use crate::evaluation::state::Session;

pub(super) fn decide(session: &Session, sign_up: SignUp, facts: &Facts<'_>) -> Decision {
    let SignUp { person, name, phone, email, works_for } = sign_up;
    before_the_lots(session)?;
    if facts.now >= session.sign_up_until {
        return Err(Rejection::SignUpOver { until: session.sign_up_until });
    }
    if let Some(subject) = works_for.filter(|unit| session.subject(unit).is_some()) {
        return Err(Rejection::OwnWork { subject });
    }
    if session.volunteers.contains_key(&person) {
        return Err(Rejection::VolunteeredBefore);
    }
    if session.volunteers.len() >= Session::VOLUNTEERS_MAX {
        return Err(Rejection::SignUpFull { max: Session::VOLUNTEERS_MAX });
    }
    let number = u32::try_from(session.volunteers.len() + 1).unwrap_or(u32::MAX);
    let sealed = |text: Option<crate::Text>| text.map(|text| text.of(person));
    Ok(vec![Event::Volunteered(Volunteered {
        person,
        number,
        name: sealed(name),
        phone: sealed(phone),
        email: sealed(email),
    })])
}
