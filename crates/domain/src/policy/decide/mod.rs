//! One file a command's decision.

mod publish;
mod publish_calendar;
mod report;
mod take_effect;

use crate::decider::Facts;
use crate::policy::command::Command;
use crate::policy::event::Event;
use crate::policy::rejection::Rejection;
use crate::policy::state::Policies;

pub(super) type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn decide(state: &Policies, command: Command, facts: &Facts<'_>) -> Decision {
    match command {
        Command::Publish { community, terms, from } => publish::decide(state, community, *terms, from, facts),
        Command::PublishCalendar { community, name, days } => {
            publish_calendar::decide(state, community, name, days, facts)
        }
        Command::TakeEffect { version } => take_effect::decide(state, version, facts),
        Command::Report { version, calendar, seen, moved } => {
            Ok(report::decide(state, version, calendar, (seen, moved)))
        }
    }
}
