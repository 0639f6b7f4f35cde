//! A batch as the arrays that the database's function takes.

use std::collections::HashMap;

use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::gather::Batch;
use super::number;
use crate::append::{RowChange, TimerChange};
use crate::claims::claims;
use crate::prepare::Prepared;
use crate::{Append, NewEvent};

/// Type and name of a column, one a line; [`Columns::parameters`] puts them in the order of `sandan.append_2`.
macro_rules! columns {
    ($($name:ident: $kind:ty),* $(,)?) => {
        /// Everything in a batch, by columns. What the fields hold is said beside the functions, in their migrations.
        #[derive(Default)]
        pub(super) struct Columns<'a> {
            now: i64,
            $(pub $name: Vec<$kind>,)*
            /// Where each key and each timer is changed last.
            last_row: HashMap<(&'a str, &'a [u8]), usize>,
            last_timer: HashMap<Uuid, usize>,
        }

        impl<'a> Columns<'a> {
            pub const COUNT: usize = 1 + [$(stringify!($name)),*].len();

            pub fn parameters(&self) -> Vec<&(dyn ToSql + Sync)> {
                vec![&self.now, $(&self.$name),*]
            }
        }
    };
}

columns! {
    counts: i32, groups: i32, generations: i32,
    memory_of: i32, memory: Uuid, fingerprint: Option<&'a [u8]>, outcome: &'a [u8],
    fence_of: i32, fence_job: &'a str, fence: i64,
    expect_of: i32, expect_kind: &'a str, expect_stream: Uuid, expect: i64,
    claim_of: i32, claim_space: &'a str, claim_key: &'a [u8], claim_value: Option<&'a [u8]>,
    stream_kind: &'a str, stream: Uuid, version: i64, id: Uuid, kind: &'a str, schema: i32, community: &'a str,
    occurred: i64, command: Uuid, correlation: Uuid, causation: Option<Uuid>, actor: &'a str, digest: &'a [u8],
    body: &'a [u8],
    row_of: i32, row_space: &'a str, row_key: &'a [u8], row_value: Option<&'a [u8]>,
    timer_of: i32, timer: Uuid, timer_due: i64, timer_body: Option<&'a [u8]>,
    nth_last: i64, nth_memory_first: i64, nth_memory_last: i64, nth_streams: i64,
    row_fate: i32, timer_fate: i32,
}

/// What becomes of a change of a key or a timer, if all of the batch is accepted.
mod fate {
    /// A later one of the batch takes its place.
    pub const NONE: i32 = 0;
    /// Nothing is there yet: the key's claim passed.
    pub const NEW: i32 = 1;
    pub const PUT: i32 = 2;
    pub const DELETED: i32 = 3;
}

impl<'a> Columns<'a> {
    /// The columns of `batch`, at the caller's time in microseconds.
    pub fn new(batch: &'a Batch, now: i64) -> Self {
        let mut columns = Self { now, ..Self::default() };
        for (index, request) in batch.requests.iter().enumerate() {
            columns.groups.push(place(batch.groups[index]));
            columns.add(&request.prepared, place(index), &batch.roots[index]);
        }
        columns
    }

    fn add(&mut self, prepared: &'a Prepared, of: i32, roots: &[bool]) {
        let append = &prepared.append;
        let before = self.nth_last.last().copied().unwrap_or_default();
        let last = before + number::<_, i64>(append.events.len());
        self.nth_last.push(last);
        self.counts.push(number(append.events.len()));
        self.generations.push(number(append.generation.unwrap_or_default()));
        self.remember(append, of, (last.min(before + 1), last));
        if let Some(fence) = &append.fence {
            self.fence_of.push(of);
            self.fence_job.push(&fence.job);
            self.fence.push(number(fence.number));
        }
        for (expect, _) in append.expect.iter().zip(roots).filter(|(_, root)| **root) {
            self.expect_of.push(of);
            self.expect_kind.push(&expect.stream.kind);
            self.expect_stream.push(expect.stream.id);
            self.expect.push(number(expect.version));
        }
        for claim in claims(&append.rows) {
            self.claim_of.push(of);
            self.claim_space.push(claim.space);
            self.claim_key.push(claim.key);
            self.claim_value.push(claim.standing.map(|value| &value[..]));
        }
        for (event, numbered) in append.events.iter().zip(&prepared.events) {
            let streams = self.nth_streams.last().copied().unwrap_or_default();
            self.nth_streams.push(streams + i64::from(numbered.version == 1));
            self.version.push(number(numbered.version));
            self.digest.push(&numbered.digest.0);
            self.write(event, append.command.id);
        }
        self.change_rows(&append.rows, of);
        append.timers.iter().for_each(|change| self.change_timer(change, of));
    }

    fn remember(&mut self, append: &'a Append, of: i32, (first, last): (i64, i64)) {
        let command = &append.command;
        let own = (command.id, Some(&command.fingerprint[..]));
        for (id, fingerprint) in std::iter::once(own).chain(append.also.iter().map(|id| (*id, None))) {
            self.memory_of.push(of);
            self.memory.push(id);
            self.fingerprint.push(fingerprint);
            self.outcome.push(&command.outcome);
            self.nth_memory_first.push(first);
            self.nth_memory_last.push(last);
        }
    }

    fn write(&mut self, event: &'a NewEvent, command: Uuid) {
        self.stream_kind.push(&event.stream.kind);
        self.stream.push(event.stream.id);
        self.id.push(event.id);
        self.kind.push(event.kind);
        self.schema.push(event.schema.into());
        self.community.push(&event.community);
        self.occurred.push(event.occurred.as_microsecond());
        self.command.push(command);
        self.correlation.push(event.correlation);
        self.causation.push(event.causation);
        self.actor.push(&event.actor);
        self.body.push(&event.body);
    }

    /// What an append leaves at a key is what it does there last.
    fn change_rows(&mut self, rows: &'a [RowChange], of: i32) {
        for row in rows {
            let (space, key, value, fate) = match row {
                RowChange::Claim { space, key, value } => (*space, &key[..], Some(&value[..]), fate::NEW),
                RowChange::Put { space, key, value } => (*space, &key[..], Some(&value[..]), fate::PUT),
                RowChange::Delete { space, key } => (*space, &key[..], None, fate::DELETED),
            };
            let earlier = self.last_row.get(&(space, key)).copied();
            if let Some(index) = earlier.filter(|index| self.row_of[*index] == of) {
                self.row_value[index] = value;
                // A claim after a deletion by the same append passes, whatever stands there.
                self.row_fate[index] = if value.is_some() { fate::PUT } else { fate::DELETED };
                continue;
            }
            if let Some(index) = earlier {
                self.row_fate[index] = fate::NONE;
            }
            self.last_row.insert((space, key), self.row_of.len());
            self.row_of.push(of);
            self.row_space.push(space);
            self.row_key.push(key);
            self.row_value.push(value);
            self.row_fate.push(fate);
        }
    }

    fn change_timer(&mut self, change: &'a TimerChange, of: i32) {
        let (id, due, body, fate) = match change {
            TimerChange::Set(timer) => (timer.id, timer.due.as_microsecond(), Some(&timer.body[..]), fate::PUT),
            TimerChange::Cancel(id) => (*id, 0, None, fate::DELETED),
        };
        if let Some(earlier) = self.last_timer.insert(id, self.timer.len()) {
            self.timer_fate[earlier] = fate::NONE;
        }
        self.timer_of.push(of);
        self.timer.push(id);
        self.timer_due.push(due);
        self.timer_body.push(body);
        self.timer_fate.push(fate);
    }
}

/// Places count from 1 in the database.
fn place(index: usize) -> i32 {
    number(index + 1)
}
