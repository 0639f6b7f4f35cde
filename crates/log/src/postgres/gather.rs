//! Which of the waiting appends make the next batch.
//!
//! The database checks all appends of a batch at once, against what is stored. So the batch ends before the first
//! append whose answer would depend on what an earlier one of the same batch does, but for one case that is
//! common: an append to a stream that an earlier one writes to, and that expects what that one leaves behind. These
//! form a group, which stands or falls in order.

use std::collections::{HashMap, HashSet, VecDeque};

use uuid::Uuid;

use super::queue::Request;
use crate::append::RowChange;
use crate::fate;
use crate::prepare::Prepared;
use crate::{StreamName, Version};

/// Appends in one batch. More would make the first of them wait too long.
pub(super) const BATCH_APPENDS_MAX: usize = 1_024;
/// Bytes of bodies, outcomes, rows and timers in one batch; a single append may have more.
const BATCH_BYTES_MAX: usize = 8 << 20;

/// Appends that can be checked at once, and how they hang together.
#[derive(Default)]
pub(super) struct Batch {
    pub requests: Vec<Request>,
    /// For each append: the first one of its group.
    pub groups: Vec<usize>,
    /// For each append and each of its expectations: whether the log decides it, and not an earlier append.
    pub roots: Vec<Vec<bool>>,
}

impl Batch {
    /// Takes from the front of `waiting` as many as go together: at least one, but for those that were decided upon an
    /// append of which nothing came, and are refused.
    ///
    /// Whatever an append was decided upon was given to the log before it. So it is settled by now, or stands before it
    /// in this batch; and there the two are of one group, since the later one expects what the earlier one leaves behind.
    pub fn gather(waiting: &mut VecDeque<Request>) -> Self {
        let mut batch = Self::default();
        let mut known = Known::default();
        while batch.requests.len() < BATCH_APPENDS_MAX {
            let Some(next) = waiting.front() else { break };
            let founded = fate::check(&next.prepared.append);
            if founded.is_ok() && !known.admits(&next.prepared) {
                break;
            }
            let Some(request) = waiting.pop_front() else { break };
            if let Err(refusal) = founded {
                request.reply(Err(refusal));
                continue;
            }
            let (group, roots) = known.take(&request.prepared, batch.requests.len(), &mut batch.groups);
            batch.groups.push(group);
            batch.roots.push(roots);
            batch.requests.push(request);
        }
        batch
    }

    /// A batch of one.
    pub fn alone(request: Request) -> Self {
        let roots = vec![true; request.prepared.append.expect.len()];
        Self { requests: vec![request], groups: vec![0], roots: vec![roots] }
    }
}

/// What the appends of a batch do.
#[derive(Default)]
struct Known {
    ids: HashSet<Uuid>,
    /// Streams that are written, the version they have afterwards, and the last append that wrote.
    streams: HashMap<StreamName, (Version, usize)>,
    rows: HashSet<(&'static str, bytes::Bytes)>,
    bytes: usize,
}

impl Known {
    fn admits(&self, next: &Prepared) -> bool {
        let append = &next.append;
        let mut ids = std::iter::once(&append.command.id).chain(&append.also);
        if ids.any(|id| self.ids.contains(id)) {
            return false;
        }
        let chained = append
            .expect
            .iter()
            .all(|expect| self.streams.get(&expect.stream).is_none_or(|(version, _)| *version == expect.version));
        let free = append.rows.iter().all(|row| match row {
            RowChange::Claim { space, key, .. } => !self.rows.contains(&(*space, key.clone())),
            RowChange::Put { .. } | RowChange::Delete { .. } => true,
        });
        chained && free && (self.bytes == 0 || self.bytes + bytes(next) <= BATCH_BYTES_MAX)
    }

    /// The append's group and which of its expectations are roots. Groups that it joins become one.
    fn take(&mut self, next: &Prepared, index: usize, groups: &mut [usize]) -> (usize, Vec<bool>) {
        let append = &next.append;
        self.bytes += bytes(next);
        self.ids.insert(append.command.id);
        self.ids.extend(&append.also);
        self.rows.extend(append.rows.iter().map(|row| match row {
            RowChange::Claim { space, key, .. }
            | RowChange::Put { space, key, .. }
            | RowChange::Delete { space, key } => (*space, key.clone()),
        }));
        let mut group = index;
        let mut roots = Vec::with_capacity(append.expect.len());
        for expect in &append.expect {
            let earlier = self.streams.get(&expect.stream).map(|(_, writer)| groups[*writer]);
            roots.push(earlier.is_none());
            if let Some(earlier) = earlier {
                let (one, other) = (group.min(earlier), group.max(earlier));
                groups.iter_mut().filter(|group| **group == other).for_each(|group| *group = one);
                group = one;
            }
        }
        for number in &next.events {
            let stream = &append.expect[number.stream].stream;
            self.streams.insert(stream.clone(), (number.version, index));
        }
        (group, roots)
    }
}

fn bytes(prepared: &Prepared) -> usize {
    let append = &prepared.append;
    let bodies: usize = append.events.iter().map(|event| event.body.len()).sum();
    let rows: usize = append.rows.iter().map(row_bytes).sum();
    // Numbers, ids and names.
    bodies + rows + append.command.outcome.len() + 256 * (append.events.len() + 1)
}

fn row_bytes(row: &RowChange) -> usize {
    match row {
        RowChange::Claim { key, value, .. } | RowChange::Put { key, value, .. } => key.len() + value.len(),
        RowChange::Delete { key, .. } => key.len(),
    }
}
