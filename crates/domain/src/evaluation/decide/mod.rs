//! One file a command's decision.

mod announce;
mod call_off;
mod close;
mod convene;
mod draw;
mod end;
mod invite;
mod issue_token;
mod open;
mod record;
mod screen;
mod send_back;
mod volunteer;

pub use record::{Admission, admit};

use crate::decider::Facts;
use crate::evaluation::command::Command;
use crate::evaluation::event::Event;
use crate::evaluation::rejection::Rejection;
use crate::evaluation::state::{EvaluationSession, Poll, Session, Stage};

pub(super) type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn decide(state: &EvaluationSession, command: Command, facts: &Facts<'_>) -> Decision {
    match (state, command) {
        (EvaluationSession::Absent, Command::Announce(announcement)) => announce::decide(*announcement, facts),
        (EvaluationSession::Absent, Command::Convene(convocation)) => convene::decide(*convocation, facts),
        (EvaluationSession::Absent, _) => Err(Rejection::NotFound),
        (EvaluationSession::Announced(session), command) => go_on(session, command, facts),
    }
}

fn go_on(session: &Session, command: Command, facts: &Facts<'_>) -> Decision {
    match command {
        Command::Announce(_) | Command::Convene(_) => Err(Rejection::AnnouncedBefore),
        Command::Volunteer(sign_up) => volunteer::decide(session, sign_up, facts),
        Command::Screen { person, admitted, reason } => screen::decide(session, person, admitted, reason),
        Command::Draw { seed } => draw::decide(session, seed, facts),
        Command::Open(terms) => open::decide(session, terms, facts),
        Command::Invite => invite::decide(session, facts),
        Command::IssueToken { person, blinded, works_for } => {
            issue_token::decide(session, (person, works_for), blinded, facts)
        }
        Command::Record { ballots } => record::decide(session, ballots, facts),
        Command::End { phase } => end::decide(session, phase, facts),
        Command::CallOff { reason } => call_off::decide(session, reason),
        Command::Close { previous } => close::decide(session, &previous, facts),
        Command::SendBack(sender) => send_back::decide(session, sender),
    }
}

/// The vote while it goes on.
fn open_poll(session: &Session) -> Result<&Poll, Rejection> {
    match &session.stage {
        Stage::SignUp | Stage::Drawn(_) => Err(Rejection::NotOpen),
        Stage::Voting(_, poll) => Ok(poll),
        Stage::Closed(..) => Err(Rejection::ClosedBefore),
        Stage::CalledOff { .. } => Err(Rejection::CalledOff),
    }
}

/// Who takes part is not settled yet.
fn before_the_lots(session: &Session) -> Result<(), Rejection> {
    match session.stage {
        Stage::SignUp => Ok(()),
        Stage::Drawn(_) | Stage::Voting(..) | Stage::Closed(..) => Err(Rejection::DrawnBefore),
        Stage::CalledOff { .. } => Err(Rejection::CalledOff),
    }
}
