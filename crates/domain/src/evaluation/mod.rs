//! An evaluation (评价): residents who were chosen in public rate units or people in office without a name.
//!
//! The quarterly session 季度评价例会 (R22): 自愿报名 volunteers sign up, 组织筛选 the committee screens them by published
//! criteria, lots are drawn from a seed that was committed to beforehand, 匿名评价 the chosen rate each unit's work of
//! the quarter. The yearly appraisal 双述双评 (R17, R25) goes the same way and ends in orders and grades. A finished project
//! 一事一评 (R14, R16) begins with the vote, since who votes follows from the project.
//!
//! Anonymity (R21) rests on two facts of the history: a token is signed for somebody whose name is known and whose
//! serial is not; a ballot is written with the serial's hash and no name. Since no ballot is written before the last
//! token was signed, the order of the one says nothing about the order of the other.

mod command;
mod decide;
mod event;
mod evolve;
mod occasion;
mod rejection;
mod rules;
mod state;
#[cfg(test)]
mod tests;

pub use command::{Announcement, Command, Convocation, Sender, SignUp, Terms};
pub use decide::{Admission, admit};
pub use event::{
    Announced, Answer, Ballot, BallotsCast, CalledOff, Closed, Convened, Drawn, Ended, Event, Invited, Opened, Phase,
    Reason, Screened, SentBack, TokenIssued, Volunteered, Why,
};
pub use occasion::{Occasion, Subject, SubjectKind};
pub use rejection::Rejection;
pub use rules::{Grade, SubjectResult, Verdict, draw, grade, result_of, verdict};
pub use state::{EvaluationSession, Lots, Poll, Screening, Session, Stage, Volunteer};

use crate::decider::{Decider, Facts};

/// The rules of one evaluation.
pub struct Evaluation;

impl Decider for Evaluation {
    const KIND: &'static str = "evaluation";
    type State = EvaluationSession;
    type Command = Command;
    type Event = Event;

    fn decide(state: &EvaluationSession, command: Command, facts: &Facts<'_>) -> Result<Vec<Event>, crate::Rejection> {
        Ok(decide::decide(state, command, facts)?)
    }

    fn evolve(state: &mut EvaluationSession, event: &Event) {
        evolve::evolve(state, event);
    }
}
