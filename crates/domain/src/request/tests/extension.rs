//! R11: one extension, asked by the unit before the deadline, granted by a supervisor.

use crate::input::{Flaw, InputError};
use crate::request::{Command, Event, Extended, ExtensionAsked, Rejection, Request, Step};
use crate::testing::{
    Past, at, dispatch_to, extend_until, filed, give_back, given, grant_what_was_asked, staff_of, supervisor, unit,
    words,
};
use crate::time::Due;

/// Due on the 24th, at midnight.
fn claimed() -> Past<Request> {
    filed().with_the_fire_brigade()
}

fn asked() -> Past<Request> {
    claimed().done_by(staff_of("fire-brigade"), extend_until(at("2026-12-01 00:00")))
}

fn until(local: &str) -> Due {
    Due { at: at(local), ..claimed().case().due.clone() }
}

#[test]
fn r11_the_lead_asks_and_the_deadline_stands_until_it_is_granted() {
    let (reason, until) = (words("parts are late"), at("2026-12-01 00:00"));
    let past = given(claimed().by(staff_of("fire-brigade")))
        .when(extend_until(until))
        .then([Event::ExtensionAsked(ExtensionAsked { unit: unit("fire-brigade"), reason, until })]);
    assert_eq!(past.case().due, claimed().case().due);
    assert_eq!(past.case().asked_until, Some(until));
}

#[test]
fn r11_a_supervisor_grants_what_was_asked_or_another_date() {
    let granted = Extended { reason: None, due: until("2026-12-01 00:00"), at: Some(at("2026-11-02 08:00")) };
    let past = given(asked().by(supervisor())).when(grant_what_was_asked()).then([Event::Extended(granted)]);
    assert_eq!(past.case().asked_until, None);
    let (reason, at_eight) = (Some(words("parts are late")), Some(at("2026-11-02 08:00")));
    let granted = Extended { reason, due: until("2026-11-27 00:00"), at: at_eight };
    given(asked().by(supervisor())).when(extend_until(at("2026-11-27 00:00"))).then([Event::Extended(granted)]);
}

#[test]
fn r11_it_is_extended_once() {
    let past = asked().done_by(supervisor(), grant_what_was_asked());
    assert!(!past.case().permitted().contains(&Step::Extend));
    for actor in [supervisor(), staff_of("fire-brigade")] {
        given(past.clone().by(actor)).when(extend_until(at("2026-12-24 00:00"))).then_refused_as("extended-before");
    }
}

#[test]
fn r11_it_is_asked_for_before_the_deadline() {
    let last_moment = || claimed().at("2026-11-23 23:59:59").by(staff_of("fire-brigade"));
    given(last_moment()).when(extend_until(at("2026-12-01 00:00"))).then_granted();
    for actor in [staff_of("fire-brigade"), supervisor()] {
        let past = claimed().at("2026-11-24 00:00").by(actor);
        let mut permitted = past.case().permitted_names();
        permitted.retain(|step| *step != "extend");
        let refusal = Rejection::TooLateToExtend { state: "claimed", permitted };
        given(past).when(extend_until(at("2026-12-01 00:00"))).then_refused(refusal);
    }
}

#[test]
fn r11_what_was_asked_in_time_can_be_granted_late() {
    given(asked().at("2026-11-25 08:00").by(supervisor())).when(grant_what_was_asked()).then_granted();
}

#[test]
fn r11_what_a_unit_asked_goes_with_it() {
    let returned = asked().done(give_back("fire-brigade"));
    assert_eq!(returned.case().asked_until, None);
    let elsewhere = returned.triaged().dispatched_to("parks").at("2026-11-25 08:00");
    given(elsewhere.by(supervisor())).when(extend_until(at("2026-12-01 00:00"))).then_refused_as("too-late-to-extend");

    let dispatched = filed().triaged().dispatched_to("fire-brigade");
    let asked = dispatched.done_by(staff_of("fire-brigade"), extend_until(at("2026-12-01 00:00")));
    assert_eq!(asked.done(dispatch_to("parks")).case().asked_until, None);
}

#[test]
fn an_extension_leads_beyond_the_present_deadline() {
    let present = claimed().case().due.at;
    let than = "2026-11-24 00:00 (Asia/Shanghai)".to_owned();
    let error = InputError::malformed(Flaw::Later { than });
    for actor in [staff_of("fire-brigade"), supervisor()] {
        let refusal = Rejection::Input { field: "until", error: error.clone() };
        given(claimed().by(actor)).when(extend_until(present)).then_refused(refusal);
    }
}

#[test]
fn r11_it_is_asked_for_once() {
    let again = extend_until(at("2026-12-02 00:00"));
    given(asked().by(staff_of("fire-brigade"))).when(again).then_refused_as("extension-asked");
}

#[test]
fn an_extension_reaches_no_further_than_a_limit_can() {
    let last = "2027-11-25 00:00";
    given(claimed().by(supervisor())).when(extend_until(at(last))).then_granted();
    for actor in [staff_of("fire-brigade"), supervisor()] {
        let flaw = Flaw::TooFar { days: "366".to_owned(), last: format!("{last} (Asia/Shanghai)") };
        let refusal = Rejection::Input { field: "until", error: InputError::malformed(flaw) };
        given(claimed().by(actor)).when(extend_until(at("2027-11-25 00:01"))).then_refused(refusal);
    }
}

#[test]
fn a_unit_says_why_and_until_when() {
    let missing = |field| Rejection::Input { field, error: InputError::Missing };
    let wish = |until| Command::Extend { reason: None, until };
    let past = || claimed().by(staff_of("fire-brigade"));
    given(past()).when(wish(Some(at("2026-12-01 00:00")))).then_refused(missing("reason"));
    let until_when = Command::Extend { reason: Some(crate::testing::text("parts")), until: None };
    given(past()).when(until_when).then_refused(missing("until"));
    given(claimed().by(supervisor())).when(grant_what_was_asked()).then_refused(missing("until"));
}

#[test]
fn only_the_lead_asks() {
    let past = || filed().triaged().dispatched_to_team("fire-brigade", &["parks"]).claimed_by("fire-brigade");
    let wish = || extend_until(at("2026-12-01 00:00"));
    given(past().by(staff_of("parks"))).when(wish()).then_refused(Rejection::NotLead { lead: unit("fire-brigade") });
    given(past().by(staff_of("roads"))).when(wish()).then_refused(Rejection::NotYours);
}

#[test]
fn where_no_unit_has_it_nothing_is_extended() {
    for past in [filed(), filed().triaged(), filed().triaged().pooled(1), filed().returned_twice()] {
        for actor in [staff_of("parks"), supervisor()] {
            let refusal = super::refused_by_the_state(past.case(), Step::Extend);
            given(past.clone().by(actor)).when(extend_until(at("2026-12-01 00:00"))).then_refused(refusal);
        }
    }
}
