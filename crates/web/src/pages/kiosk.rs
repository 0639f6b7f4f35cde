//! `/kiosk`: large, by touch, without an account, in few steps.

use askama::Template;

use super::form::Form;
use super::line::Choice;
use super::request::Ballot;
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "kiosk.html")]
pub struct KioskPage {
    pub t: Texts,
    pub shell: Shell,
    /// Where it goes back to when nobody touches it any more.
    pub start: String,
    /// Where a choice of language comes back to.
    pub here: String,
    pub idle_seconds: u32,
    pub community: Option<String>,
    pub form: Form,
    pub step: Step,
}

/// What the kiosk asks next.
#[derive(Clone, Debug)]
pub enum Step {
    Community {
        choices: Vec<Choice>,
    },
    Topic {
        topics: Vec<Topic>,
        votes: Vec<VoteLink>,
    },
    Words {
        topic: Option<String>,
        topic_value: String,
    },
    Done {
        code: String,
        number: String,
        qr: String,
    },
    Stands(Box<Stands>),
    /// A rating was taken.
    Thanks,
}

/// Where a request stands, and the ballot of the one who looks.
#[derive(Clone, Debug)]
pub struct Stands {
    pub code: String,
    pub word: String,
    pub sentence: String,
    pub due: Option<String>,
    pub number: String,
    pub answer: Option<String>,
    pub ballot: Option<Ballot>,
    /// The list to pick from.
    pub reasons: Vec<Choice>,
}

/// A vote without a name that is open in the kiosk's community (R21).
#[derive(Clone, Debug)]
pub struct VoteLink {
    pub href: String,
    pub label: String,
}

/// `/kiosk/vote/{id}`: the booth of an evaluation, large, and with nothing kept on the device.
#[derive(Template)]
#[template(path = "kiosk_vote.html")]
pub struct KioskVotePage {
    pub t: Texts,
    pub shell: Shell,
    pub start: String,
    pub here: String,
    pub idle_seconds: u32,
    pub community: Option<String>,
    pub id: String,
    pub title: String,
    /// Base 64 of the evaluation's key.
    pub public_key: String,
    pub fingerprint: String,
    pub subjects: Vec<Choice>,
}

/// A category of the first level, to touch.
#[derive(Clone, Debug)]
pub struct Topic {
    pub href: String,
    /// Name of its icon.
    pub icon: String,
    pub label: String,
}
