//! What each event makes of an evaluation. Total: whatever is in the log can be applied.

use crate::evaluation::event::{Announced, Convened, Drawn, Ended, Event, Opened, Phase};
use crate::evaluation::state::{EvaluationSession, Lots, Poll, Screening, Session, Stage, Volunteer};

pub(super) fn evolve(state: &mut EvaluationSession, event: &Event) {
    match (state, event) {
        (state, Event::Announced(announced)) => *state = EvaluationSession::Announced(Box::new(announce(announced))),
        (state, Event::Convened(convened)) => *state = EvaluationSession::Announced(Box::new(convene(convened))),
        (EvaluationSession::Announced(session), event) => go_on(session, event),
        (EvaluationSession::Absent, _) => {}
    }
}

fn announce(announced: &Announced) -> Session {
    let Announced { community, occasion, subjects, criteria, places, sign_up_until, seed_hash } = announced.clone();
    let (volunteers, sent_back) = Default::default();
    let stage = Stage::SignUp;
    Session { community, occasion, subjects, criteria, places, sign_up_until, seed_hash, volunteers, stage, sent_back }
}

fn convene(convened: &Convened) -> Session {
    let Convened { community, occasion, subject, electorate, .. } = convened.clone();
    let Convened { public_key, fingerprint, drawing_until, voting_until, invite_at, .. } = convened.clone();
    let places = u32::try_from(electorate.len()).unwrap_or(u32::MAX);
    let electorate = electorate.into_iter().collect();
    let (issued, ballots) = Default::default();
    let poll = Poll { public_key, fingerprint, electorate, drawing_until, voting_until, invite_at, issued, ballots };
    Session {
        community,
        occasion,
        subjects: vec![subject],
        criteria: String::new(),
        places,
        // Nobody signs up; who registers for the project does so there.
        sign_up_until: drawing_until,
        seed_hash: String::new(),
        volunteers: Default::default(),
        stage: Stage::Voting(None, poll),
        sent_back: Vec::new(),
    }
}

fn go_on(session: &mut Session, event: &Event) {
    match event {
        Event::Announced(_) | Event::Convened(_) => {}
        Event::Volunteered(joined) => {
            let volunteer = Volunteer { number: joined.number, screening: Screening::Waiting };
            session.volunteers.insert(joined.person, volunteer);
        }
        Event::Screened(screened) => {
            if let Some(volunteer) = session.volunteers.get_mut(&screened.person) {
                volunteer.screening = if screened.admitted { Screening::Admitted } else { Screening::Refused };
            }
        }
        Event::Drawn(drawn) => session.stage = Stage::Drawn(lots(drawn)),
        Event::Opened(opened) => open(session, opened),
        Event::Invited(_) => {
            if let Some(poll) = poll(session) {
                poll.invite_at = None;
            }
        }
        Event::TokenIssued(token) => {
            if let Some(poll) = poll(session) {
                poll.issued.insert(token.person, token.blinded.clone());
            }
        }
        Event::BallotsCast(cast) => {
            if let Some(poll) = poll(session) {
                let ballots = cast.ballots.iter().map(|ballot| (ballot.token.clone(), ballot.answers.clone()));
                poll.ballots.extend(ballots);
            }
        }
        Event::Ended(ended) => end(session, ended),
        Event::Closed(closed) => {
            if let Stage::Voting(lots, poll) = &session.stage {
                session.stage = Stage::Closed(lots.clone(), poll.clone(), closed.results.clone());
            }
        }
        Event::SentBack(sent) => session.take_back(sent),
        Event::CalledOff(off) => session.stage = Stage::CalledOff { reason: off.reason.clone() },
    }
}

fn lots(drawn: &Drawn) -> Lots {
    Lots { seed: drawn.seed.clone(), chosen: drawn.chosen.clone(), by_lot: drawn.by_lot }
}

fn open(session: &mut Session, opened: &Opened) {
    let Stage::Drawn(lots) = &session.stage else { return };
    let is_chosen = |volunteer: &Volunteer| lots.chosen.binary_search(&volunteer.number).is_ok();
    let electorate = session.volunteers.iter().filter(|(_, volunteer)| is_chosen(volunteer));
    let poll = Poll {
        public_key: opened.public_key.clone(),
        fingerprint: opened.fingerprint.clone(),
        electorate: electorate.map(|(person, _)| *person).collect(),
        drawing_until: opened.drawing_until,
        voting_until: opened.voting_until,
        invite_at: opened.invite_at,
        issued: Default::default(),
        ballots: Default::default(),
    };
    session.stage = Stage::Voting(Some(lots.clone()), poll);
}

fn end(session: &mut Session, ended: &Ended) {
    let Some(poll) = poll(session) else { return };
    poll.drawing_until = poll.drawing_until.min(ended.at);
    if ended.phase == Phase::Voting {
        poll.voting_until = poll.voting_until.min(ended.at);
    }
}

fn poll(session: &mut Session) -> Option<&mut Poll> {
    match &mut session.stage {
        Stage::Voting(_, poll) => Some(poll),
        Stage::SignUp | Stage::Drawn(_) | Stage::Closed(..) | Stage::CalledOff { .. } => None,
    }
}
