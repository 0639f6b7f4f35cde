//! From the third rework on the oversight board alone may end it, as *closed, dissatisfied* (R19).

use crate::input::Text;
use crate::project::decide::{Decision, worked_on};
use crate::project::event::{Closed, Event};
use crate::project::rejection::Rejection;
use crate::project::state::Plan;
use crate::request::{Case, Closing};

pub(super) fn decide(plan: &Plan, reason: Text) -> Decision {
    worked_on(plan)?;
    let reworks = plan.reworks();
    if reworks < Case::REWORKS_UNTIL_OVERSIGHT {
        return Err(Rejection::TooEarlyToClose { reworks });
    }
    let reason = Some(reason.into_string());
    Ok(vec![Event::Closed(Closed { closing: Closing::Dissatisfied, reason })])
}
