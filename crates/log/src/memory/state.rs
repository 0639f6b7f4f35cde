//! What the log in memory holds, and how an append changes it: checks first, then changes that can't fail.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

use crate::append::{NewEvent, RowChange, TimerChange};
use crate::clock::not_before;
use crate::lease::Leases;
use crate::prepare::{Numbered, Prepared};
use crate::{AppendError, Appended, GenerationMark, Record, StreamName, Timer, claims, link, prepare};

pub(super) struct State {
    /// The record at position `n` stands at `n - 1`.
    pub records: Vec<Record>,
    /// Places in `records`, in the order of versions.
    pub streams: HashMap<StreamName, Vec<usize>>,
    pub generations: Vec<GenerationMark>,
    pub leases: Leases,
    pub commands: HashMap<Uuid, Answer>,
    pub rows: HashMap<&'static str, BTreeMap<Bytes, Bytes>>,
    pub timers: BTreeMap<(Timestamp, Uuid), Bytes>,
    due: HashMap<Uuid, Timestamp>,
    recorded: Timestamp,
}

/// What is kept of an accepted command; no fingerprint if another command fulfilled it.
pub(super) struct Answer {
    pub fingerprint: Option<[u8; 32]>,
    pub receipt: Appended,
}

impl Default for State {
    fn default() -> Self {
        Self {
            records: Vec::new(),
            streams: HashMap::new(),
            generations: vec![GenerationMark { number: 1, after: 0, begun: None, why: String::new() }],
            leases: Leases::default(),
            commands: HashMap::new(),
            rows: HashMap::new(),
            timers: BTreeMap::new(),
            due: HashMap::new(),
            recorded: Timestamp::MIN,
        }
    }
}

impl State {
    pub fn append(&mut self, prepared: Prepared, now: Timestamp) -> Result<Appended, AppendError> {
        if let Some(receipt) = self.check(&prepared)? {
            return Ok(receipt);
        }
        self.recorded = not_before(self.recorded, now);
        let before = self.head().position;
        let Prepared { append, events } = prepared;
        for (event, number) in append.events.into_iter().zip(events) {
            self.write_event(event, number, append.command.id);
        }
        append.rows.into_iter().for_each(|change| self.change_row(change));
        append.timers.into_iter().for_each(|change| self.change_timer(change));
        let receipt = self.receipt(before, append.command.outcome);
        self.remember(append.command.id, Some(append.command.fingerprint), &receipt);
        append.also.iter().for_each(|id| self.remember(*id, None, &receipt));
        Ok(receipt)
    }

    /// The first receipt if the command was accepted before.
    fn check(&self, prepared: &Prepared) -> Result<Option<Appended>, AppendError> {
        let append = &prepared.append;
        if let Some(answer) = self.commands.get(&append.command.id) {
            return match answer.fingerprint.is_none_or(|known| known == append.command.fingerprint) {
                true => Ok(Some(Appended { replayed: true, ..answer.receipt.clone() })),
                false => Err(AppendError::CommandReused(append.command.id)),
            };
        }
        if let Some(id) = append.also.iter().find(|id| self.commands.contains_key(id)) {
            return Err(AppendError::CommandReused(*id));
        }
        self.leases.check(append.fence.as_ref())?;
        prepare::check_generation(append, self.generation())?;
        for expect in &append.expect {
            let actual = self.streams.get(&expect.stream).map_or(0, |places| places.len() as u64);
            if actual != expect.version {
                let (stream, expected) = (expect.stream.clone(), expect.version);
                return Err(AppendError::Conflict { stream, expected, actual });
            }
        }
        claims::check(&append.rows, |space, key| Ok(self.row(space, key)))?;
        Ok(None)
    }

    fn write_event(&mut self, event: NewEvent, number: Numbered, command: Uuid) {
        let head = self.head();
        let position = head.position + 1;
        self.streams.entry(event.stream.clone()).or_default().push(self.records.len());
        self.records.push(Record {
            position,
            generation: head.generation,
            stream: event.stream,
            version: number.version,
            id: event.id,
            kind: event.kind.to_owned(),
            schema: event.schema,
            community: event.community,
            occurred: event.occurred,
            recorded: self.recorded,
            command,
            correlation: event.correlation,
            causation: event.causation,
            actor: event.actor,
            body: event.body,
            hash: link(&head.hash, position, self.recorded, &number.digest),
        });
    }

    fn change_row(&mut self, change: RowChange) {
        match change {
            RowChange::Claim { space, key, value } | RowChange::Put { space, key, value } => {
                self.rows.entry(space).or_default().insert(key, value);
            }
            RowChange::Delete { space, key } => {
                self.rows.entry(space).or_default().remove(&key);
            }
        }
    }

    fn change_timer(&mut self, change: TimerChange) {
        let (TimerChange::Set(Timer { id, .. }) | TimerChange::Cancel(id)) = &change;
        if let Some(due) = self.due.remove(id) {
            self.timers.remove(&(due, *id));
        }
        if let TimerChange::Set(timer) = change {
            self.due.insert(timer.id, timer.due);
            self.timers.insert((timer.due, timer.id), timer.body);
        }
    }

    fn receipt(&self, before: u64, outcome: Bytes) -> Appended {
        let head = self.head();
        Appended {
            first: head.position.min(before + 1),
            last: head.position,
            generation: head.generation,
            hash: head.hash,
            recorded: self.recorded,
            replayed: false,
            outcome,
        }
    }

    fn remember(&mut self, id: Uuid, fingerprint: Option<[u8; 32]>, receipt: &Appended) {
        self.commands.insert(id, Answer { fingerprint, receipt: receipt.clone() });
    }
}
