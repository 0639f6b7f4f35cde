//! What holds where: the nearest to the community, limit by limit, year by year.

use super::{nothing, publish, published};
use crate::policy::{Command, Policies, in_force};
use crate::request::Urgency;
use crate::testing::{at, category, community};
use crate::time::{CalendarDay, Class, Limit, Policy, Rule};

fn now(line: &[&Policies]) -> Policy {
    in_force(&Policy::standard(), line, at("2026-11-02 08:00")).policy.as_ref().clone()
}

#[test]
fn without_a_word_the_standard_holds() {
    let policy = now(&[]);
    assert_eq!((policy.completion, policy.version, policy.of), (Limit::days(15), 1, None));
    assert_eq!(now(&[&Policies::default()]).completion, Limit::days(15));
}

#[test]
fn what_a_community_leaves_out_it_takes_from_above() {
    let town = published(&[(Rule::Completion, Limit::days(10)), (Rule::Rework, Limit::days(5))]);
    let own = published(&[(Rule::Completion, Limit::days(7))]);
    let policy = now(&[&town, &own]);
    assert_eq!((policy.completion, policy.rework, policy.triage), (Limit::days(7), Limit::days(5), Limit::days(2)));
    assert_eq!(policy.of, Some(community()));
}

#[test]
fn a_class_is_meant_before_what_is_said_of_all_and_the_nearer_class_first() {
    let class = |name: &str, hours| Class {
        name: name.to_owned(),
        categories: vec![category("城市建设和市政管理")],
        urgency: None,
        limits: [(Rule::Completion, Limit::hours(hours))].into(),
    };
    let with = |class: Class| {
        let mut policies = published(&[(Rule::Completion, Limit::days(7))]);
        policies.versions[0].terms.classes = vec![class];
        policies
    };
    let water = category("自来水供应");
    let limit = |policy: &Policy, of| policy.limit(Rule::Completion, of, Urgency::Normal);
    let (town, own) = (with(class("town", 24)), with(class("own", 12)));
    let plain = published(&[(Rule::Completion, Limit::days(9))]);
    assert_eq!(limit(&now(&[&town, &plain]), Some(&water)), Limit::hours(24));
    assert_eq!(limit(&now(&[&town, &plain]), None), Limit::days(9));
    assert_eq!(limit(&now(&[&town, &own]), Some(&water)), Limit::hours(12));
}

#[test]
fn a_class_may_ask_for_urgency() {
    let mut policies = published(&[]);
    policies.versions[0].terms.classes = vec![Class {
        name: "urgent".to_owned(),
        categories: Vec::new(),
        urgency: Some(Urgency::Urgent),
        limits: [(Rule::Completion, Limit::hours(2))].into(),
    }];
    let policy = now(&[&policies]);
    assert_eq!(policy.limit(Rule::Completion, None, Urgency::Urgent), Limit::hours(2));
    assert_eq!(policy.limit(Rule::Completion, None, Urgency::Normal), Limit::days(15));
}

#[test]
fn a_version_holds_from_its_beginning_and_it_is_known_when_the_next_does() {
    let wish = publish(&[(Rule::Completion, Limit::days(10))], Some("2026-12-01 00:00"));
    let policies = nothing().done(wish).state;
    let force = |local: &str| in_force(&Policy::standard(), &[&policies], at(local));
    assert_eq!(force("2026-11-30 23:59").policy.completion, Limit::days(15));
    assert_eq!(force("2026-11-30 23:59").until, Some(at("2026-12-01 00:00")));
    assert_eq!(force("2026-12-01 00:00").policy.completion, Limit::days(10));
    assert_eq!(force("2026-12-01 00:00").until, None);
}

#[test]
fn published_years_replace_what_was_known_of_them_and_no_others() {
    let day = |date: &str, worked| CalendarDay { date: date.parse().unwrap(), worked, name: "A day".to_owned() };
    let publish = |days: Vec<CalendarDay>| {
        nothing().done(Command::PublishCalendar { community: community(), name: "Ours".to_owned(), days }).state
    };
    let town = publish(vec![day("2027-01-01", false), day("2026-05-05", false)]);
    let own = publish(vec![day("2027-01-02", true)]);
    let calendar = now(&[&town, &own]).calendar;
    let works = |date: &str| calendar.is_working_day(date.parse().unwrap());
    assert!(works("2027-01-01") && works("2027-01-02"), "its own 2027 knows one make-up day");
    assert!(!works("2026-05-05") && works("2026-10-01"), "the town's 2026 knows one day off");
    assert!(!works("2025-10-01"), "2025 is the nation's");
    assert!(calendar.covers(2027) && (calendar.name(), calendar.version()) == ("Ours", 1));
}
