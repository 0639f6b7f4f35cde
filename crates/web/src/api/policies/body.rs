//! A policy and a calendar as they are sent.

use std::collections::BTreeMap;

use sandan_app::{BurstInput, ClassInput, DayInput, PublishCalendar, PublishPolicy, SessionInput, TermsInput};
use serde::Deserialize;
use utoipa::ToSchema;

use super::weights;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PublishPolicyBody)]
pub(super) struct PolicyBody {
    /// Slug. Required.
    community: Option<String>,
    /// From when it holds: an instant, or a date whose midnight begins it. Without: from now on.
    from: Option<String>,
    /// Required.
    policy: Option<Terms>,
}

/// What is left out is inherited from the community above, and at last from the standard.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PolicyTerms)]
struct Terms {
    /// Required.
    name: Option<String>,
    /// Name of a time zone, such as `Asia/Shanghai`.
    zone: Option<String>,
    office: Option<Vec<Session>>,
    /// By rule, such as `"completion": "15 days"`; units are `hours`, `working-hours`, `days` (working days) and
    /// `calendar-days`.
    #[serde(default)]
    limits: BTreeMap<String, String>,
    /// The first that has a request and names a limit sets it.
    #[serde(default)]
    classes: Vec<Class>,
    /// Categories whose completion somebody else confirms on site (R6a).
    verified: Option<Vec<String>>,
    /// What counts how much in two-way scoring (R23).
    scoring: Option<weights::Body>,
    /// When joiners of a request are flagged to the oversight board (R14).
    burst: Option<Burst>,
}

/// So many joiners within so many minutes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PolicyBurst)]
struct Burst {
    /// 2 to 50. Required.
    joiners: Option<i64>,
    /// 1 to 10,080. Required.
    within_minutes: Option<i64>,
}

/// A stretch of office hours.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OfficeSession)]
struct Session {
    /// Such as `09:00`.
    opens: Option<String>,
    closes: Option<String>,
}

/// Requests with limits of their own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PolicyClass)]
struct Class {
    /// Required.
    name: Option<String>,
    /// These with all below them; none: every category.
    #[serde(default)]
    categories: Vec<String>,
    /// `normal` or `urgent`; without: any.
    urgency: Option<String>,
    #[serde(default)]
    limits: BTreeMap<String, String>,
}

impl From<PolicyBody> for PublishPolicy {
    fn from(PolicyBody { community, from, policy }: PolicyBody) -> Self {
        let Terms { name, zone, office, limits, classes, verified, scoring, burst } = policy.unwrap_or_default();
        let session = |Session { opens, closes }| SessionInput { opens, closes };
        let class = |Class { name, categories, urgency, limits }| ClassInput { name, categories, urgency, limits };
        let policy = TermsInput {
            name,
            zone,
            office: office.map(|sessions| sessions.into_iter().map(session).collect()),
            limits,
            classes: classes.into_iter().map(class).collect(),
            verified,
            scoring: scoring.map(Into::into),
            burst: burst.map(|Burst { joiners, within_minutes }| BurstInput { joiners, within_minutes }),
        };
        Self { community, from, policy }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PublishCalendarBody)]
pub(super) struct CalendarBody {
    /// Slug. Required.
    community: Option<String>,
    /// Required.
    name: Option<String>,
    /// All exceptions of whole years: what was known of these years is replaced. Required.
    #[serde(default)]
    days: Vec<Day>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CalendarDay)]
struct Day {
    /// Such as `2027-01-01`.
    date: Option<String>,
    /// `off` or `work`.
    kind: Option<String>,
    /// The occasion.
    name: Option<String>,
}

impl From<CalendarBody> for PublishCalendar {
    fn from(CalendarBody { community, name, days }: CalendarBody) -> Self {
        let day = |Day { date, kind, name }| DayInput { date, kind, name };
        Self { community, name, days: days.into_iter().map(day).collect() }
    }
}
