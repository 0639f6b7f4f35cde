//! Working open limits out anew after a policy or a calendar changed (R13): in bounded batches, beside the traffic.
//!
//! Each request's command has an id that follows from cause and request, so that two who do the same work do it once,
//! and whoever comes after a crash goes on where the row says.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use bytes::Bytes;
use sandan_domain::ids::derive;
use sandan_domain::policy;
use sandan_domain::request::{self, Case, Command, Request, ServiceRequest};
use sandan_domain::time::Policy;
use sandan_domain::{Actor, CommunityId, Decider, Facts, RequestId};
use sandan_log::{Position, Record};
use uuid::Uuid;

use super::open::{self, OPEN};
use super::work_order::{Stage, WORK, WorkOrder};
use crate::app::App;
use crate::execute::{Identity, Order, Wish};
use crate::promises::Pace;
use crate::refusal::Refusal;

/// Requests that are looked at in one go. Promises and traffic come in between.
const BATCH: usize = 256;
/// How old a change must be before the last look: by then every node has heard of it.
const LAST_LOOK_AFTER: Duration = Duration::from_secs(3);
/// Records that are read at once.
const RECORDS: usize = 1_000;

impl App {
    /// Does one batch of what is to be worked out anew, and says whether there is more to do at once.
    pub async fn work_out_some(&self) -> Result<bool, Refusal> {
        self.work_out_batch(LAST_LOOK_AFTER).await
    }

    async fn work_out_batch(&self, last_look_after: Duration) -> Result<bool, Refusal> {
        let rows = self.0.log.rows(WORK, None, 1).await?;
        let Some((_, value)) = rows.first() else { return Ok(false) };
        let mut work = WorkOrder::read(value)?;
        match work.stage.clone() {
            Stage::New => {
                let began = self.0.log.head().await?.position;
                work.stage = Stage::List { after: None, began };
                self.save(&work).await?;
            }
            Stage::List { after, began } => self.go_through_the_list(&mut work, after, began).await?,
            Stage::Log { after, until } => {
                let until = match until {
                    // Whatever comes later is decided by the newer policy, and would never come to an end.
                    None if age(work.cause) >= last_look_after => Some(self.0.log.head().await?.position),
                    until => until,
                };
                if until.is_some_and(|until| after >= until) {
                    self.finish(&work).await?;
                    return Ok(true);
                }
                let records = self.0.log.read(after, RECORDS).await?;
                let Some(last) = records.last() else { return Ok(false) };
                let last = last.position;
                self.go_through(&mut work, &records, Stage::Log { after: last, until }).await?;
            }
        }
        Ok(true)
    }

    /// Works out everything that is to be, as if no other node ran, and says how many batches that took.
    pub async fn work_out_all(&self) -> Result<u64, Refusal> {
        let mut batches = 0;
        while self.work_out_batch(Duration::ZERO).await? {
            batches += 1;
        }
        Ok(batches)
    }

    async fn go_through_the_list(
        &self,
        work: &mut WorkOrder,
        after: Option<String>,
        began: Position,
    ) -> Result<(), Refusal> {
        let after = after.map(Bytes::from);
        let rows = self.0.log.rows(OPEN, after.as_deref(), BATCH).await?;
        let Some((last, _)) = rows.last() else {
            work.stage = Stage::Log { after: began, until: None };
            return self.save(work).await;
        };
        let mut behind = last.clone();
        let mut concerned = Vec::new();
        let mut communities = HashMap::new();
        for (key, _) in &rows {
            let Some((community, id)) = open::read(key) else { continue };
            if self.concerns(work, &community, &mut communities).await? {
                concerned.push(id);
            } else if Some(key) == rows.last().map(|(key, _)| key) {
                // Nobody of this community is concerned: none of its rows need be read.
                behind = open::behind(&community);
            }
        }
        self.work_out(work, concerned).await?;
        let after = Some(String::from_utf8_lossy(&behind).into_owned());
        work.stage = Stage::List { after, began };
        self.save(work).await
    }

    /// What was written since the work began: a node that had not heard yet may have decided by the older policy.
    async fn go_through(&self, work: &mut WorkOrder, records: &[Record], next: Stage) -> Result<(), Refusal> {
        let mut communities = HashMap::new();
        let mut concerned = BTreeSet::new();
        for record in records {
            let sets_limits = record.stream.kind == Request::KIND && record.kind != "sandan.request.rescheduled";
            let Some(community) = sets_limits.then(|| record.community.parse().ok()).flatten() else { continue };
            if self.concerns(work, &community, &mut communities).await? {
                concerned.insert(RequestId(record.stream.id));
            }
        }
        self.work_out(work, concerned.into_iter().collect()).await?;
        work.stage = next;
        self.save(work).await
    }

    /// Whether the community takes its policies from the one that published.
    async fn concerns(
        &self,
        work: &WorkOrder,
        community: &CommunityId,
        known: &mut HashMap<CommunityId, bool>,
    ) -> Result<bool, Refusal> {
        if let Some(known) = known.get(community) {
            return Ok(*known);
        }
        let concerned = self.line(community).await?.contains(&work.community);
        known.insert(community.clone(), concerned);
        Ok(concerned)
    }

    async fn work_out(&self, work: &mut WorkOrder, requests: Vec<RequestId>) -> Result<(), Refusal> {
        work.seen += requests.len() as u64;
        let (cause, anew) = (work.cause, work.anew());
        let each = |id| async move { self.work_out_one(cause, anew, id).await };
        // As long a rest as each group took: residents come first.
        let moved = Pace::new().work_off(&requests, |took| took, each).await?;
        work.moved += moved.into_iter().map(u64::from).sum::<u64>();
        Ok(())
    }

    /// Whether the limits of this request moved.
    async fn work_out_one(&self, cause: Uuid, anew: request::Anew, id: RequestId) -> Result<bool, Refusal> {
        let case = match self.case(id).await {
            Ok(case) => case,
            Err(Refusal::NotFound) => return Ok(false),
            Err(refusal) => return Err(refusal),
        };
        let now = self.0.clock.now();
        let policy = self.policy_of(&case.community, now).await?;
        // Most of what is looked at stays as it is; that needs no command.
        if moves(&case, anew, now, &policy).is_none() {
            return Ok(false);
        }
        let wish = Wish::Request(id, Command::Reschedule(anew));
        let identity = Identity::derived(derive(id.0, &format!("anew/{cause}")));
        let order = self.own_order("reschedule", identity, wish, cause).await?;
        let receipt = self.execute(&order).await;
        match receipt {
            // Another was first with this command, and since then somebody set a limit by the older policy.
            Ok(receipt) if receipt.replayed => {
                let again = Order { identity: Identity::once(), ..order };
                self.execute(&again).await.map(|_| true).map_err(Refusal::from)
            }
            Ok(_) => Ok(true),
            Err(failure) => Err(failure.into()),
        }
    }

    async fn finish(&self, work: &WorkOrder) -> Result<(), Refusal> {
        let WorkOrder { cause, community, version, calendar, seen, moved, .. } = work.clone();
        let report = policy::Command::Report { version, calendar, seen, moved };
        let wish = Wish::Policy(community, report);
        let identity = Identity::derived(derive(cause, "worked-out"));
        let order = self.own_order("worked-out", identity, wish, cause).await?;
        let order = Order { rows: vec![work.delete()], ..order };
        if self.execute(&order).await?.replayed {
            self.note(vec![work.delete()], Vec::new()).await?;
        }
        tracing::info!(community = %work.community, version, calendar, seen, moved, "open limits were worked out anew");
        Ok(())
    }

    async fn save(&self, work: &WorkOrder) -> Result<(), Refusal> {
        self.note(vec![work.put()?], Vec::new()).await
    }
}

/// How long ago, by the machine, an event was planned: its id says so.
fn age(event: Uuid) -> Duration {
    let planned = event.get_timestamp().map(|stamp| stamp.to_unix());
    let planned = planned.map_or(Duration::ZERO, |(seconds, nanos)| Duration::new(seconds, nanos));
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(Duration::MAX, |now| now.saturating_sub(planned))
}

/// What would be written, if anything moves.
pub(super) fn moves(
    case: &Case,
    anew: request::Anew,
    now: jiff::Timestamp,
    policy: &Policy,
) -> Option<request::Rescheduled> {
    let state = ServiceRequest::Filed(Box::new(case.clone()));
    let facts = Facts { now, actor: &Actor::System, policy };
    let events = Request::decide(&state, Command::Reschedule(anew), &facts).unwrap_or_default();
    events.into_iter().find_map(|event| match event {
        request::Event::Rescheduled(rescheduled) => Some(rescheduled),
        _ => None,
    })
}
