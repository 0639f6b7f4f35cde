//! The standard policy, and which work is verified.

use crate::category::{Category, Taxonomy};
use crate::time::{Limit, Policy};

#[test]
fn the_standard_limits_are_those_of_the_rules() {
    let policy = Policy::standard();
    assert_eq!(policy.zone.iana_name(), Some("Asia/Shanghai"));
    assert_eq!((policy.triage, policy.triage_urgent), (Limit::days(2), Limit::days(0)));
    assert_eq!((policy.completion, policy.rework), (Limit::days(15), Limit::days(7)));
    assert_eq!((policy.review_window, policy.invitation), (Limit::days(7), Limit::days(3)));
    assert_eq!(policy.reminder, Limit::days(5));
    assert_eq!((policy.supervision, policy.pool_fallback), (Limit::days(3), Limit::days(1)));
}

#[test]
fn nothing_is_verified_by_default() {
    let policy = Policy::standard();
    assert!(!policy.needs_verification(None));
    assert!(Taxonomy::national().all().all(|category| !policy.needs_verification(Some(category))));
}

#[test]
fn what_is_listed_is_verified_with_all_below() {
    let policy = Policy { verified: vec![category("环境污染"), category("消防安全")], ..Policy::standard() };
    let check = |name: Option<&str>, expected: bool| {
        assert_eq!(policy.needs_verification(name.map(category).as_ref()), expected, "{name:?}");
    };
    check(Some("环境污染"), true);
    check(Some("噪音污染"), true);
    check(Some("消防安全"), true);
    check(Some("环境保护"), false);
    check(Some("社会治安"), false);
    check(None, false);
}

fn category(name: &str) -> Category {
    Taxonomy::national().find(name).unwrap()
}
