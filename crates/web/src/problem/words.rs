//! A sentence in every language: found by key, or English where a language has none.

use std::sync::LazyLock;

use fluent_templates::fluent_bundle::FluentValue;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sandan_domain::category::Language;
use sandan_domain::time::Policy;
use sandan_domain::{
    InputError, Rejection, callback, community, evaluation, honour, policy, project, request, review, scoring, unit,
};

use crate::texts;

/// The time zone of the pages.
static ZONE: LazyLock<TimeZone> = LazyLock::new(|| Policy::standard().zone);

/// A key with arguments, and what it says in English.
#[derive(Clone, Debug)]
pub struct Words {
    key: String,
    english: String,
    chinese: Option<String>,
    args: Vec<(&'static str, String)>,
}

impl Words {
    pub fn new(key: impl Into<String>, english: impl Into<String>) -> Self {
        Self { key: key.into(), english: english.into(), chinese: None, args: Vec::new() }
    }

    /// Both at hand.
    pub fn in_both(english: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self { chinese: Some(chinese.into()), ..Self::new("", english) }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.add(name, value);
        self
    }

    /// An instant as people read it: to the minute, in the time zone of the pages, which is named.
    #[must_use]
    fn at(self, name: &'static str, at: Timestamp) -> Self {
        let local = at.to_zoned(ZONE.clone());
        let zone = ZONE.iana_name().unwrap_or("UTC");
        self.with(name, format!("{}（{zone}）", local.strftime("%Y-%m-%d %H:%M")))
    }

    pub fn add(&mut self, name: &'static str, value: impl ToString) {
        self.args.push((name, value.to_string()));
    }

    pub fn text(&self, language: Language) -> String {
        match (language, &self.chinese) {
            (Language::Zh, Some(chinese)) => chinese.clone(),
            (Language::Zh, None) => self.translated().unwrap_or_else(|| self.english.clone()),
            (Language::En, _) => self.english.clone(),
        }
    }

    fn translated(&self) -> Option<String> {
        let args: Vec<_> = self.args.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect();
        texts::find(Language::Zh, &self.key, &args)
    }
}

/// What the rules say, in words.
pub fn rejection(rejection: &Rejection) -> Words {
    let words = Words::new(format!("rejection-{}", rejection.code()), rejection.to_string());
    match rejection {
        Rejection::Request(rejection) => of_request(words, rejection),
        Rejection::Review(rejection) => of_review(words, rejection),
        Rejection::Unit(rejection) => of_unit(words, rejection),
        Rejection::Community(rejection) => of_community(words, rejection),
        Rejection::Policy(rejection) => of_policy(words, rejection),
        Rejection::Callback(rejection) => of_callback(words, rejection),
        Rejection::Evaluation(rejection) => of_evaluation(words, rejection),
        Rejection::Project(rejection) => of_project(words, rejection),
        Rejection::Honour(rejection) => of_honour(words, rejection),
        Rejection::Scoring(rejection) => of_scoring(words, rejection),
    }
}

fn of_request(words: Words, rejection: &request::Rejection) -> Words {
    use request::Rejection::*;
    match rejection {
        NotPermitted { step, state, .. } => words.with("step", step.name()).with("state", state_name(state)),
        ClaimedBy { unit, .. } | OnItAlready { unit, .. } => words.with("unit", unit),
        NotLead { lead } => words.with("unit", lead),
        MergeIntoFinished { state } | TooLateToServe { state } => words.with("state", state_name(state)),
        TooManyPhotos { max, .. } => words.with("max", max),
        Input { field, error } => {
            let english = format!("{field} {error}");
            Words::in_both(english, format!("{field} {}", input_error(error).text(Language::Zh)))
        }
        _ => words,
    }
}

fn of_review(words: Words, rejection: &review::Rejection) -> Words {
    use review::Rejection::*;
    match rejection {
        RoundClosed { round, closed_at } => words.with("round", round).at("at", *closed_at),
        NotInElectorate { round } | NoChangeAnyMore { round } => words.with("round", round),
        RoundOpen { open } => words.with("round", open),
        CastThemselves { round } | AppealTooEarly { round } => words.with("round", round),
        AppealTooLate { round, now } => words.with("round", round).with("now", now),
        _ => words,
    }
}

fn of_unit(words: Words, rejection: &unit::Rejection) -> Words {
    match rejection {
        unit::Rejection::RegisteredBefore(unit) => words.with("unit", unit),
        unit::Rejection::AtCapacity { unit, capacity, load } => {
            words.with("unit", unit).with("capacity", capacity).with("load", load)
        }
        unit::Rejection::NotFound => words,
    }
}

fn of_community(words: Words, rejection: &community::Rejection) -> Words {
    match rejection {
        community::Rejection::FoundedBefore(community) => words.with("community", community),
        community::Rejection::GridAddedBefore(grid) => words.with("grid", grid),
        _ => words,
    }
}

fn of_policy(words: Words, rejection: &policy::Rejection) -> Words {
    match rejection {
        policy::Rejection::SameBeginning { version, from } => words.with("version", version).at("from", *from),
        policy::Rejection::BeginsInThePast { from, now } => words.at("from", *from).at("now", *now),
        policy::Rejection::TooManyVersions { max } => words.with("max", max),
        policy::Rejection::NoSuchVersion(version) => words.with("version", version),
        policy::Rejection::EmptyCalendar => words,
    }
}

fn of_callback(words: Words, rejection: &callback::Rejection) -> Words {
    match rejection {
        callback::Rejection::CommittedTooLate { from, now } => words.at("from", *from).at("now", *now),
        callback::Rejection::PeriodNotOver { to } => words.at("to", *to),
        callback::Rejection::NotInSample(request) => words.with("request", request),
        _ => words,
    }
}

fn of_honour(words: Words, rejection: &honour::Rejection) -> Words {
    match rejection {
        honour::Rejection::PeriodNotOver { to, now } => words.at("to", *to).at("now", *now),
        _ => words,
    }
}

fn of_evaluation(words: Words, rejection: &evaluation::Rejection) -> Words {
    use evaluation::Rejection::*;
    match rejection {
        Subjects { max } | SignUpFull { max } => words.with("max", max),
        NotAUnit { subject }
        | OwnWork { subject }
        | UnknownSubject { subject }
        | AnswerTwice { subject }
        | ReasonUnasked { subject } => words.with("subject", subject),
        SignUpInThePast { until, now } => words.at("until", *until).at("now", *now),
        SignUpOver { until } | SignUpGoesOn { until } | DrawingOver { until } | VotingOver { until } => {
            words.at("until", *until)
        }
        Unscreened { waiting } => words.with("waiting", waiting),
        DrawingInThePast { now } => words.at("now", *now),
        VotingEndsTooEarly { drawing_until } => words.at("until", *drawing_until),
        MoreBallotsThanTokens { ballots, tokens } => words.with("ballots", ballots).with("tokens", tokens),
        NotCountedYet { from } => words.at("from", *from),
        RequestNotClosed { state } => words.with("state", state_name(state)),
        _ => words,
    }
}

fn of_project(words: Words, rejection: &project::Rejection) -> Words {
    use project::Rejection::*;
    match rejection {
        Requests { max } | Stages { max } | RegistrationFull { max } => words.with("max", max),
        NotWorkedOn { phase } => words.with("phase", texts::text(Language::Zh, &format!("phase-{phase}"))),
        NoSuchStage { stage, stages } => words.with("stage", stage).with("stages", stages),
        StageDoneBefore { stage } => words.with("stage", stage),
        StagesOpen { open } => words.with("open", open),
        OwnWork { unit } => words.with("unit", unit),
        TooEarlyToClose { reworks } => words.with("reworks", reworks),
        _ => words,
    }
}

fn of_scoring(words: Words, rejection: &scoring::Rejection) -> Words {
    use scoring::Rejection::*;
    match rejection {
        Day { day, year } => words.with("day", day).with("year", year),
        TooLong { day, minutes, max } => words.with("day", day).with("minutes", minutes).with("max", max),
        Minutes { max } => words.with("max", max),
        CheckedInBefore { day } => words.with("day", day),
        Full { max } => words.with("max", max),
        NoSuchEntry { entry } | StruckBefore { entry } => words.with("entry", entry),
        Commitments { due, kept } => words.with("due", due).with("kept", kept),
        Unrated { missing } => {
            words.with("missing", texts::text(Language::Zh, &format!("score-part-{}", missing.name())))
        }
    }
}

/// The Chinese name of a state; a translation's argument, so English never sees it.
fn state_name(state: &str) -> String {
    texts::text(Language::Zh, &format!("state-{state}"))
}

/// What is wrong with a field, in words.
pub fn input_error(error: &InputError) -> Words {
    let (key, args) = match error {
        InputError::Malformed(flaw) => (format!("flaw-{}", flaw.code()), flaw.args()),
        InputError::Unknown(no_such) => (format!("no-such-{}", no_such.code()), no_such.args()),
        _ => (format!("input-{}", error.code()), Vec::new()),
    };
    let words =
        args.into_iter().fold(Words::new(key, error.to_string()), |words, (name, value)| words.with(name, value));
    match error {
        InputError::TooLong { max, actual } => words.with("max", max).with("actual", actual),
        InputError::OutOfRange { min, max } => words.with("min", min).with("max", max),
        InputError::Unknown(_)
        | InputError::Malformed(_)
        | InputError::Missing
        | InputError::ControlCharacter
        | InputError::NotASlug
        | InputError::NotInFuture
        | InputError::Taken => words,
    }
}
