//! What each event makes of a community. Total: whatever is in the log can be applied.

use crate::community::event::Event;
use crate::community::state::{Community, Place};

pub(super) fn evolve(state: &mut Community, event: &Event) {
    match (state, event) {
        (state, Event::Founded(founded)) => {
            *state = Community::Founded(Place {
                community: founded.community.clone(),
                parent: founded.parent.clone(),
                grids: Default::default(),
                leads: Default::default(),
            });
        }
        (Community::Founded(place), Event::GridAdded(added)) => {
            place.grids.insert(added.grid.clone());
            if let Some(lead) = &added.lead {
                place.leads.insert(added.grid.clone(), lead.clone());
            }
        }
        (Community::Absent, Event::GridAdded(_)) => {}
    }
}
