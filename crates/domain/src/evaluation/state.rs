//! What an evaluation is at an instant.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::evaluation::event::{Answer, SentBack, Why};
use crate::evaluation::occasion::{Occasion, Subject, SubjectKind};
use crate::evaluation::rules::{Grade, SubjectResult};
use crate::ids::{CommunityId, PersonId, RequestId, Slug, UnitId};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum EvaluationSession {
    #[default]
    Absent,
    Announced(Box<Session>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub community: CommunityId,
    pub occasion: Occasion,
    pub subjects: Vec<Subject>,
    /// Published.
    pub criteria: String,
    pub places: u32,
    pub sign_up_until: Timestamp,
    pub seed_hash: String,
    pub volunteers: BTreeMap<PersonId, Volunteer>,
    pub stage: Stage,
    /// Requests that the session sent back.
    pub sent_back: Vec<(RequestId, Why)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volunteer {
    /// Counts from 1.
    pub number: u32,
    pub screening: Screening,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screening {
    Waiting,
    Admitted,
    Refused,
}

impl Screening {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Admitted => "admitted",
            Self::Refused => "refused",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Stage {
    /// Volunteers sign up and are screened.
    SignUp,
    Drawn(Lots),
    /// Without lots where the electorate follows from what is rated.
    Voting(Option<Lots>, Poll),
    Closed(Option<Lots>, Poll, Vec<SubjectResult>),
    /// Before there was a vote. The reason is public.
    CalledOff {
        reason: String,
    },
}

/// The lots as they fell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lots {
    pub seed: String,
    /// In rising order.
    pub chosen: Vec<u32>,
    pub by_lot: bool,
}

/// The vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Poll {
    pub public_key: String,
    pub fingerprint: String,
    pub electorate: BTreeSet<PersonId>,
    pub drawing_until: Timestamp,
    pub voting_until: Timestamp,
    /// When those are invited once more who drew no token by then; `None` once they were, or where drawing is over before.
    #[serde(default)]
    pub invite_at: Option<Timestamp>,
    /// Who drew a token, with the hash of the blinded serial.
    pub issued: BTreeMap<PersonId, String>,
    /// By the hash of the token.
    pub ballots: BTreeMap<String, Vec<Answer>>,
}

impl Session {
    /// Most subjects of one ballot, and most volunteers: limits on what one stream can grow to.
    pub const SUBJECTS_MAX: usize = 100;
    pub const VOLUNTEERS_MAX: usize = 20_000;

    /// The units among what is rated.
    pub fn units(&self) -> Vec<UnitId> {
        let units = self.subjects.iter().filter(|subject| subject.kind == SubjectKind::Unit);
        units.map(|subject| UnitId(subject.id.clone())).collect()
    }

    pub fn subject(&self, id: &Slug) -> Option<&Subject> {
        self.subjects.iter().find(|subject| subject.id == *id)
    }

    /// Numbers of those who were admitted, in rising order.
    pub fn admitted(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> = self
            .volunteers
            .values()
            .filter(|volunteer| volunteer.screening == Screening::Admitted)
            .map(|volunteer| volunteer.number)
            .collect();
        numbers.sort_unstable();
        numbers
    }

    pub fn waiting(&self) -> usize {
        self.volunteers.values().filter(|volunteer| volunteer.screening == Screening::Waiting).count()
    }

    /// The vote, from its beginning on.
    pub const fn poll(&self) -> Option<&Poll> {
        match &self.stage {
            Stage::Voting(_, poll) | Stage::Closed(_, poll, _) => Some(poll),
            Stage::SignUp | Stage::Drawn(_) | Stage::CalledOff { .. } => None,
        }
    }

    pub const fn lots(&self) -> Option<&Lots> {
        match &self.stage {
            Stage::Drawn(lots) => Some(lots),
            Stage::Voting(lots, _) | Stage::Closed(lots, ..) => lots.as_ref(),
            Stage::SignUp | Stage::CalledOff { .. } => None,
        }
    }

    /// Why it does not take place.
    pub fn called_off(&self) -> Option<&str> {
        match &self.stage {
            Stage::CalledOff { reason } => Some(reason),
            Stage::SignUp | Stage::Drawn(_) | Stage::Voting(..) | Stage::Closed(..) => None,
        }
    }

    /// What came out; `None` before the count.
    pub fn results(&self) -> Option<&[SubjectResult]> {
        match &self.stage {
            Stage::Closed(_, _, results) => Some(results),
            Stage::SignUp | Stage::Drawn(_) | Stage::Voting(..) | Stage::CalledOff { .. } => None,
        }
    }

    /// Of a ballot's answers those that the published list shows: after the count, on whoever has figures to show. Others
    /// are left out, else anybody could count what the results keep back. `None` while nothing is shown (R21).
    pub fn published<'a>(&'a self, answers: &'a [Answer]) -> Option<impl Iterator<Item = &'a Answer>> {
        let shown = move |id: &Slug| self.results_of(SubjectResult::is_shown).any(|result| result.subject == *id);
        self.shows_answers().then(move || answers.iter().filter(move |answer| shown(&answer.subject)))
    }

    /// Whether the published list shows any answers.
    pub fn shows_answers(&self) -> bool {
        self.results_of(SubjectResult::is_shown).next().is_some()
    }

    /// Whom too few answers are about for any to be shown.
    pub fn kept_back(&self) -> impl Iterator<Item = &Subject> {
        let few = self.results_of(|result| result.valid > 0 && !result.is_shown());
        few.filter_map(|result| self.subject(&result.subject))
    }

    fn results_of(&self, which: impl Fn(&SubjectResult) -> bool) -> impl Iterator<Item = &SubjectResult> {
        self.results().unwrap_or_default().iter().filter(move |result| which(result))
    }

    /// The grades of full-time workers, once they are counted (R25).
    pub fn grades(&self) -> BTreeMap<Slug, Grade> {
        let results = self.results().unwrap_or_default().iter();
        results.filter_map(|result| Some((result.subject.clone(), result.verdict.grade()?))).collect()
    }

    pub(super) fn take_back(&mut self, sent: &SentBack) {
        self.sent_back.push((sent.request, sent.why));
    }
}

impl Stage {
    /// The name in the API.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::Drawn(_) => "drawn",
            Self::Voting(..) => "voting",
            Self::Closed(..) => "closed",
            Self::CalledOff { .. } => "called_off",
        }
    }

    /// The steps that it permits, by their names in the API; some of them wait for their time.
    pub const fn permitted(&self) -> &'static [&'static str] {
        match self {
            Self::SignUp => &["volunteers", "screen", "draw", "call-off"],
            Self::Drawn(_) => &["open", "call-off"],
            Self::Voting(..) => &["tokens", "ballots", "end", "close"],
            Self::Closed(..) => &["send-back"],
            Self::CalledOff { .. } => &[],
        }
    }
}

impl Poll {
    /// How tokens are signed, as RFC 9474 calls it.
    pub const VARIANT: &'static str = "RSABSSA-SHA384-PSS-Randomized";
    /// Every node hands over its ballots in this time after the vote.
    pub const COUNTED_AFTER: SignedDuration = SignedDuration::from_secs(15);
    /// Figures are shown from so many ballots up, and so many are written together at least (R21).
    pub const SHOWN_FROM: usize = 5;

    /// Nobody will draw a token any more: from here on ballots can be written, and their order says nothing.
    pub fn drawing_is_over(&self, now: Timestamp) -> bool {
        now >= self.drawing_until || self.issued.len() >= self.electorate.len()
    }

    /// Whether so many ballots that wait on a node are written now: never while somebody may still draw a token, and
    /// never a few alone, whose senders' addresses somebody may have noted, before the vote is over (R21).
    pub fn batch_is_due(&self, waiting: usize, now: Timestamp) -> bool {
        self.drawing_is_over(now) && (waiting >= Self::SHOWN_FROM || (waiting > 0 && self.voting_is_over(now)))
    }

    pub fn voting_is_over(&self, now: Timestamp) -> bool {
        now >= self.voting_until
    }

    /// From when the ballots can be counted.
    pub fn counted_from(&self) -> Timestamp {
        self.voting_until.checked_add(Self::COUNTED_AFTER).unwrap_or(Timestamp::MAX)
    }

    /// Those entitled who drew no token: the ones to invite again (R18, R21).
    pub fn without_token(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.electorate.iter().filter(|person| !self.issued.contains_key(*person)).copied()
    }
}
