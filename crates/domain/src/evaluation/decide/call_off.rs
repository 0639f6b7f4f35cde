//! An evaluation that was announced by mistake, or comes to nothing, is called off before there is a vote.

use crate::evaluation::decide::Decision;
use crate::evaluation::event::{CalledOff, Event};
use crate::evaluation::rejection::Rejection;
use crate::evaluation::state::{Session, Stage};
use crate::input::Text;

/// Its occasion can be announced anew afterwards. A vote is counted instead, however few took part.
pub(super) fn decide(session: &Session, reason: Text) -> Decision {
    match session.stage {
        Stage::SignUp | Stage::Drawn(_) => Ok(vec![Event::CalledOff(CalledOff { reason: reason.into_string() })]),
        Stage::Voting(..) => Err(Rejection::OpenedBefore),
        Stage::Closed(..) => Err(Rejection::ClosedBefore),
        Stage::CalledOff { .. } => Err(Rejection::CalledOff),
    }
}
