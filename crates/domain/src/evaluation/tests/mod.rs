//! An evaluation from its announcement to its count.

mod appraisals;
mod call_off;
mod interleavings;
mod invitation;
mod lots;
mod votes;

use jiff::SignedDuration;

use crate::evaluation::event::{Answer, Ballot, Phase};
use crate::evaluation::{
    Announcement, Command, Evaluation, EvaluationSession, Occasion, Poll, Session, SignUp, Subject, SubjectKind, Terms,
};
use crate::ids::{PersonId, Slug};
use crate::lots::hash_of;
use crate::review::Rating;
use crate::testing::{Past, at, community, person, text};

pub(super) const SEED: &str = "what the committee wrote down on Monday";
pub(super) const QUARTER: Occasion = Occasion::Quarter { year: 2026, quarter: 4 };

pub(super) fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

pub(super) fn subject(id: &str, kind: SubjectKind) -> Subject {
    Subject { id: slug(id), kind, name: id.to_owned() }
}

pub(super) fn announcement(occasion: Occasion, subjects: Vec<Subject>, places: u32) -> Announcement {
    Announcement {
        community: community(),
        occasion,
        subjects,
        criteria: text("a resident of the community, of age"),
        places,
        sign_up_until: at("2026-11-09 00:00"),
        seed_hash: hash_of(SEED),
    }
}

/// Two units and so many places, announced on Monday, 2 November; signing up goes on for a week.
pub(super) fn announced(places: u32) -> Past<Evaluation> {
    let subjects = vec![subject("parks", SubjectKind::Unit), subject("water", SubjectKind::Unit)];
    Past::nothing().done(Command::Announce(Box::new(announcement(QUARTER, subjects, places))))
}

/// The `nth` volunteer, counted from 1 as their number is.
pub(super) fn volunteer(nth: u32) -> PersonId {
    person(&format!("volunteer {nth}"))
}

pub(super) fn sign_up(nth: u32) -> Command {
    let (name, phone, email, works_for) = Default::default();
    Command::Volunteer(SignUp { person: volunteer(nth), name, phone, email, works_for })
}

pub(super) fn admit(nth: u32) -> Command {
    Command::Screen { person: volunteer(nth), admitted: true, reason: None }
}

pub(super) fn lots() -> Command {
    Command::Draw { seed: SEED.to_owned() }
}

pub(super) fn open() -> Command {
    Command::Open(Terms {
        public_key: "a key".to_owned(),
        fingerprint: "its print".to_owned(),
        drawing_until: at("2026-11-10 09:00"),
        voting_until: at("2026-11-10 10:00"),
    })
}

pub(super) fn token(nth: u32, blinded: &str) -> Command {
    Command::IssueToken { person: volunteer(nth), blinded: blinded.to_owned(), works_for: None }
}

pub(super) fn ballot(token: &str, rating: Rating) -> Ballot {
    let answer = Answer { subject: slug("parks"), rating, reasons: Vec::new() };
    Ballot { token: token.to_owned(), answers: vec![answer] }
}

pub(super) fn record(ballots: Vec<Ballot>) -> Command {
    Command::Record { ballots }
}

pub(super) fn end(phase: Phase) -> Command {
    Command::End { phase }
}

pub(super) fn count() -> Command {
    Command::Close { previous: Default::default() }
}

impl Past<Evaluation> {
    pub(super) fn session(&self) -> &Session {
        match &self.state {
            EvaluationSession::Announced(session) => session,
            EvaluationSession::Absent => panic!("nothing was announced"),
        }
    }

    pub(super) fn poll(&self) -> &Poll {
        self.session().poll().expect("voting was opened")
    }

    pub(super) fn after(self, duration: SignedDuration) -> Self {
        let now = self.now + duration;
        self.at_instant(now)
    }

    /// So many sign up and are admitted, lots are drawn and voting opens on Tuesday, 10 November, at eight.
    pub(super) fn voting(self, voters: u32) -> Self {
        let signed_up = (1..=voters).fold(self, |past, nth| past.done(sign_up(nth)));
        let admitted = (1..=voters).fold(signed_up, |past, nth| past.done(admit(nth)));
        admitted.at("2026-11-10 08:00").done(lots()).done(open())
    }
}
