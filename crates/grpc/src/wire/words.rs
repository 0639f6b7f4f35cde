//! Words of the contract and the enums that stand for them: `in_review` is `STATE_IN_REVIEW`.

use serde::Serialize;
use serde_json::Value;

use crate::v1;

/// A generated enum whose names are a prefix and a word of the contract.
pub(crate) trait Word: TryFrom<i32> + Into<i32> + Default {
    const PREFIX: &'static str;
    fn name(&self) -> &'static str;
    fn of_name(name: &str) -> Option<Self>;
}

macro_rules! words {
    ($($type:ty = $prefix:literal),+ $(,)?) => {
        $(impl Word for $type {
            const PREFIX: &'static str = $prefix;

            fn name(&self) -> &'static str {
                self.as_str_name()
            }

            fn of_name(name: &str) -> Option<Self> {
                Self::from_str_name(name)
            }
        })+
    };
}

words! {
    v1::Channel = "CHANNEL_",
    v1::Urgency = "URGENCY_",
    v1::State = "STATE_",
    v1::Light = "LIGHT_",
    v1::Rating = "RATING_",
    v1::Outcome = "OUTCOME_",
    v1::Closing = "CLOSING_",
    v1::Level = "LEVEL_",
    v1::triage_request::Decision = "DECISION_",
    v1::Via = "VIA_",
    v1::CallOutcome = "CALL_OUTCOME_",
    v1::appeal_request::Charge = "CHARGE_",
    v1::watched::Kind = "KIND_",
    v1::Capacity = "CAPACITY_",
    v1::explain_due_response::Standing = "STANDING_",
    v1::due_item::Ground = "GROUND_",
    v1::evaluation::Stage = "STAGE_",
    v1::evaluation_subject::Kind = "KIND_",
    v1::evaluation_result::Verdict = "VERDICT_",
    v1::volunteer_line::Screening = "SCREENING_",
    v1::end_evaluation_request::Phase = "PHASE_",
    v1::BallotReason = "BALLOT_REASON_",
    v1::SentBackWhy = "SENT_BACK_WHY_",
    v1::project::Phase = "PHASE_",
    v1::Opinion = "OPINION_",
    v1::honour::State = "STATE_",
}

/// The word behind a number, as the application takes it; `None` where nothing was said. A number that stands for
/// nothing is passed on as it is: the application refuses it together with all else that can't stand.
pub(crate) fn word<E: Word>(number: i32) -> Option<String> {
    if number == 0 {
        return None;
    }
    match E::try_from(number) {
        Ok(value) => value.name().strip_prefix(E::PREFIX).map(str::to_ascii_lowercase),
        Err(_) => Some(number.to_string()),
    }
}

/// The number of a word.
pub(crate) fn named<E: Word>(word: &str) -> i32 {
    let name = format!("{}{}", E::PREFIX, word.to_ascii_uppercase());
    E::of_name(&name).unwrap_or_default().into()
}

/// The number of a value that is written as a word of the contract.
pub(crate) fn number<E: Word>(value: &impl Serialize) -> i32 {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => named::<E>(&word),
        _ => 0,
    }
}

/// A text that was given; an empty one was not.
pub(crate) fn text(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use sandan_domain::Level;
    use sandan_domain::request::{Channel, Closing, Urgency};
    use sandan_domain::review::{Outcome, Rating};
    use sandan_domain::time::Light;
    use sandan_views::State;

    use super::*;

    /// There and back again, for every value, each with a number of its own.
    fn check<E: Word, T: Serialize>(values: &[T]) {
        let mut numbers = Vec::new();
        for value in values {
            let number = number::<E>(value);
            let written = serde_json::to_value(value).unwrap();
            assert_ne!(number, 0, "{written} has no number");
            assert_eq!(word::<E>(number).as_deref(), written.as_str());
            numbers.push(number);
        }
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), values.len());
        let next = i32::try_from(values.len()).unwrap() + 1;
        assert!(E::try_from(next).is_err(), "{}{next} stands for nothing", E::PREFIX);
    }

    #[test]
    fn every_word_of_the_contract_has_its_number() {
        check::<v1::State, _>(&State::ALL);
        check::<v1::Rating, _>(&Rating::ALL);
        check::<v1::Channel, _>(&[
            Channel::Web,
            Channel::Kiosk,
            Channel::Hotline,
            Channel::Mailbox,
            Channel::Liaison,
            Channel::GridVisit,
            Channel::Partner,
        ]);
        check::<v1::Urgency, _>(&[Urgency::Normal, Urgency::Urgent]);
        check::<v1::Light, _>(&[Light::Green, Light::Yellow, Light::Red]);
        check::<v1::Outcome, _>(&[Outcome::Passed, Outcome::Rework, Outcome::Unrated]);
        check::<v1::Closing, _>(&[Closing::Satisfied, Closing::Unrated, Closing::Dissatisfied]);
        check::<v1::Level, _>(&[Level::Grid, Level::Branch, Level::Community, Level::Town]);
        check::<v1::triage_request::Decision, _>(&["accept", "reject", "merge"]);
        use sandan_domain::review::{CallOutcome, Ground, Via};
        check::<v1::Via, _>(&[Via::Web, Via::Kiosk, Via::Qr, Via::Phone, Via::Paper]);
        check::<v1::CallOutcome, _>(&CallOutcome::ALL);
        check::<v1::appeal_request::Charge, _>(&Ground::ALL);
        use sandan_views::Watched;
        check::<v1::watched::Kind, _>(&[Watched::Burst, Watched::Unreasonable, Watched::Appeal]);
        use sandan_domain::request::Capacity as C;
        check::<v1::Capacity, _>(&[C::Desk, C::DutyDesk, C::Pool, C::Committee, C::Unit, C::Verification, C::Review]);
        use sandan_app::policies::Standing;
        check::<v1::explain_due_response::Standing, _>(&[Standing::Running, Standing::Suspended, Standing::Over]);
        use sandan_domain::time::Ground as G;
        check::<v1::due_item::Ground, _>(&[
            G::Running,
            G::OfficeHours,
            G::Day,
            G::MakeUpDay,
            G::Extension,
            G::StartDay,
            G::Weekend,
            G::Holiday,
            G::OutsideOfficeHours,
            G::Paused,
        ]);
    }

    #[test]
    fn every_word_of_votes_projects_and_honours_has_its_number() {
        use sandan_domain::evaluation::{Phase, Reason, SubjectKind, Why};
        use sandan_domain::honour::Opinion;
        use sandan_views::HonourState as H;
        check::<v1::BallotReason, _>(&Reason::ALL);
        check::<v1::SentBackWhy, _>(&Why::ALL);
        check::<v1::Opinion, _>(&Opinion::ALL);
        check::<v1::end_evaluation_request::Phase, _>(&[Phase::Drawing, Phase::Voting]);
        use SubjectKind as S;
        check::<v1::evaluation_subject::Kind, _>(&[S::Unit, S::Officer, S::Worker, S::Project]);
        check::<v1::honour::State, _>(&[H::Asked, H::Answered, H::Proposed, H::Dropped]);
        check::<v1::evaluation::Stage, _>(&["sign_up", "drawn", "voting", "closed", "called_off"]);
        check::<v1::volunteer_line::Screening, _>(&["waiting", "admitted", "refused"]);
        check::<v1::project::Phase, _>(&["working", "in_review", "rework", "closed"]);
        check::<v1::evaluation_result::Verdict, _>(&[
            "unrated",
            "passed",
            "put_right",
            "accountable",
            "competent",
            "basically_competent",
            "not_competent",
        ]);
    }

    #[test]
    fn what_was_not_said_is_no_word_and_what_stands_for_nothing_is_passed_on() {
        assert_eq!(word::<v1::Rating>(0), None);
        assert_eq!(word::<v1::Rating>(77).as_deref(), Some("77"));
        assert_eq!(named::<v1::State>("no_such_state"), 0);
        assert_eq!(text(String::new()), None);
    }
}
