//! Policies and calendars as they are answered.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sandan_app::PoliciesView;
use sandan_app::policies::{CalendarsView, PolicyView, WorkView};
use sandan_domain::policy::Burst;
use sandan_domain::time::{Class, Limit, Policy, Rule, Session};
use serde::Serialize;
use utoipa::ToSchema;

use super::weights::WeightsShape;

/// By rule, as one publishes them.
type Limits = BTreeMap<&'static str, String>;

#[derive(Serialize, ToSchema)]
#[schema(as = Policies)]
pub(super) struct PoliciesShape {
    community: String,
    in_force: InForce,
    /// Its own, the newest first.
    versions: Vec<VersionShape>,
    /// Limits that are being worked out anew.
    work: Vec<WorkShape>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PolicyInForce)]
struct InForce {
    /// Who published the nearest version; `null`: the standard holds.
    community: Option<String>,
    version: u32,
    name: String,
    zone: String,
    #[schema(value_type = Vec<SessionShape>)]
    office: Vec<SessionShape>,
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    limits: Limits,
    classes: Vec<ClassShape>,
    verified: Vec<String>,
    /// What counts how much in two-way scoring (R23).
    scoring: WeightsShape,
    burst: BurstShape,
    /// Years whose holidays the calendar knows.
    years: Vec<i16>,
}

/// Joiners that are flagged to the oversight board (R14).
#[derive(Serialize, ToSchema)]
#[schema(as = PolicyBurstShape)]
struct BurstShape {
    joiners: u32,
    within_minutes: u32,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OfficeSessionShape)]
struct SessionShape {
    opens: String,
    closes: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PolicyClassShape)]
struct ClassShape {
    name: String,
    categories: Vec<String>,
    urgency: Option<String>,
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    limits: Limits,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PolicyVersion)]
struct VersionShape {
    version: u32,
    name: String,
    from: Timestamp,
    /// Of its own versions the one that holds now.
    in_force: bool,
    zone: Option<String>,
    office: Option<Vec<SessionShape>>,
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    limits: Limits,
    classes: Vec<ClassShape>,
    verified: Option<Vec<String>>,
    scoring: Option<WeightsShape>,
    burst: Option<BurstShape>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PolicyWork)]
struct WorkShape {
    /// Who published what sets it going.
    community: String,
    version: u32,
    /// It is a calendar's version, not a policy's.
    calendar: bool,
    /// Open requests that were looked at, and those whose limits moved.
    seen: u64,
    moved: u64,
}

impl From<&PoliciesView> for PoliciesShape {
    fn from(view: &PoliciesView) -> Self {
        Self {
            community: view.community.to_string(),
            in_force: in_force(&view.in_force),
            versions: view.versions.iter().map(version).collect(),
            work: view.work.iter().map(work).collect(),
        }
    }
}

fn in_force(policy: &Policy) -> InForce {
    InForce {
        community: policy.of.as_ref().map(ToString::to_string),
        version: policy.version,
        name: policy.name.clone(),
        zone: policy.zone.iana_name().unwrap_or("UTC").to_owned(),
        office: policy.office.sessions().iter().map(session).collect(),
        limits: Rule::ALL.into_iter().map(|rule| (rule.name(), policy.general(rule).to_string())).collect(),
        classes: policy.classes.iter().map(class).collect(),
        verified: policy.verified.iter().map(ToString::to_string).collect(),
        scoring: WeightsShape::of(&policy.scoring),
        burst: burst(policy.burst),
        years: policy.calendar.years().collect(),
    }
}

fn version(PolicyView { version, holds }: &PolicyView) -> VersionShape {
    let terms = &version.terms;
    VersionShape {
        version: version.version,
        name: terms.name.clone(),
        from: version.from,
        in_force: *holds,
        zone: terms.zone.clone(),
        office: terms.office.as_ref().map(|sessions| sessions.iter().map(session).collect()),
        limits: limits(&terms.limits),
        classes: terms.classes.iter().map(class).collect(),
        verified: terms.verified.as_ref().map(|listed| listed.iter().map(ToString::to_string).collect()),
        burst: terms.burst.map(burst),
        scoring: terms.scoring.as_ref().map(WeightsShape::of),
    }
}

const fn burst(Burst { joiners, within_minutes }: Burst) -> BurstShape {
    BurstShape { joiners, within_minutes }
}

fn session(session: &Session) -> SessionShape {
    let time = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    SessionShape { opens: time(session.opens), closes: time(session.closes) }
}

fn class(class: &Class) -> ClassShape {
    let urgency = class.urgency.and_then(|urgency| serde_json::to_value(urgency).ok());
    ClassShape {
        name: class.name.clone(),
        categories: class.categories.iter().map(ToString::to_string).collect(),
        urgency: urgency.and_then(|word| word.as_str().map(str::to_owned)),
        limits: limits(&class.limits),
    }
}

fn limits(limits: &BTreeMap<Rule, Limit>) -> Limits {
    limits.iter().map(|(rule, limit)| (rule.name(), limit.to_string())).collect()
}

fn work(view: &WorkView) -> WorkShape {
    let WorkView { community, version, calendar, seen, moved, .. } = view;
    WorkShape { community: community.to_string(), version: *version, calendar: *calendar, seen: *seen, moved: *moved }
}

#[derive(Serialize, ToSchema)]
#[schema(as = Calendars)]
pub(super) struct CalendarShape {
    community: String,
    /// Of the nearest that was published; the national one's else.
    name: String,
    version: u32,
    /// Who published it; `null`: it ships with the program.
    of: Option<String>,
    /// Years whose holidays are known. In any other only weekends are known to be off.
    years: Vec<i16>,
    /// What the community published itself, the newest first.
    versions: Vec<CalendarVersionShape>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CalendarVersion)]
struct CalendarVersionShape {
    version: u32,
    name: String,
    from: Timestamp,
    years: Vec<i16>,
    /// How many days it sets apart.
    days: usize,
}

impl From<&PoliciesView> for CalendarShape {
    fn from(view: &PoliciesView) -> Self {
        let calendar = &view.in_force.calendar;
        let version = |published: &CalendarsView| CalendarVersionShape {
            version: published.version,
            name: published.name.clone(),
            from: published.from,
            years: published.years.clone(),
            days: published.days,
        };
        Self {
            community: view.community.to_string(),
            name: calendar.name().to_owned(),
            version: calendar.version(),
            of: calendar.of().map(ToString::to_string),
            years: calendar.years().collect(),
            versions: view.calendars.iter().map(version).collect(),
        }
    }
}
