//! What each event makes of a question about an honour. Total: whatever is in the log can be applied.

use crate::honour::event::{Asked, Event};
use crate::honour::state::{Honour, Question};

pub(super) fn evolve(state: &mut Honour, event: &Event) {
    match event {
        Event::Asked(Asked { community, unit, from, to, .. }) => {
            *state = Honour::Asked(Question { community: community.clone(), unit: unit.clone(), from: *from, to: *to });
        }
        Event::Answered(answered) => {
            if let Some(question) = state.question().cloned() {
                *state = Honour::Answered { question, opinion: answered.opinion };
            }
        }
        Event::Proposed(_) => {
            if let Some(question) = state.question().cloned() {
                *state = Honour::Proposed(question);
            }
        }
        Event::Dropped(_) => {
            if let Some(question) = state.question().cloned() {
                *state = Honour::Dropped(question);
            }
        }
    }
}
