//! 组织筛选: the committee admits or refuses, by the published criteria and with a reason (R22). It may think better of
//! it until the lots are drawn.

use crate::evaluation::decide::{Decision, before_the_lots};
use crate::evaluation::event::{Event, Screened};
use crate::evaluation::rejection::Rejection;
use crate::evaluation::state::{Screening, Session};
use crate::ids::PersonId;
use crate::input::Text;

pub(super) fn decide(session: &Session, person: PersonId, admitted: bool, reason: Option<Text>) -> Decision {
    before_the_lots(session)?;
    let Some(volunteer) = session.volunteers.get(&person) else { return Err(Rejection::NoSuchVolunteer) };
    if !admitted && reason.is_none() {
        return Err(Rejection::ReasonNeeded);
    }
    if admitted && volunteer.screening == Screening::Admitted {
        return Ok(Vec::new());
    }
    let reason = reason.filter(|_| !admitted).map(|reason| reason.of(person));
    Ok(vec![Event::Screened(Screened { person, admitted, reason })])
}
