//! What each event makes of a member unit. Total: whatever is in the log can be applied.

use crate::unit::event::{Event, Registered};
use crate::unit::state::{MemberUnit, Standing};

pub(super) fn evolve(unit: &mut MemberUnit, event: &Event) {
    match (unit, event) {
        (unit, Event::Registered(registered)) => *unit = MemberUnit::Registered(Box::new(join(registered))),
        (MemberUnit::Registered(standing), event) => change(standing, event),
        (MemberUnit::Absent, _) => {}
    }
}

fn join(registered: &Registered) -> Standing {
    Standing {
        community: registered.community.clone(),
        unit: registered.unit.clone(),
        name: registered.name.clone(),
        categories: registered.categories.clone(),
        grids: registered.grids.clone(),
        capacity: registered.capacity,
        load: Default::default(),
        members: Default::default(),
    }
}

fn change(standing: &mut Standing, event: &Event) {
    match event {
        Event::Registered(_) => {}
        Event::Revised(revised) => {
            standing.name = revised.name.clone();
            standing.categories = revised.categories.clone();
            standing.grids = revised.grids.clone();
            standing.capacity = revised.capacity;
        }
        Event::LoadTaken(taken) => {
            standing.load.insert(taken.request);
        }
        Event::LoadReleased(released) => {
            standing.load.remove(&released.request);
        }
        Event::MemberAdded(added) => {
            standing.members.insert(added.person);
        }
        Event::MemberRemoved(removed) => {
            standing.members.remove(&removed.person);
        }
    }
}
