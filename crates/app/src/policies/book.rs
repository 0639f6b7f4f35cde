//! Which policy holds in a community now: worked out once, kept until another begins or somebody publishes.
//!
//! Another node may publish; a row of the log changes then, and every node looks at it once a second. A limit that was
//! set by an older policy in that second is put right by whoever works limits out anew.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sandan_domain::CommunityId;
use sandan_domain::policy::{Force, Policies, Policing, in_force};
use sandan_domain::time::Policy;
use sandan_log::RowChange;
use uuid::Uuid;

use crate::app::App;
use crate::cqrs::Kind;
use crate::execute::policy_stream;
use crate::refusal::Refusal;

/// The row that changes whenever somebody publishes.
const EDITION: &str = "policy_edition";
const KEY: &[u8] = b"edition";
/// How long a look at it lasts.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Communities whose policies stay in memory.
const FORCES_MAX: usize = 10_000;
/// Longest line of communities, one below the other. The organisation has five levels.
const LEVELS_MAX: usize = 32;

/// What this node knows of the policies in force.
#[derive(Default)]
pub(crate) struct Book(Mutex<Known>);

#[derive(Default)]
struct Known {
    edition: Option<Bytes>,
    looked: Option<Instant>,
    /// Since when each is known to hold, and what holds.
    forces: HashMap<CommunityId, (Timestamp, Force)>,
}

impl Book {
    /// The row that tells every node to look again.
    pub fn edition_row() -> RowChange {
        let value = Bytes::copy_from_slice(Uuid::now_v7().as_bytes());
        RowChange::Put { space: EDITION, key: Bytes::from_static(KEY), value }
    }

    /// Somebody published here: look again at once.
    pub fn forget(&self) {
        *self.known() = Known::default();
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None`: it is time to look whether somebody published.
    fn is_published(&self) -> Option<bool> {
        let known = self.known();
        let looked = known.looked.filter(|looked| looked.elapsed() < LOOK_EVERY)?;
        _ = looked;
        Some(known.edition.is_some())
    }

    fn looked(&self, edition: Option<Bytes>) -> bool {
        let mut known = self.known();
        if known.edition != edition {
            known.forces.clear();
            known.edition = edition;
        }
        known.looked = Some(Instant::now());
        known.edition.is_some()
    }

    fn find(&self, community: &CommunityId, at: Timestamp) -> Option<Arc<Policy>> {
        let known = self.known();
        let (since, force) = known.forces.get(community)?;
        let holds = *since <= at && force.until.is_none_or(|until| at < until);
        holds.then(|| Arc::clone(&force.policy))
    }

    fn keep(&self, community: CommunityId, at: Timestamp, force: Force) {
        let mut known = self.known();
        if known.forces.len() >= FORCES_MAX {
            known.forces.clear();
        }
        known.forces.insert(community, (at, force));
    }
}

impl App {
    /// The time zone of a community now.
    pub async fn zone_of(&self, community: &CommunityId) -> Result<TimeZone, Refusal> {
        Ok(self.policy_of(community, self.0.clock.now()).await?.zone.clone())
    }

    /// The policy that holds in a community at an instant.
    pub async fn policy_of(&self, community: &CommunityId, at: Timestamp) -> Result<Arc<Policy>, Refusal> {
        let book = &self.0.book;
        let is_published = match book.is_published() {
            Some(is_published) => is_published,
            None => book.looked(self.0.log.row(EDITION, KEY).await?),
        };
        if !is_published {
            return Ok(Arc::clone(&self.0.policy));
        }
        if let Some(policy) = book.find(community, at) {
            return Ok(policy);
        }
        let force = self.force(community, at, None).await?;
        let policy = Arc::clone(&force.policy);
        book.keep(community.clone(), at, force);
        Ok(policy)
    }

    /// What holds, worked out from the log; `instead` stands in for what one community published.
    pub(super) async fn force(
        &self,
        community: &CommunityId,
        at: Timestamp,
        instead: Option<(&CommunityId, &Policies)>,
    ) -> Result<Force, Refusal> {
        let mut line = Vec::new();
        for community in self.line(community).await? {
            line.push(match instead {
                Some((of, policies)) if *of == community => Arc::new(policies.clone()),
                _ => self.policies(&community).await?,
            });
        }
        let line: Vec<&Policies> = line.iter().map(Arc::as_ref).collect();
        Ok(in_force(&self.0.policy, &line, at))
    }

    /// The communities from the topmost down to this one.
    pub(super) async fn line(&self, community: &CommunityId) -> Result<Vec<CommunityId>, Refusal> {
        let (mut line, mut at) = (Vec::new(), Some(community.clone()));
        while let Some(here) = at.filter(|_| line.len() < LEVELS_MAX) {
            at = self.found_place(&here).await?.and_then(|place| place.parent);
            line.push(here);
        }
        line.reverse();
        Ok(line)
    }

    /// What a community published, as the log has it.
    pub(super) async fn policies(&self, community: &CommunityId) -> Result<Arc<Policies>, Refusal> {
        let entry = self.0.states.fresh::<Policing>(&policy_stream(community)).await?;
        Ok(Policing::take_down(&entry.state).cloned().unwrap_or_default())
    }
}
