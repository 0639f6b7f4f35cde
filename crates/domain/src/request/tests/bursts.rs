//! R14: bursts of joiners are flagged to the oversight board, once each.

use crate::policy::Burst;
use crate::request::{Case, Event};
use crate::testing::{Past, co_sign, filed, policy};
use crate::time::Policy;

/// So many join, one every few minutes.
fn joined(
    past: Past<crate::request::Request>,
    names: std::ops::Range<usize>,
    minutes: i64,
) -> Past<crate::request::Request> {
    names.fold(past, |past, nth| {
        let now = past.now + jiff::SignedDuration::from_mins(minutes);
        past.at_instant(now).done(co_sign(&format!("joiner {nth}")))
    })
}

fn flags(past: &Past<crate::request::Request>) -> Vec<u32> {
    let flag = |event: &Event| match event {
        Event::BurstFlagged(flag) => Some(flag.joiners),
        _ => None,
    };
    past.events.iter().filter_map(flag).collect()
}

#[test]
fn r14_ten_joiners_within_an_hour_are_flagged_and_nine_are_not() {
    let nine = joined(filed(), 0..9, 1);
    assert_eq!(flags(&nine), Vec::<u32>::new());
    assert_eq!(flags(&joined(nine, 9..10, 1)), [10]);
}

#[test]
fn r14_as_many_over_a_longer_time_are_not() {
    assert_eq!(flags(&joined(filed(), 0..40, 7)), Vec::<u32>::new());
}

#[test]
fn r14_a_burst_is_flagged_once_and_the_next_one_again() {
    let first = joined(filed(), 0..15, 1);
    assert_eq!(flags(&first), [10]);
    assert_eq!(flags(&joined(first, 15..20, 1)), [10, 10]);
}

#[test]
fn r14_what_a_burst_is_the_policy_says() {
    let under = |burst| filed().under(Policy { burst, ..policy() });
    let few = Burst { joiners: 3, within_minutes: 5 };
    assert_eq!(flags(&joined(under(few), 0..2, 1)), Vec::<u32>::new());
    assert_eq!(flags(&joined(under(few), 0..3, 1)), [3]);
    assert_eq!(flags(&joined(under(few), 0..9, 4)), Vec::<u32>::new());
    let many = Burst { joiners: Burst::JOINERS_MAX, within_minutes: Burst::WITHIN_MINUTES_MAX };
    assert_eq!(flags(&joined(under(many), 0..49, 10)), Vec::<u32>::new());
    assert_eq!(flags(&joined(under(many), 0..50, 10)), [50]);
}

#[test]
fn a_burst_takes_nobodys_vote() {
    let past = joined(filed(), 0..12, 1);
    let case: &Case = past.case();
    assert_eq!(case.signers.len(), 13);
    assert!(case.joins.len() <= Case::JOINS_KEPT);
}
