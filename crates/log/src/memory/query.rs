//! What the log in memory answers, and how it forks.

use std::ops::Bound;

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

use super::state::{Answer, State};
use crate::clock::whole_micros;
use crate::{Generation, GenerationMark, Hash, Head, Remembered, Timer};

impl State {
    pub fn head(&self) -> Head {
        let hash = self.records.last().map_or(Hash::ZERO, |record| record.hash);
        Head { position: self.records.len() as u64, generation: self.generation(), hash }
    }

    pub fn generation(&self) -> Generation {
        self.generations.last().map_or(1, |mark| mark.number)
    }

    pub fn fork(&mut self, why: &str) -> GenerationMark {
        let (number, after) = (self.generation() + 1, self.head().position);
        let mark = GenerationMark { number, after, begun: Some(whole_micros(Timestamp::now())), why: why.to_owned() };
        self.generations.push(mark.clone());
        self.leases.lapse();
        mark
    }

    pub fn remembered(&self, command: Uuid) -> Option<Remembered> {
        let Answer { fingerprint, receipt } = self.commands.get(&command)?;
        Some(Remembered {
            fingerprint: fingerprint.unwrap_or_default(),
            outcome: receipt.outcome.clone(),
            first: receipt.first,
            last: receipt.last,
        })
    }

    pub fn row(&self, space: &str, key: &[u8]) -> Option<Bytes> {
        self.rows.get(space)?.get(key).cloned()
    }

    pub fn rows(&self, space: &str, after: Option<&[u8]>, limit: usize) -> Vec<(Bytes, Bytes)> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let rows = self.rows.get(space).into_iter();
        let rows = rows.flat_map(|rows| rows.range::<[u8], _>((from, Bound::Unbounded)));
        rows.take(limit).map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    pub fn due_timers(&self, until: Timestamp, limit: usize) -> Vec<Timer> {
        let due = self.timers.range(..=(until, Uuid::max())).take(limit);
        due.map(|((due, id), body)| Timer { id: *id, due: *due, body: body.clone() }).collect()
    }

    pub fn next_timer(&self) -> Option<Timestamp> {
        self.timers.keys().next().map(|(due, _)| *due)
    }
}
