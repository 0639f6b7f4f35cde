//! `ServiceRequest`.

use sandan_domain::request::{
    Applicant, Channel, Claimed, Command, Dispatched, Event, File, Rejection, Request, Target, TriageDecision, Triaged,
    Urgency,
};
use sandan_domain::time::{Due, Policy};
use sandan_domain::{Decider, RequestNumber};

use super::{Recorded, person, recorded, with, words};

fn file() -> Command {
    Command::File(Box::new(File {
        community: "elm".parse().unwrap(),
        number: RequestNumber::new(1),
        channel: Channel::Web,
        urgency: Urgency::Normal,
        category: None,
        title: None,
        description: words("The lamp is out").unwrap(),
        requester: Applicant { person: person(1), name: None, phone: None, email: None },
        place: None,
        external: None,
    }))
}

fn filed() -> Event {
    let facts = super::facts(sandan_domain::Actor::System);
    Request::decide(&Default::default(), file(), &facts.as_facts()).unwrap().remove(0)
}

fn triaged() -> Event {
    Event::Triaged(Triaged { category: None, urgency: Urgency::Normal, reason: None, public_title: None })
}

fn pooled() -> Event {
    let policy = Policy::standard();
    let due = Due::from("2026-03-02T09:00:00+08:00".parse().unwrap(), policy.completion, &policy);
    let target = Target::Pool { slots: 1 };
    Event::Dispatched(Dispatched {
        target,
        note: None,
        due,
        binding: false,
        late_arrival: false,
        remind_at: None,
        fallback_at: None,
        since: Some("2026-03-02T09:00:00+08:00".parse().unwrap()),
        fallback: false,
    })
}

fn claimed(unit: &str) -> Event {
    Event::Claimed(Claimed { unit: unit.parse().unwrap(), leads: true })
}

fn accept() -> Command {
    let decision = TriageDecision::Accept { category: None, urgency: None, reason: None, public_title: None };
    Command::Triage(decision)
}

#[test]
fn what_is_filed_waits_for_triage() {
    let events = with::<Request>().given_no_previous_events().when(file()).inspect_result().unwrap();
    assert_eq!(events, [Recorded(filed())]);
}

#[test]
fn the_desk_accepts() {
    with::<Request>()
        .given(recorded::<Request>([filed()]))
        .when(accept())
        .then_expect_events(recorded::<Request>([triaged()]));
}

#[test]
fn the_first_claim_wins_and_the_next_is_told_who_has_it() {
    with::<Request>()
        .given(recorded::<Request>([filed(), triaged(), pooled()]))
        .when(Command::Claim { unit: "roads".parse().unwrap() })
        .then_expect_events(recorded::<Request>([claimed("roads")]));
    let refused = with::<Request>()
        .given(recorded::<Request>([filed(), triaged(), pooled(), claimed("roads")]))
        .when(Command::Claim { unit: "water".parse().unwrap() })
        .inspect_result();
    assert_eq!(refused.unwrap_err().code(), "claimed-by-another");
}

#[test]
fn what_was_never_filed_is_not_found() {
    with::<Request>().given_no_previous_events().when(accept()).then_expect_error(Rejection::NotFound.into());
}
