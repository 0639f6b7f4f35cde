//! A batch of events on its way into the tables.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use sandan_domain::Event;
use sandan_log::Record;
use uuid::Uuid;

use super::entry::Entry;
use super::figures::Figures;
use super::names::Names;
use super::time::{int, micros};
use super::{Coded, Fault, Opened};
use crate::answer::TimelineStream;

pub(super) struct Batch<'a> {
    pub sql: &'a Connection,
    pub names: &'a mut Names,
    pub zone: &'a TimeZone,
    pub figures: Figures,
    /// Requests taken up or let go, by unit.
    pub loads: HashMap<i64, i64>,
    entries: HashMap<Uuid, Entry>,
}

impl<'a> Batch<'a> {
    pub fn new(sql: &'a Connection, names: &'a mut Names, zone: &'a TimeZone) -> Self {
        Self { sql, names, zone, figures: Figures::default(), loads: HashMap::new(), entries: HashMap::new() }
    }

    pub fn apply(&mut self, opened: &Opened) -> Result<(), Fault> {
        let record = &opened.record;
        match &opened.event {
            Event::Request(event) => self.request(record, event),
            Event::Review(event) => self.review(record, event),
            Event::Unit(event) => self.unit(record, event),
            Event::Community(event) => self.community(record, event),
            // What is published is asked of the application; what it moves comes with the requests.
            Event::Policy(_) | Event::Evaluation(_) | Event::Project(_) | Event::Scoring(_) => Ok(()),
            Event::Callback(event) => self.callback(record, event),
            Event::Honour(event) => self.honour(record, event),
        }
    }

    /// The request's entry, out of the batch; [`Batch::put`] gives it back.
    pub fn take(&mut self, id: Uuid, position: u64) -> Result<Entry, Fault> {
        match self.entries.remove(&id) {
            Some(entry) => Ok(entry),
            None => Entry::load(self.sql, id, position),
        }
    }

    pub fn put(&mut self, id: Uuid, entry: Entry) {
        self.entries.insert(id, entry);
    }

    pub fn entry(&self, id: Uuid) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// Puts the event into the request's timeline, with the state and the owner that it left.
    pub fn moment(&self, entry: &Entry, record: &Record, stream: TimelineStream) -> Result<(), Fault> {
        let sql = "INSERT INTO moment (seq, position, stream, version, occurred, recorded, state, owner)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        self.sql.prepare_cached(sql)?.execute((
            entry.row.seq,
            int(record.position),
            stream.code(),
            int(record.version),
            micros(record.occurred),
            micros(record.recorded),
            entry.row.state.code(),
            entry.row.owner,
        ))?;
        Ok(())
    }

    /// Tells the live stream.
    pub fn changed(&self, entry: &mut Entry, record: &Record) -> Result<(), Fault> {
        entry.row.position = int(record.position);
        let sql = "INSERT INTO change (position, seq, state) VALUES (?, ?, ?)";
        let state = entry.row.state.code();
        self.sql.prepare_cached(sql)?.execute((entry.row.position, entry.row.seq, state))?;
        Ok(())
    }

    /// Writes what was gathered.
    pub fn finish(self, now: Timestamp) -> Result<(), Fault> {
        let Self { sql, zone, mut figures, loads, entries, .. } = self;
        let mut entries: Vec<Entry> = entries.into_values().collect();
        // In the order of the table: neighbours share pages.
        entries.sort_unstable_by_key(|entry| entry.row.seq);
        for entry in &mut entries {
            entry.write(sql, now)?;
            figures.change(entry.before.as_ref(), &entry.row, zone);
        }
        figures.write(sql)?;
        let mut statement = sql.prepare_cached("UPDATE unit SET load = load + ? WHERE code = ?")?;
        for (unit, by) in loads.into_iter().filter(|(_, by)| *by != 0) {
            statement.execute((by, unit))?;
        }
        Ok(())
    }
}
