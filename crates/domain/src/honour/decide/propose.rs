//! 评先评优: the unit is proposed, knowing the community's opinion. Who goes against it says why (R24).

use crate::honour::decide::Decision;
use crate::honour::event::{Event, Opinion, Proposed};
use crate::honour::rejection::Rejection;
use crate::input::Text;

pub(super) fn decide(opinion: Opinion, reason: Option<Text>) -> Decision {
    if opinion == Opinion::Opposes && reason.is_none() {
        return Err(Rejection::ReasonNeeded);
    }
    Ok(vec![Event::Proposed(Proposed { reason: reason.map(Text::into_string) })])
}
