//! 评先评优 (R24): before a unit is proposed for an honour, the community's opinion is asked for and answered on the
//! record, with the unit's figures.
//!
//! One stream a unit, honour and period. Its words are an office's about a unit: public, and nobody's secret. Where the
//! figures come from is the edge's business; that they are written down with their position in the log is this one's.

mod command;
mod decide;
mod event;
mod evolve;
mod figures;
mod rejection;
mod state;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::{Answered, Asked, Dropped, Event, Opinion, Proposed};
pub use figures::{Figures, WithoutAppealed, WithoutUnreasonable};
pub use rejection::Rejection;
pub use state::{Honour, Question};

use crate::decider::{Decider, Facts};

/// The rules of one question about an honour.
pub struct Honours;

impl Decider for Honours {
    const KIND: &'static str = "honour";
    type State = Honour;
    type Command = Command;
    type Event = Event;

    fn decide(state: &Honour, command: Command, facts: &Facts<'_>) -> Result<Vec<Event>, crate::Rejection> {
        Ok(decide::decide(state, command, facts)?)
    }

    fn evolve(state: &mut Honour, event: &Event) {
        evolve::evolve(state, event);
    }
}
