//! What waits for the oversight board: bursts of joiners (R14), requests called unreasonable (R6b), appeals (R19a).

use rusqlite::types::Value;
use sandan_domain::request::{BurstFlagged, UnreasonableProposed};
use sandan_domain::review::{AppealDecided, Appealed, ballot_name};
use sandan_domain::{PersonId, RequestId};
use sandan_log::Record;
use uuid::Uuid;

use super::batch::Batch;
use super::entry::Entry;
use super::time::{int, micros};
use super::{BURST, Coded, Fault, UNREASONABLE, UNREASONABLE_REFUSED, UNREASONABLE_SAID};
use crate::answer::Watched;

/// One line of the list.
struct Line {
    kind: Watched,
    n: i64,
    ballot: Option<Uuid>,
    unit: Option<i64>,
}

impl Batch<'_> {
    pub(super) fn burst(&mut self, entry: &mut Entry, flagged: &BurstFlagged, record: &Record) -> Result<(), Fault> {
        entry.row.facts |= BURST;
        let n = i64::from(flagged.joiners);
        self.watch(entry, record, &Line { kind: Watched::Burst, n, ballot: None, unit: None })
    }

    pub(super) fn said_unreasonable(
        &mut self,
        entry: &mut Entry,
        proposed: &UnreasonableProposed,
        record: &Record,
    ) -> Result<(), Fault> {
        entry.row.facts |= UNREASONABLE_SAID;
        let unit = Some(self.unit_named(entry, &proposed.unit, record)?);
        self.watch(entry, record, &Line { kind: Watched::Unreasonable, n: 0, ballot: None, unit })
    }

    pub(super) fn ruled_unreasonable(&mut self, entry: &mut Entry, upheld: bool) -> Result<(), Fault> {
        entry.row.facts &= !UNREASONABLE_SAID;
        entry.row.facts |= if upheld { UNREASONABLE } else { UNREASONABLE_REFUSED };
        self.unwatch_kind(entry, Watched::Unreasonable)
    }

    /// It ended: nobody has to look at it any more, but for appeals.
    pub(super) fn unwatch(&mut self, entry: &mut Entry) -> Result<(), Fault> {
        if entry.row.facts & BURST != 0 {
            self.unwatch_kind(entry, Watched::Burst)?;
        }
        if entry.row.facts & UNREASONABLE_SAID != 0 {
            self.unwatch_kind(entry, Watched::Unreasonable)?;
        }
        Ok(())
    }

    pub(super) fn appealed(&mut self, entry: &Entry, appealed: &Appealed, record: &Record) -> Result<(), Fault> {
        let sql =
            "UPDATE ballot SET appeal = 0, ground = ?, appeal_reason = ? WHERE seq = ? AND round = ? AND person = ?";
        let (seq, Appealed { round, person, ground, reason, .. }) = (entry.row.seq, appealed);
        self.sql.prepare_cached(sql)?.execute((ground.code(), reason.text(), seq, round, person.0))?;
        let ballot = Some(ballot_of(entry, *round, *person));
        let unit = Some(self.unit_named(entry, &appealed.unit, record)?);
        self.watch(entry, record, &Line { kind: Watched::Appeal, n: i64::from(*round), ballot, unit })
    }

    pub(super) fn ruled_appeal(&mut self, entry: &mut Entry, decided: &AppealDecided) -> Result<(), Fault> {
        let sql = "UPDATE ballot SET appeal = ? WHERE seq = ? AND round = ? AND person = ?";
        let (seq, round, person) = (entry.row.seq, decided.round, decided.person);
        let ruling = if decided.upheld { 1 } else { 2 };
        self.sql.prepare_cached(sql)?.execute((ruling, seq, round, person.0))?;
        entry.row.struck += i64::from(decided.upheld);
        let sql = "DELETE FROM watch WHERE seq = ? AND ballot = ?";
        self.sql.prepare_cached(sql)?.execute((seq, ballot_of(entry, round, person)))?;
        Ok(())
    }

    fn watch(&self, entry: &Entry, record: &Record, line: &Line) -> Result<(), Fault> {
        let sql = "INSERT INTO watch (id, community, kind, seq, at, n, ballot, unit) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        let Line { kind, n, ballot, unit } = line;
        let ballot = ballot.map_or(Value::Null, |name| name.as_bytes().to_vec().into());
        let (id, at) = (int(record.position), micros(record.occurred));
        self.sql.prepare_cached(sql)?.execute((
            id,
            entry.row.community,
            kind.code(),
            entry.row.seq,
            at,
            n,
            ballot,
            unit,
        ))?;
        Ok(())
    }

    fn unwatch_kind(&self, entry: &Entry, kind: Watched) -> Result<(), Fault> {
        let sql = "DELETE FROM watch WHERE seq = ? AND kind = ?";
        self.sql.prepare_cached(sql)?.execute((entry.row.seq, kind.code()))?;
        Ok(())
    }
}

pub(super) fn ballot_of(entry: &Entry, round: u32, person: PersonId) -> Uuid {
    ballot_name(RequestId(entry.row.id), round, person)
}
