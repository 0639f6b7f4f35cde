//! What a community published, what holds there now, and what is still being worked out.

use std::sync::Arc;

use jiff::Timestamp;
use sandan_domain::CommunityId;
use sandan_domain::policy::{Policies, Version};
use sandan_domain::time::Policy;

use super::work_order::{Stage, WORK, WorkOrder};
use crate::app::App;
use crate::caller::Caller;
use crate::refusal::Refusal;

/// Work orders that are told at once.
const WORK_MAX: usize = 100;

/// Everything about a community's policies.
#[derive(Clone, Debug)]
pub struct PoliciesView {
    pub community: CommunityId,
    /// What holds now, with all that is inherited.
    pub in_force: Arc<Policy>,
    /// Own versions, the newest first.
    pub versions: Vec<PolicyView>,
    pub calendars: Vec<CalendarsView>,
    pub work: Vec<WorkView>,
}

#[derive(Clone, Debug)]
pub struct PolicyView {
    pub version: Version,
    /// The one of this community's that holds now.
    pub holds: bool,
}

#[derive(Clone, Debug)]
pub struct CalendarsView {
    pub version: u32,
    pub name: String,
    pub from: Timestamp,
    pub years: Vec<i16>,
    pub days: usize,
}

/// Limits that are being worked out anew.
#[derive(Clone, Debug)]
pub struct WorkView {
    pub community: CommunityId,
    pub version: u32,
    pub calendar: bool,
    pub seen: u64,
    pub moved: u64,
    /// The list of open requests is done; what came in meanwhile is looked at.
    pub nearly_done: bool,
}

impl App {
    /// What a community published and what holds there. The caller must reach it.
    pub async fn published(&self, by: &Caller, community: &CommunityId) -> Result<PoliciesView, Refusal> {
        self.who_may_see(by, community).await?;
        let now = self.0.clock.now();
        let policies = self.policies(community).await?;
        Ok(PoliciesView {
            community: community.clone(),
            in_force: self.policy_of(community, now).await?,
            versions: versions(&policies, now),
            calendars: calendars(&policies),
            work: self.work_on(community).await?,
        })
    }

    /// What is being worked out anew because of this community or one above.
    async fn work_on(&self, community: &CommunityId) -> Result<Vec<WorkView>, Refusal> {
        let line = self.line(community).await?;
        let rows = self.0.log.rows(WORK, None, WORK_MAX).await?;
        let orders = rows.iter().map(|(_, value)| WorkOrder::read(value)).collect::<Result<Vec<_>, _>>()?;
        let ours = orders.into_iter().filter(|order| line.contains(&order.community));
        Ok(ours.map(view).collect())
    }
}

fn view(order: WorkOrder) -> WorkView {
    let nearly_done = matches!(order.stage, Stage::Log { .. });
    let WorkOrder { community, version, calendar, seen, moved, .. } = order;
    WorkView { community, version, calendar, seen, moved, nearly_done }
}

fn versions(policies: &Policies, now: Timestamp) -> Vec<PolicyView> {
    let holds = policies.version_at(now).map(|version| version.version);
    let view = |version: &Version| PolicyView { version: version.clone(), holds: holds == Some(version.version) };
    policies.versions.iter().rev().map(view).collect()
}

fn calendars(policies: &Policies) -> Vec<CalendarsView> {
    let view = |published: &sandan_domain::policy::Calendars| {
        let mut years: Vec<i16> = published.days.iter().map(|day| day.date.year()).collect();
        years.sort_unstable();
        years.dedup();
        let (version, name, from) = (published.version, published.name.clone(), published.from);
        CalendarsView { version, name, from, years, days: published.days.len() }
    };
    policies.calendars.iter().rev().map(view).collect()
}
