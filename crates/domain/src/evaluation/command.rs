//! What can be wished of an evaluation.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::evaluation::event::{Ballot, Phase, Why};
use crate::evaluation::occasion::{Occasion, Subject};
use crate::evaluation::rules::Grade;
use crate::ids::{CommunityId, PersonId, RequestId, Slug, UnitId};
use crate::input::Text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Announce(Box<Announcement>),
    /// A project was finished: those whose it is vote, without signing up (R14).
    Convene(Box<Convocation>),
    /// 自愿报名
    Volunteer(SignUp),
    /// 组织筛选: `reason` says why somebody is refused.
    Screen {
        person: PersonId,
        admitted: bool,
        reason: Option<Text>,
    },
    /// The lots: `seed` is what was committed to when it was announced.
    Draw {
        seed: String,
    },
    /// Voting begins, for those who were chosen.
    Open(Terms),
    /// From the vote's timer: who has drawn no token is invited once more (R18).
    Invite,
    /// The token of somebody who is entitled, by the hash of its blinded serial.
    IssueToken {
        person: PersonId,
        blinded: String,
        /// The rated unit among whose staff they are by now (R14).
        works_for: Option<UnitId>,
    },
    /// From the node that holds them: ballots that came without a name.
    Record {
        ballots: Vec<Ballot>,
    },
    /// Drawing tokens, or voting, ends before its time.
    End {
        phase: Phase,
    },
    /// It was announced by mistake, or comes to nothing.
    CallOff {
        reason: Text,
    },
    /// The count. `previous`: last year's grades.
    Close {
        previous: BTreeMap<Slug, Grade>,
    },
    /// 回炉: a request that was filed but not really done, or that was dispatched perfunctorily.
    SendBack(Sender),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    pub community: CommunityId,
    pub occasion: Occasion,
    pub subjects: Vec<Subject>,
    /// By which volunteers are screened. Public.
    pub criteria: Text,
    pub places: u32,
    pub sign_up_until: Timestamp,
    /// SHA-256 of the seed of the lots.
    pub seed_hash: String,
}

/// A vote whose electorate follows from what is rated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Convocation {
    pub community: CommunityId,
    pub occasion: Occasion,
    pub subject: Subject,
    pub electorate: Vec<PersonId>,
    pub terms: Terms,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignUp {
    pub person: PersonId,
    pub name: Option<Text>,
    pub phone: Option<Text>,
    pub email: Option<Text>,
    /// The unit they work for, if it is one: as its staff list has it, or as they say.
    pub works_for: Option<Slug>,
}

/// The terms of the vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Base 64 of the key's DER.
    pub public_key: String,
    pub fingerprint: String,
    pub drawing_until: Timestamp,
    pub voting_until: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub request: RequestId,
    /// Under whose key the note is sealed.
    pub filer: PersonId,
    pub why: Why,
    pub note: Option<Text>,
}
