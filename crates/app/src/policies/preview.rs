//! What a policy or a calendar would move, before it is published.

use std::collections::HashMap;

use jiff::Timestamp;
use sandan_domain::policy::{self, Policies, Policing};
use sandan_domain::request::Anew;
use sandan_domain::{Actor, CommunityId, Decider, Facts};
use serde::Serialize;

use super::open::{self, OPEN};
use super::work::moves;
use crate::app::App;
use crate::refusal::Refusal;

/// Rows that are read at once.
const BATCH: usize = 512;
/// Open requests that are looked at: somebody waits for the answer.
const SEEN_MAX: u64 = 20_000;

/// How many open due times would move, as of now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// Open requests that were looked at.
    pub seen: u64,
    pub earlier: u64,
    pub later: u64,
    /// Of the earlier ones those that would be overdue at once.
    pub overdue: u64,
    /// There are more than were looked at.
    pub more: bool,
}

impl App {
    /// Looks at the open requests of a community and of those below it.
    pub(crate) async fn preview(&self, community: &CommunityId, wish: policy::Command) -> Result<Preview, Refusal> {
        let anew = match &wish {
            policy::Command::PublishCalendar { .. } => Anew::Calendar,
            _ => Anew::Policy,
        };
        let now = self.0.clock.now();
        let (policies, at) = self.as_if(community, wish, now).await?;
        let mut preview = Preview::default();
        let mut forces: HashMap<CommunityId, Option<_>> = HashMap::new();
        let mut after = None;
        loop {
            let rows = self.0.log.rows(OPEN, after.as_deref(), BATCH).await?;
            for (key, _) in &rows {
                let Some((of, id)) = open::read(key) else { continue };
                if !forces.contains_key(&of) {
                    let concerned = self.line(&of).await?.contains(community);
                    let force =
                        if concerned { Some(self.force(&of, at, Some((community, &policies))).await?) } else { None };
                    forces.insert(of.clone(), force);
                }
                let Some(Some(force)) = forces.get(&of) else { continue };
                if preview.seen >= SEEN_MAX {
                    return Ok(Preview { more: true, ..preview });
                }
                let Ok(case) = self.case(id).await else { continue };
                preview.seen += 1;
                let Some(moved) = moves(&case, anew, now, &force.policy) else { continue };
                preview.earlier += u64::from(moved.due.at < moved.before.at);
                preview.later += u64::from(moved.due.at > moved.before.at);
                preview.overdue += u64::from(moved.due.at <= now && moved.before.at > now);
            }
            match rows.last() {
                Some((key, _)) if rows.len() == BATCH => after = Some(key.clone()),
                _ => return Ok(preview),
            }
        }
    }

    /// What the community would have published, and the instant from which that holds.
    async fn as_if(
        &self,
        community: &CommunityId,
        wish: policy::Command,
        now: Timestamp,
    ) -> Result<(Policies, Timestamp), Refusal> {
        let mut policies = Policies::clone(&*self.policies(community).await?);
        let facts = Facts { now, actor: &Actor::System, policy: &self.0.policy };
        let rejected = |rejection| Refusal::Rejected { rejection, state: None, permitted: Vec::new() };
        let events = Policing::decide(&policies, wish, &facts).map_err(rejected)?;
        events.iter().for_each(|event| Policing::evolve(&mut policies, event));
        let begins = events.iter().find_map(|event| match event {
            policy::Event::Published(published) => Some(published.from),
            _ => None,
        });
        Ok((policies, begins.unwrap_or(now)))
    }
}
