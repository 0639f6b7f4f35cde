//! What each event makes of a community's policies. Total: whatever is in the log can be applied.

use crate::policy::event::Event;
use crate::policy::state::{Calendars, Policies, Version};

pub(super) fn evolve(state: &mut Policies, event: &Event) {
    match event {
        Event::Published(published) => {
            state.community = Some(published.community.clone());
            let (version, from, terms) = (published.version, published.from, published.terms.clone());
            state.versions.push(Version { version, from, terms, took_effect: false });
        }
        Event::TookEffect(effect) => {
            let of_it = |version: &&mut Version| version.version == effect.version;
            if let Some(version) = state.versions.iter_mut().find(of_it) {
                version.took_effect = true;
            }
        }
        Event::CalendarPublished(published) => {
            state.community = Some(published.community.clone());
            let (name, days) = (published.name.clone(), published.days.clone());
            state.calendars.push(Calendars { version: published.version, from: published.from, name, days });
        }
        Event::WorkedOut(_) => {}
    }
}
