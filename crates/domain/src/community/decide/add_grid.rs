//! A community gets a grid (网格).

use crate::community::decide::Decision;
use crate::community::event::{Event, GridAdded};
use crate::community::rejection::Rejection;
use crate::community::state::Place;
use crate::ids::GridSlug;
use crate::input::Text;

pub(super) fn decide(place: &Place, grid: GridSlug, name: Text, lead: Option<Text>) -> Decision {
    if place.grids.contains(&grid) {
        return Err(Rejection::GridAddedBefore(grid));
    }
    let lead = lead.map(|lead| lead.into_string());
    Ok(vec![Event::GridAdded(GridAdded { grid, name: name.into_string(), lead })])
}
