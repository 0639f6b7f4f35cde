//! The policy in force, as rows to read: limits and the calendar's reach.

use jiff::civil::Time;
use sandan_domain::time::{Limit, LimitUnit, Policy, Session};

use crate::pages::admin::PolicyRow;
use crate::pages::texts::Texts;

/// Years in which the calendar could have dates.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

pub(crate) fn rows(policy: &Policy, t: Texts) -> Vec<PolicyRow> {
    let limits: [(&str, Limit); 10] = [
        ("policy-triage", policy.triage),
        ("policy-triage-urgent", policy.triage_urgent),
        ("policy-triage-duty", policy.triage_duty),
        ("policy-completion", policy.completion),
        ("policy-rework", policy.rework),
        ("policy-review-window", policy.review_window),
        ("policy-supervision", policy.supervision),
        ("policy-pool-fallback", policy.pool_fallback),
        ("policy-reminder", policy.reminder),
        ("policy-invitation", policy.invitation),
    ];
    let row = |label: &str, text: String| PolicyRow { label: t.s(label), text };
    let zone = policy.zone.iana_name().unwrap_or("UTC").to_owned();
    let mut rows = vec![
        row("policy-version", format!("{} · {}", policy.version, policy.name)),
        row("policy-zone", zone),
        row("policy-office", office(policy)),
    ];
    rows.extend(limits.map(|(label, limit)| row(label, words(limit, t))));
    let burst = t.a2("policy-burst-line", "joiners", policy.burst.joiners, "minutes", policy.burst.within_minutes);
    rows.push(row("policy-burst", burst));
    rows.push(row("policy-scoring", scoring(policy, t)));
    rows.push(row("policy-calendar", span(policy, t)));
    rows
}

/// What counts how much in two-way scoring, of a hundred each.
fn scoring(policy: &Policy, t: Texts) -> String {
    let weights = policy.scoring;
    let of_units = [
        ("on_time", weights.on_time),
        ("satisfaction", weights.satisfaction),
        ("commitments", weights.commitments),
        ("hours", weights.hours),
    ];
    let of_community = [("dispatch", weights.dispatch), ("support", weights.support), ("response", weights.response)];
    let line = |parts: &[(&str, u32)]| {
        let parts = parts.iter().map(|(part, weight)| format!("{} {weight}", t.of("score-part", part)));
        parts.collect::<Vec<_>>().join(" · ")
    };
    format!("{} | {}", line(&of_units), line(&of_community))
}

fn office(policy: &Policy) -> String {
    let session = |session: &Session| format!("{}–{}", minute(session.opens), minute(session.closes));
    policy.office.sessions().iter().map(session).collect::<Vec<_>>().join(" · ")
}

fn minute(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

pub(super) fn words(limit: Limit, t: Texts) -> String {
    let unit = match limit.unit {
        LimitUnit::Hour => "limit-hour",
        LimitUnit::WorkingHour => "limit-working_hour",
        LimitUnit::CalendarDay => "limit-calendar_day",
        LimitUnit::WorkingDay => "limit-working_day",
    };
    t.n(unit, limit.count)
}

fn span(policy: &Policy, t: Texts) -> String {
    let mut known = YEARS.filter(|year| policy.calendar.covers(*year));
    let first = known.next();
    let last = known.next_back().or(first);
    match (first, last) {
        (Some(first), Some(last)) => t.a2("policy-calendar-span", "from", first, "to", last),
        _ => "—".to_owned(),
    }
}
