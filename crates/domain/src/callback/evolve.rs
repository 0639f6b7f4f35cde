//! What each event makes of a period's call-backs. Total: whatever is in the log can be applied.

use crate::callback::event::{Committed, Event};
use crate::callback::state::{Callback, Commitment};

pub(super) fn evolve(state: &mut Callback, event: &Event) {
    match event {
        Event::Committed(Committed { community, from, to, size, hash }) => {
            let (community, hash) = (community.clone(), hash.clone());
            *state = Callback::Committed(Commitment { community, from: *from, to: *to, size: *size, hash });
        }
        Event::Drawn(drawn) => {
            if let Some(commitment) = state.commitment().cloned() {
                *state = Callback::Drawn { commitment, sample: drawn.sample.iter().copied().collect() };
            }
        }
        Event::Called(_) => {}
    }
}
