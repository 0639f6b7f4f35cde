//! A due time opens into stretches that add up to its limit.

use proptest::prelude::*;

use super::towns::{as_pauses, lay_out, limits, pauses, starts, towns};
use super::{at, local, naive};
use crate::time::{Due, Extension, Ground, Item, Limit, Pause, Policy, Rule, explain, year_spans};

fn short(policy: &Policy, items: &[Item]) -> Vec<String> {
    let line = |item: &Item| {
        let name = item.name.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
        let (from, to) = (local(policy, item.from), local(policy, item.to));
        format!("{} {} {:?}{name} {}d {}s", &from[5..16], &to[5..16], item.ground, item.days, item.seconds)
    };
    items.iter().map(line).collect()
}

#[test]
fn three_days_over_the_dragon_boat_festival_are_told_day_by_day() {
    let policy = Policy::standard();
    let start = at(&policy, "2026-06-17T10:00");
    let told = explain((Rule::Completion, Limit::days(3)), start, &[], None, &policy);
    let expected = [
        "06-17T10:00 06-18T00:00 StartDay 0d 0s",
        "06-18T00:00 06-19T00:00 Day 1d 0s",
        "06-19T00:00 06-20T00:00 Holiday Dragon Boat Festival 0d 0s",
        "06-20T00:00 06-22T00:00 Weekend 0d 0s",
        "06-22T00:00 06-24T00:00 Day 2d 0s",
    ];
    assert_eq!(short(&policy, &told.items), expected);
    assert_eq!((told.years_missing, told.calendar.name.as_str(), told.calendar.version), (vec![], "全国", 1));
}

#[test]
fn working_hours_are_told_session_by_session_and_a_pause_is_seen() {
    let policy = Policy::standard();
    let pause = Pause { from: at(&policy, "2026-03-02T16:00"), to: at(&policy, "2026-03-03T10:00") };
    let start = at(&policy, "2026-03-02T14:00");
    let told = explain((Rule::Completion, Limit::working_hours(3)), start, &[pause], None, &policy);
    let expected = [
        "03-02T14:00 03-02T16:00 OfficeHours 0d 7200s",
        "03-02T16:00 03-03T10:00 Paused 0d 0s",
        "03-03T10:00 03-03T11:00 OfficeHours 0d 3600s",
    ];
    assert_eq!(short(&policy, &told.items), expected);
}

#[test]
fn an_extension_is_told_after_the_limit_with_the_pauses_in_it() {
    let policy = Policy::standard();
    let start = at(&policy, "2026-03-02T10:00");
    let extension = Extension { until: at(&policy, "2026-03-06T00:00"), granted_at: start };
    let pause = Pause { from: at(&policy, "2026-03-04T12:00"), to: at(&policy, "2026-03-05T12:00") };
    let told = explain((Rule::Completion, Limit::days(1)), start, &[pause], Some(extension), &policy);
    let expected = [
        "03-02T10:00 03-03T00:00 StartDay 0d 0s",
        "03-03T00:00 03-04T00:00 Day 1d 0s",
        "03-04T00:00 03-04T12:00 Extension 0d 0s",
        "03-04T12:00 03-05T12:00 Paused 0d 0s",
        "03-05T12:00 03-07T00:00 Extension 0d 0s",
    ];
    assert_eq!(short(&policy, &told.items), expected);
}

#[test]
fn an_extension_to_a_day_off_that_is_paused_over_ends_when_the_clock_goes_on() {
    let policy = Policy::standard();
    let start = at(&policy, "2026-03-02T10:00");
    let extension = Extension { until: at(&policy, "2026-03-08T12:00"), granted_at: start };
    let pause = Pause { from: at(&policy, "2026-03-07T08:00"), to: at(&policy, "2026-03-09T09:00") };
    let told = explain((Rule::Completion, Limit::days(1)), start, &[pause], Some(extension), &policy);
    assert_eq!(told.due_at, pause.to);
    assert_eq!(short(&policy, &told.items).last().unwrap(), "03-07T08:00 03-09T09:00 Paused 0d 0s");
}

#[test]
fn a_year_that_the_calendar_does_not_know_is_named() {
    let policy = Policy::standard();
    let told = |start: &str, limit| explain((Rule::Completion, limit), at(&policy, start), &[], None, &policy);
    assert_eq!(told("2026-12-21T10:00", Limit::days(15)).years_missing, [2027]);
    assert_eq!(told("2026-12-21T10:00", Limit::calendar_days(15)).years_missing, [0_i16; 0]);
    assert_eq!(told("2026-12-30T10:00", Limit::days(1)).years_missing, [0_i16; 0], "it ends with the year");
}

#[test]
fn years_in_a_row_are_one_span() {
    assert_eq!(year_spans(&[2027]), ["2027"]);
    assert_eq!(year_spans(&[2027, 2028, 2029, 2031]), ["2027–2029", "2031"]);
    assert!(year_spans(&[]).is_empty());
}

#[test]
fn the_same_day_adds_nothing_to_a_limit_of_none() {
    let policy = Policy::standard();
    let start = at(&policy, "2026-06-17T10:00");
    let told = explain((Rule::TriageDuty, Limit::calendar_days(0)), start, &[], None, &policy);
    assert_eq!(short(&policy, &told.items), ["06-17T10:00 06-18T00:00 Day 0d 0s"]);
}

proptest! {
    #[test]
    fn what_counts_adds_up_to_the_limit_and_ends_at_the_due_time(
        (policy, _) in towns(),
        start in starts(),
        limit in limits(),
        pauses in prop::collection::vec(pauses(), 0..4),
        extended in prop::option::of(0..30 * naive::DAY),
    ) {
        let pauses = as_pauses(&lay_out(start, &pauses));
        let start = naive::instant(start);
        let due = Due::worked_out(start, limit, &pauses, &policy);
        let extension = extended.map(|by| Extension { until: naive::instant(naive::minute(due.at) + by), granted_at: due.at });
        let told = explain((Rule::Completion, limit), start, &pauses, extension, &policy);
        prop_assert!(told.due_at >= due.at && (extension.is_some() || told.due_at == due.at));
        // Whole and without a gap.
        let mut at = start;
        for item in &told.items {
            prop_assert!(item.from == at && item.to > at, "{item:?}");
            at = item.to;
        }
        prop_assert_eq!(at, told.due_at);
        // An extension of which no time was left when the clock stopped ends as soon as the clock goes on.
        let stood_still = extension.is_some() && pauses.iter().any(|pause| pause.to == told.due_at);
        if let Some(last) = told.items.last() {
            prop_assert!(last.counted || stood_still && last.ground == Ground::Paused, "{last:?}");
        }
        let days: u32 = told.items.iter().map(|item| item.days).sum();
        let seconds: i64 = told.items.iter().map(|item| item.seconds).sum();
        let (in_days, count) = (limit.unit.is_day(), limit.count);
        prop_assert_eq!((days, seconds), if in_days { (count, 0) } else { (0, i64::from(count) * 3_600) });
        let stray = |item: &&Item| !item.counted && (item.days, item.seconds) != (0, 0);
        prop_assert!(told.items.iter().find(stray).is_none());
        prop_assert!(told.items.iter().all(|item| item.counted == matches!(item.ground,
            Ground::Running | Ground::OfficeHours | Ground::Day | Ground::MakeUpDay | Ground::Extension)));
    }
}
