//! A time policy and a calendar as they are typed or read from a file, checked field by field.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZoneDatabase;
use sandan_domain::policy::{Burst, Terms};
use sandan_domain::time::{CalendarDay, Class, Limit, OfficeHours, OfficeHoursError, Rule, Session};
use sandan_domain::{Flaw, InputError, NoSuch, limits};
use serde::{Deserialize, Serialize};

use crate::form::{Form, present};
use crate::handle::file_form::URGENCIES;
use crate::handle::weights::{ScoringInput, weights};

/// Most of each list that a policy can have.
const CLASSES_MAX: usize = 50;
const CATEGORIES_MAX: usize = 500;
const SESSIONS_MAX: usize = 6;
/// Most days that a calendar can set apart.
const DAYS_MAX: usize = 4_000;

/// A version of a time policy. `name` is required; what is left out is inherited from the community above and at last
/// from the standard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TermsInput {
    pub name: Option<String>,
    /// Name of a time zone, such as `Asia/Shanghai`.
    pub zone: Option<String>,
    pub office: Option<Vec<SessionInput>>,
    /// By rule: `completion = "15 days"`.
    pub limits: BTreeMap<String, String>,
    pub classes: Vec<ClassInput>,
    /// Categories whose completion somebody else confirms on site (R6a).
    pub verified: Option<Vec<String>>,
    /// What counts how much in two-way scoring (R23).
    pub scoring: Option<ScoringInput>,
    /// When joiners are flagged to the oversight board (R14).
    pub burst: Option<BurstInput>,
}

/// So many joiners within so many minutes. Both are required.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BurstInput {
    pub joiners: Option<i64>,
    pub within_minutes: Option<i64>,
}

/// One stretch of office hours, such as `09:00` to `12:00`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionInput {
    pub opens: Option<String>,
    pub closes: Option<String>,
}

/// Requests with limits of their own, by category, urgency or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClassInput {
    pub name: Option<String>,
    /// Paths or names; none: every category.
    pub categories: Vec<String>,
    pub urgency: Option<String>,
    pub limits: BTreeMap<String, String>,
}

/// A day that a calendar sets apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DayInput {
    pub date: Option<String>,
    /// `off` or `work`.
    pub kind: Option<String>,
    /// The occasion.
    pub name: Option<String>,
}

const KINDS: [(&str, bool); 2] = [("off", false), ("work", true)];

pub(super) fn terms(form: &mut Form, input: &TermsInput) -> Terms {
    let name = form.required_line("name", input.name.as_deref(), limits::NAME);
    let zone = zone(form, input.zone.as_deref());
    let office = input.office.as_ref().map(|sessions| office(form, sessions));
    let limits = rule_limits(form, "limits", &input.limits);
    few(form, "classes", input.classes.len(), CLASSES_MAX);
    let classes = input.classes.iter().take(CLASSES_MAX).enumerate();
    let classes = classes.map(|(nth, class)| one_class(form, &format!("classes[{nth}]"), class)).collect();
    let verified = input.verified.as_ref().map(|names| categories(form, "verified", names));
    let scoring = input.scoring.as_ref().and_then(|input| weights(form, input));
    let burst = input.burst.as_ref().and_then(|burst| burst_of(form, burst));
    let says = [
        !limits.is_empty(),
        !input.classes.is_empty(),
        zone.is_some(),
        office.is_some(),
        verified.is_some(),
        input.scoring.is_some(),
        input.burst.is_some(),
    ];
    // Whoever said something that can't stand is told that alone.
    if !says.contains(&true) && input.limits.is_empty() {
        form.error("limits", InputError::malformed(Flaw::SaysNothing));
    }
    let name = name.map(|name| name.into_string()).unwrap_or_default();
    Terms { name, zone, office, limits, classes, verified, scoring, burst }
}

fn burst_of(form: &mut Form, input: &BurstInput) -> Option<Burst> {
    let joiners = form.required_number("burst.joiners", input.joiners, (Burst::JOINERS_MIN, Burst::JOINERS_MAX));
    let minutes = (Burst::WITHIN_MINUTES_MIN, Burst::WITHIN_MINUTES_MAX);
    let within_minutes = form.required_number("burst.within_minutes", input.within_minutes, minutes);
    Some(Burst { joiners: joiners?, within_minutes: within_minutes? })
}

fn zone(form: &mut Form, name: Option<&str>) -> Option<String> {
    let name = present(name)?.trim();
    if TimeZoneDatabase::bundled().get(name).is_err() {
        form.error("zone", InputError::unknown(NoSuch::Zone));
    }
    Some(name.to_owned())
}

fn office(form: &mut Form, sessions: &[SessionInput]) -> Vec<Session> {
    few(form, "office", sessions.len(), SESSIONS_MAX);
    let mut hours = Vec::new();
    for (nth, session) in sessions.iter().take(SESSIONS_MAX).enumerate() {
        let opens = time(form, &format!("office[{nth}].opens"), session.opens.as_deref());
        let closes = time(form, &format!("office[{nth}].closes"), session.closes.as_deref());
        if let (Some(opens), Some(closes)) = (opens, closes) {
            hours.push(Session { opens, closes });
        }
    }
    if hours.len() == sessions.len()
        && let Err(error) = OfficeHours::new(hours.clone())
    {
        let flaw = match error {
            OfficeHoursError::None => Flaw::NoSession,
            OfficeHoursError::OutOfOrder => Flaw::Sessions,
        };
        form.error("office", InputError::malformed(flaw));
    }
    hours
}

fn time(form: &mut Form, field: &str, text: Option<&str>) -> Option<Time> {
    let time: Option<Time> = form.required(field, text)?.trim().parse().ok();
    if time.is_none() {
        form.error(field, InputError::malformed(Flaw::TimeOfDay));
    }
    time
}

fn rule_limits(form: &mut Form, field: &str, input: &BTreeMap<String, String>) -> BTreeMap<Rule, Limit> {
    let mut limits = BTreeMap::new();
    for (name, text) in input.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let field = format!("{field}.{name}");
        let Some(rule) = Rule::named(name) else {
            let rules = Rule::ALL.map(Rule::name).join(", ");
            form.error(&field, InputError::unknown(NoSuch::Rule { rules }));
            continue;
        };
        if let Some(limit) = form.keep(&field, Limit::parse(text, rule)) {
            limits.insert(rule, limit);
        }
    }
    limits
}

fn one_class(form: &mut Form, field: &str, input: &ClassInput) -> Class {
    let name = form.required_line(&format!("{field}.name"), input.name.as_deref(), limits::NAME);
    let urgency = form.word(&format!("{field}.urgency"), input.urgency.as_deref(), &URGENCIES);
    let limits = rule_limits(form, &format!("{field}.limits"), &input.limits);
    if limits.is_empty() && input.limits.is_empty() {
        form.error(&format!("{field}.limits"), InputError::Missing);
    }
    let categories = categories(form, &format!("{field}.categories"), &input.categories);
    Class { name: name.map(|name| name.into_string()).unwrap_or_default(), categories, urgency, limits }
}

fn categories(form: &mut Form, field: &str, names: &[String]) -> Vec<sandan_domain::Category> {
    few(form, field, names.len(), CATEGORIES_MAX);
    let names = names.iter().take(CATEGORIES_MAX).enumerate();
    names.filter_map(|(nth, name)| form.category(&format!("{field}[{nth}]"), Some(name))).collect()
}

pub(super) fn days(form: &mut Form, input: &[DayInput]) -> Vec<CalendarDay> {
    few(form, "days", input.len(), DAYS_MAX);
    let mut days: BTreeMap<Date, CalendarDay> = BTreeMap::new();
    for (nth, day) in input.iter().take(DAYS_MAX).enumerate() {
        let field = |name: &str| format!("days[{nth}].{name}");
        let date = date(form, &field("date"), day.date.as_deref());
        let kind = form.required_word(&field("kind"), day.kind.as_deref(), &KINDS);
        let name = form.required_line(&field("name"), day.name.as_deref(), limits::NAME);
        let (Some(date), Some(worked), Some(name)) = (date, kind, name) else { continue };
        if days.insert(date, CalendarDay { date, worked, name: name.into_string() }).is_some() {
            form.error(&field("date"), InputError::malformed(Flaw::Twice { what: date.to_string() }));
        }
    }
    days.into_values().collect()
}

fn date(form: &mut Form, field: &str, text: Option<&str>) -> Option<Date> {
    let text = form.required(field, text)?.trim();
    let date: Option<Date> = text.parse().ok();
    if date.is_none() {
        form.error(field, InputError::malformed(Flaw::of_date(text)));
    }
    date.filter(|date| {
        let is_ours = (2000..=2100).contains(&date.year());
        if !is_ours {
            form.error(field, InputError::OutOfRange { min: 2000, max: 2100 });
        }
        is_ours
    })
}

fn few(form: &mut Form, field: &str, count: usize, max: usize) {
    if count > max {
        form.error(field, InputError::malformed(Flaw::lines(count, max)));
    }
}
