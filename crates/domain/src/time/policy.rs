//! The limits in force, and what else of the rules a community can set. Versioned, so that a due time can
//! name the policy that it came from.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

use super::{Calendar, Limit, OfficeHours, Rule};
use crate::category::Category;
use crate::ids::CommunityId;
use crate::policy::Burst;
use crate::request::Urgency;
use crate::scoring::ScoreWeights;

/// A class of requests with limits of its own (R8): by category, by urgency, or by both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    pub name: String,
    /// These with all below them; none: every category.
    pub categories: Vec<Category>,
    /// `None`: of any urgency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    pub limits: BTreeMap<Rule, Limit>,
}

impl Class {
    fn has(&self, category: Option<&Category>, urgency: Urgency) -> bool {
        let is_listed = |category: &Category| self.categories.iter().any(|listed| category.is_within(listed));
        self.urgency.is_none_or(|of| of == urgency) && (self.categories.is_empty() || category.is_some_and(is_listed))
    }
}

/// One version of a community's settings.
#[derive(Clone, Debug)]
pub struct Policy {
    pub version: u32,
    /// The community that published this version; `None`: the standard, in the program.
    pub of: Option<CommunityId>,
    pub name: String,
    /// Where days begin and end.
    pub zone: TimeZone,
    pub calendar: Arc<Calendar>,
    pub office: OfficeHours,
    /// From filing to triage (R7).
    pub triage: Limit,
    /// The same of an urgent request (R7).
    pub triage_urgent: Limit,
    /// The same of an urgent request that comes in outside office hours (R7).
    pub triage_duty: Limit,
    /// From dispatch to completion (R8).
    pub completion: Limit,
    /// From the order of a rework to its completion (R12).
    pub rework: Limit,
    /// How often a unit is reminded of what is open with it (R9).
    pub reminder: Limit,
    /// From the opening of a review to its end (R15).
    pub review_window: Limit,
    /// Of a supervision order (R10).
    pub supervision: Limit,
    /// How long the pool waits for a claim before the system dispatches (R3).
    pub pool_fallback: Limit,
    /// How long a reviewer's silence lasts until the second invitation (R18).
    pub invitation: Limit,
    /// Categories whose completion somebody else confirms on site, with all below them (R6a).
    pub verified: Vec<Category>,
    /// When joiners of a request are flagged to the oversight board (R14).
    pub burst: Burst,
    /// What counts how much in two-way scoring (R23).
    pub scoring: ScoreWeights,
    /// The first that has a request and names a limit sets it.
    pub classes: Vec<Class>,
}

impl Policy {
    /// The defaults of the rules, in the time zone and by the calendar of mainland China.
    pub fn standard() -> Self {
        Self {
            version: 1,
            of: None,
            name: "标准".to_owned(),
            zone: shanghai(),
            calendar: Arc::clone(Calendar::china()),
            office: OfficeHours::default(),
            triage: Limit::days(2),
            triage_urgent: Limit::days(0),
            triage_duty: Limit::calendar_days(0),
            completion: Limit::days(15),
            rework: Limit::days(7),
            reminder: Limit::days(5),
            review_window: Limit::days(7),
            supervision: Limit::days(3),
            pool_fallback: Limit::days(1),
            invitation: Limit::days(3),
            verified: Vec::new(),
            scoring: ScoreWeights::STANDARD,
            burst: Burst::STANDARD,
            classes: Vec::new(),
        }
    }

    /// The limit of a rule for a request: of the first class that has it and names one, else the general one.
    pub fn limit(&self, rule: Rule, category: Option<&Category>, urgency: Urgency) -> Limit {
        let of_class = |class: &Class| class.has(category, urgency).then(|| class.limits.get(&rule)).flatten().copied();
        self.classes.iter().find_map(of_class).unwrap_or_else(|| self.general(rule))
    }

    /// The class that sets the limit of a rule, if one does.
    pub fn class(&self, rule: Rule, category: Option<&Category>, urgency: Urgency) -> Option<&Class> {
        self.classes.iter().find(|class| class.has(category, urgency) && class.limits.contains_key(&rule))
    }

    pub const fn general(&self, rule: Rule) -> Limit {
        match rule {
            Rule::Triage => self.triage,
            Rule::TriageUrgent => self.triage_urgent,
            Rule::TriageDuty => self.triage_duty,
            Rule::Completion => self.completion,
            Rule::Rework => self.rework,
            Rule::Reminder => self.reminder,
            Rule::ReviewWindow => self.review_window,
            Rule::Supervision => self.supervision,
            Rule::PoolFallback => self.pool_fallback,
            Rule::Invitation => self.invitation,
        }
    }

    pub const fn set(&mut self, rule: Rule, limit: Limit) {
        match rule {
            Rule::Triage => self.triage = limit,
            Rule::TriageUrgent => self.triage_urgent = limit,
            Rule::TriageDuty => self.triage_duty = limit,
            Rule::Completion => self.completion = limit,
            Rule::Rework => self.rework = limit,
            Rule::Reminder => self.reminder = limit,
            Rule::ReviewWindow => self.review_window = limit,
            Rule::Supervision => self.supervision = limit,
            Rule::PoolFallback => self.pool_fallback = limit,
            Rule::Invitation => self.invitation = limit,
        }
    }

    /// Whether the office is open at an instant.
    pub fn in_office_hours(&self, at: Timestamp) -> bool {
        let local = self.zone.to_datetime(at);
        let is_open = |session: &super::Session| session.opens <= local.time() && local.time() < session.closes;
        self.calendar.is_working_day(local.date()) && self.office.sessions().iter().any(is_open)
    }

    /// Which limit of triage a request has that is filed at `at` (R7): an urgent one goes to the duty desk at once
    /// when the office is closed.
    pub fn triage_rule(&self, urgency: Urgency, at: Timestamp) -> Rule {
        match urgency {
            Urgency::Normal => Rule::Triage,
            Urgency::Urgent if self.in_office_hours(at) => Rule::TriageUrgent,
            Urgency::Urgent => Rule::TriageDuty,
        }
    }

    /// Whether somebody other than the handler must confirm the work before its review opens (R6a).
    pub fn needs_verification(&self, category: Option<&Category>) -> bool {
        category.is_some_and(|category| self.verified.iter().any(|listed| category.is_within(listed)))
    }
}

/// From the database in the program, never the machine's: a due time must not depend on where it is worked out.
fn shanghai() -> TimeZone {
    TimeZoneDatabase::bundled().get("Asia/Shanghai").expect("the bundled time zones have Shanghai, as a test checks")
}
