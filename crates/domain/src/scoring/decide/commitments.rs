//! How many of a unit's commitments fell due, and how many it kept, with evidence.

use crate::ids::{CommunityId, UnitId};
use crate::input::Text;
use crate::scoring::decide::Decision;
use crate::scoring::event::{CommitmentsEntered, Event};
use crate::scoring::rejection::Rejection;

pub(super) fn decide(
    (community, year): (CommunityId, i16),
    unit: UnitId,
    (due, kept): (u32, u32),
    evidence: Text,
) -> Decision {
    if kept > due {
        return Err(Rejection::Commitments { due, kept });
    }
    let evidence = evidence.into_string();
    Ok(vec![Event::CommitmentsEntered(CommitmentsEntered { community, year, unit, due, kept, evidence })])
}
