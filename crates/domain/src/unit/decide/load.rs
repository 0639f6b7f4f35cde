//! The requests a unit works on, against its stated capacity (R3).

use crate::ids::RequestId;
use crate::unit::decide::Decision;
use crate::unit::event::{Event, LoadReleased, LoadTaken};
use crate::unit::rejection::Rejection;
use crate::unit::state::Standing;

/// Asked twice for the same request it does nothing the second time.
pub(super) fn take_on(standing: &Standing, request: RequestId, checked: bool) -> Decision {
    if standing.load.contains(&request) {
        return Ok(Vec::new());
    }
    match standing.capacity {
        Some(capacity) if checked && !standing.has_room() => {
            let load = standing.load.len();
            Err(Rejection::AtCapacity { unit: standing.unit.clone(), capacity, load })
        }
        _ => Ok(vec![Event::LoadTaken(LoadTaken { request })]),
    }
}

pub(super) fn let_go(standing: &Standing, request: RequestId) -> Vec<Event> {
    if standing.load.contains(&request) { vec![Event::LoadReleased(LoadReleased { request })] } else { Vec::new() }
}
