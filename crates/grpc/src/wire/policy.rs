//! Time policies and calendars: as they are published, and as they are answered.

use std::collections::{BTreeMap, HashMap};

use sandan_app::policies::{CalendarsView, PolicyView, WorkView};
use sandan_app::{
    BurstInput, ClassInput, DayInput, PoliciesView, PublishCalendar, PublishPolicy, ScoringInput, SessionInput,
    TermsInput,
};
use sandan_domain::policy::{Burst, Terms};
use sandan_domain::scoring::ScoreWeights;
use sandan_domain::time::{Class, Limit, Policy, Rule, Session};

use super::time::time;
use super::words::{number, text, word};
use crate::v1;

pub(crate) fn policy(message: v1::PublishPolicyRequest) -> PublishPolicy {
    let v1::PublishPolicyRequest { community, from, policy } = message;
    let v1::PolicyTerms { name, zone, office, limits, classes, verified, burst, scoring } = policy.unwrap_or_default();
    let session = |v1::OfficeSession { opens, closes }| SessionInput { opens: text(opens), closes: text(closes) };
    let class = |v1::PolicyClass { name, categories, urgency, limits }| ClassInput {
        name: text(name),
        categories,
        urgency: word::<v1::Urgency>(urgency),
        limits: limits.into_iter().collect(),
    };
    let policy = TermsInput {
        name: text(name),
        zone: text(zone),
        office: Some(office.into_iter().map(session).collect()).filter(|office: &Vec<_>| !office.is_empty()),
        limits: limits.into_iter().collect(),
        classes: classes.into_iter().map(class).collect(),
        verified: verified.map(|listed| listed.categories),
        scoring: scoring.map(weights_input),
        burst: burst.map(|v1::Burst { joiners, within_minutes }| BurstInput { joiners, within_minutes }),
    };
    PublishPolicy { community: text(community), from: text(from), policy }
}

pub(crate) fn calendar(message: v1::PublishCalendarRequest) -> PublishCalendar {
    let v1::PublishCalendarRequest { community, name, days } = message;
    let day = |v1::CalendarDay { date, kind, name }| DayInput { date: text(date), kind: text(kind), name: text(name) };
    PublishCalendar { community: text(community), name: text(name), days: days.into_iter().map(day).collect() }
}

pub(crate) fn policies(view: &PoliciesView) -> v1::ListPoliciesResponse {
    v1::ListPoliciesResponse {
        community: view.community.to_string(),
        in_force: Some(in_force(&view.in_force)),
        versions: view.versions.iter().map(version).collect(),
        work: view.work.iter().map(work).collect(),
    }
}

pub(crate) fn calendars(view: &PoliciesView) -> v1::GetCalendarResponse {
    let calendar = &view.in_force.calendar;
    v1::GetCalendarResponse {
        community: view.community.to_string(),
        name: calendar.name().to_owned(),
        version: calendar.version(),
        of: calendar.of().map(ToString::to_string),
        years: calendar.years().map(i32::from).collect(),
        versions: view.calendars.iter().map(calendar_version).collect(),
    }
}

fn in_force(policy: &Policy) -> v1::PolicyInForce {
    let limits = Rule::ALL.into_iter().map(|rule| (rule.name().to_owned(), policy.general(rule).to_string()));
    let terms = v1::PolicyTerms {
        name: policy.name.clone(),
        zone: policy.zone.iana_name().unwrap_or("UTC").to_owned(),
        office: policy.office.sessions().iter().map(session).collect(),
        limits: limits.collect(),
        classes: policy.classes.iter().map(class).collect(),
        verified: Some(listed(&policy.verified)),
        burst: Some(burst(policy.burst)),
        scoring: Some(weights(policy.scoring)),
    };
    v1::PolicyInForce {
        community: policy.of.as_ref().map(ToString::to_string),
        version: policy.version,
        policy: Some(terms),
        years: policy.calendar.years().map(i32::from).collect(),
    }
}

fn version(PolicyView { version, holds }: &PolicyView) -> v1::PolicyVersion {
    v1::PolicyVersion {
        version: version.version,
        from: Some(time(version.from)),
        in_force: *holds,
        policy: Some(terms(&version.terms)),
    }
}

fn terms(terms: &Terms) -> v1::PolicyTerms {
    v1::PolicyTerms {
        name: terms.name.clone(),
        zone: terms.zone.clone().unwrap_or_default(),
        office: terms.office.iter().flatten().map(session).collect(),
        limits: by_name(&terms.limits),
        classes: terms.classes.iter().map(class).collect(),
        verified: terms.verified.as_ref().map(|categories| listed(categories)),
        burst: terms.burst.map(burst),
        scoring: terms.scoring.map(weights),
    }
}

fn burst(Burst { joiners, within_minutes }: Burst) -> v1::Burst {
    v1::Burst { joiners: Some(joiners.into()), within_minutes: Some(within_minutes.into()) }
}

fn weights_input(message: v1::ScoreWeights) -> ScoringInput {
    let v1::ScoreWeights { on_time, satisfaction, commitments, hours, dispatch, support, response, target_hours } =
        message;
    ScoringInput { on_time, satisfaction, commitments, hours, dispatch, support, response, target_hours }
}

pub(super) fn weights(weights: ScoreWeights) -> v1::ScoreWeights {
    v1::ScoreWeights {
        on_time: Some(weights.on_time.into()),
        satisfaction: Some(weights.satisfaction.into()),
        commitments: Some(weights.commitments.into()),
        hours: Some(weights.hours.into()),
        dispatch: Some(weights.dispatch.into()),
        support: Some(weights.support.into()),
        response: Some(weights.response.into()),
        target_hours: Some(weights.target_hours.into()),
    }
}

fn session(session: &Session) -> v1::OfficeSession {
    let time = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    v1::OfficeSession { opens: time(session.opens), closes: time(session.closes) }
}

fn class(class: &Class) -> v1::PolicyClass {
    v1::PolicyClass {
        name: class.name.clone(),
        categories: listed(&class.categories).categories,
        urgency: number::<v1::Urgency>(&class.urgency),
        limits: by_name(&class.limits),
    }
}

fn listed(categories: &[sandan_domain::Category]) -> v1::CategoryList {
    v1::CategoryList { categories: categories.iter().map(ToString::to_string).collect() }
}

fn by_name(limits: &BTreeMap<Rule, Limit>) -> HashMap<String, String> {
    limits.iter().map(|(rule, limit)| (rule.name().to_owned(), limit.to_string())).collect()
}

fn work(view: &WorkView) -> v1::PolicyWork {
    let WorkView { community, version, calendar, seen, moved, .. } = view;
    v1::PolicyWork {
        community: community.to_string(),
        version: *version,
        calendar: *calendar,
        seen: *seen,
        moved: *moved,
    }
}

fn calendar_version(view: &CalendarsView) -> v1::CalendarVersion {
    v1::CalendarVersion {
        version: view.version,
        name: view.name.clone(),
        from: Some(time(view.from)),
        years: view.years.iter().copied().map(i32::from).collect(),
        days: u32::try_from(view.days).unwrap_or(u32::MAX),
    }
}
