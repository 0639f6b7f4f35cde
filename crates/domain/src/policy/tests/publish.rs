//! Publishing: now or later, never for the past, and never so that it is open which version holds.

use super::{nothing, publish, terms};
use crate::policy::{CalendarPublished, Command, Event, Published, Rejection, TookEffect, WorkedOut};
use crate::testing::{at, community, given};
use crate::time::{CalendarDay, Limit, Rule};

const TEN: &[(Rule, Limit)] = &[(Rule::Completion, Limit::days(10))];

#[test]
fn what_is_published_without_a_beginning_holds_at_once() {
    let from = at("2026-11-02 08:00");
    let published = Published { community: community(), version: 1, from, in_advance: false, terms: terms(TEN) };
    let effect = TookEffect { community: community(), version: 1 };
    given(nothing()).when(publish(TEN, None)).then([Event::Published(published), Event::TookEffect(effect)]);
}

#[test]
fn what_is_published_in_advance_takes_effect_once_when_its_time_comes() {
    let past = given(nothing()).when(publish(TEN, Some("2026-12-01 00:00"))).then_granted();
    assert!(matches!(&past.events[..], [Event::Published(Published { in_advance: true, .. })]));
    let take = || Command::TakeEffect { version: 1 };
    let past = given(past.at("2026-11-30 23:59")).when(take()).then_nothing();
    let effect = Event::TookEffect(TookEffect { community: community(), version: 1 });
    let past = given(past.at("2026-12-01 00:00")).when(take()).then([effect]);
    let past = given(past).when(take()).then_nothing();
    given(past).when(Command::TakeEffect { version: 7 }).then_refused(Rejection::NoSuchVersion(7));
}

#[test]
fn a_beginning_in_the_past_or_one_that_is_taken_is_refused() {
    let (from, now) = (at("2026-11-01 00:00"), at("2026-11-02 08:00"));
    given(nothing())
        .when(publish(TEN, Some("2026-11-01 00:00")))
        .then_refused(Rejection::BeginsInThePast { from, now });
    let past = nothing().done(publish(TEN, Some("2026-12-01 00:00")));
    let from = at("2026-12-01 00:00");
    given(past.clone())
        .when(publish(TEN, Some("2026-12-01 00:00")))
        .then_refused(Rejection::SameBeginning { version: 1, from });
    let past = given(past).when(publish(TEN, Some("2026-11-20 00:00"))).then_granted();
    assert_eq!(past.state.version_at(at("2026-11-25 00:00")).map(|version| version.version), Some(2));
    assert_eq!(past.state.version_at(at("2026-12-01 00:00")).map(|version| version.version), Some(1));
    assert_eq!(past.state.next_change(at("2026-11-20 00:00")), Some(from));
}

#[test]
fn a_calendar_holds_at_once_and_names_at_least_one_day() {
    let day = CalendarDay { date: "2027-01-01".parse().unwrap(), worked: false, name: "元旦".to_owned() };
    let wish = |days| Command::PublishCalendar { community: community(), name: "2027".to_owned(), days };
    let (name, days, from) = ("2027".to_owned(), vec![day.clone()], at("2026-11-02 08:00"));
    let published = CalendarPublished { community: community(), version: 1, from, name, days };
    given(nothing()).when(wish(vec![day])).then([Event::CalendarPublished(published)]);
    given(nothing()).when(wish(Vec::new())).then_refused(Rejection::EmptyCalendar);
}

#[test]
fn that_limits_were_worked_out_anew_is_reported() {
    let done = WorkedOut { community: community(), version: 1, calendar: false, seen: 9, moved: 4 };
    let report = Command::Report { version: 1, calendar: false, seen: 9, moved: 4 };
    given(nothing().done(publish(TEN, None))).when(report).then([Event::WorkedOut(done)]);
}
