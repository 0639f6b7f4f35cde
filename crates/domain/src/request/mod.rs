//! `ServiceRequest` (需求): from filing to sign-off, R1 to R6b.

mod anew;
mod clock;
mod command;
mod decide;
mod event;
mod evolve;
mod hands;
mod rejection;
mod state;
mod step;
#[cfg(test)]
mod tests;

pub use command::{Applicant, Command, Destination, File, Import, Merger, PastAnswer, Photo, Place, TriageDecision};
pub use event::{
    Absorbed, Anew, Attached, BurstFlagged, Channel, Claimed, Closed, Closing, CoSigned, Completed, Dispatched,
    Escalated, Event, Extended, ExtensionAsked, External, Filed, Location, Merged, Overdue, Progressed, Reason,
    Rejected, Reminded, Requester, Rescheduled, Resumed, Returned, ReviewOpened, ReworkOrdered, Ruled, Supervised,
    Suspended, Target, Triaged, Unclaimed, UnreasonableDecided, UnreasonableProposed, Urgency, Verified, Withdrawn,
};
pub use hands::{Capacity, Hand, Hands, HandsTold, Spell};
pub use rejection::Rejection;
pub use state::{Case, Completion, Holder, ServiceRequest, Stage, Team, Unreasonable, Work};
pub use step::Step;

use crate::decider::{Decider, Facts};

/// The rules of one request.
pub struct Request;

impl Decider for Request {
    const KIND: &'static str = "request";
    type State = ServiceRequest;
    type Command = Command;
    type Event = Event;

    fn decide(state: &ServiceRequest, command: Command, facts: &Facts<'_>) -> Result<Vec<Event>, crate::Rejection> {
        Ok(decide::decide(state, command, facts)?)
    }

    fn evolve(state: &mut ServiceRequest, event: &Event) {
        evolve::evolve(state, event);
    }
}
