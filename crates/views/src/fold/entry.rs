//! A request that a batch touches: read once, changed in memory, written once at the end of the batch.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use sandan_domain::request::{Case, Holder, ServiceRequest, Stage};
use sandan_domain::{CommunityId, UnitId};
use uuid::Uuid;

use super::light::{relight, runs};
use super::names::Names;
use super::row::Row;
use super::time::micros;
use super::{Coded, Fault};
use crate::ViewsError;
use crate::answer::State;

#[derive(Debug)]
pub(super) struct Entry {
    /// As the table has it; `None`: not there yet.
    pub before: Option<Row>,
    pub row: Row,
    /// As the rules see it, without its signers: those have a table.
    pub state: ServiceRequest,
    /// `state` was changed.
    pub evolved: bool,
}

impl Entry {
    pub fn load(connection: &Connection, id: Uuid, position: u64) -> Result<Self, Fault> {
        let unknown = || Fault::poison(position, format!("request {id} was never filed"));
        let row = Row::load(connection, id)?.ok_or_else(unknown)?;
        let state = standing(connection, row.seq).map_err(|reason| Fault::poison(position, reason))?;
        Ok(Self { before: Some(row.clone()), row, state, evolved: false })
    }

    /// Brings the row up to what the rules say of the request.
    pub fn refresh(&mut self, connection: &Connection, names: &mut Names) -> Result<(), ViewsError> {
        let ServiceRequest::Filed(case) = &mut self.state else { return Ok(()) };
        case.signers.clear();
        let row = &mut self.row;
        row.state = State::from(&case.stage);
        row.round = case.round;
        row.returns = case.returns;
        row.due_at = micros(case.due.at);
        row.due_started = runs(case).then(|| micros(case.due.started));
        row.supervised = case.supervision.as_ref().map(|due| micros(due.at));
        row.escalated = case.escalated.map(Coded::code);
        row.asked_until = case.asked_until.map(micros);
        row.extended = case.extended;
        row.open_slots = open_slots(&case.stage);
        row.pooled = row.open_slots > 0;
        let code = |names: &mut Names, unit: &UnitId, community: &CommunityId| {
            names.unit(connection, row.community, community, unit)
        };
        row.owner = match case.owner() {
            None => None,
            Some(Holder::Desk) => Some(0),
            Some(Holder::Unit(unit)) => Some(code(names, &unit, &case.community)?),
        };
        if let Some(team) = team(case) {
            let units = team.iter().map(|unit| code(names, unit, &case.community));
            row.units = units.collect::<Result<_, _>>()?;
            row.lead = row.units.first().copied();
        }
        if row.facts & super::COMPLETED == 0 {
            row.fact_unit = row.lead;
        }
        Ok(())
    }

    /// Writes what changed.
    pub fn write(&mut self, connection: &Connection, now: Timestamp) -> Result<(), ViewsError> {
        relight(&mut self.row, now);
        match &self.before {
            None => self.row.insert(connection)?,
            Some(before) => self.row.update(before, connection)?,
        }
        self.write_standing(connection)?;
        self.write_team(connection)
    }

    fn write_standing(&self, connection: &Connection) -> Result<(), ViewsError> {
        if !self.evolved {
            return Ok(());
        }
        if self.row.state.is_open() || self.row.state == State::Closed {
            let body = serde_json::to_vec(&self.state).map_err(|error| ViewsError::Storage(error.to_string()))?;
            let sql = "INSERT OR REPLACE INTO standing (seq, body) VALUES (?, ?)";
            connection.prepare_cached(sql)?.execute((self.row.seq, body))?;
        } else if self.before.is_some() {
            connection.prepare_cached("DELETE FROM standing WHERE seq = ?")?.execute([self.row.seq])?;
        }
        Ok(())
    }

    fn write_team(&self, connection: &Connection) -> Result<(), ViewsError> {
        let row = &self.row;
        if let Some(before) = &self.before {
            if before.units == row.units && before.state.is_open() == row.state.is_open() {
                return Ok(());
            }
            let sql = "DELETE FROM team WHERE unit = ? AND live = ? AND filed_at = ? AND seq = ?";
            let mut statement = connection.prepare_cached(sql)?;
            for unit in &before.units {
                statement.execute((unit, before.state.is_open(), row.filed_at, row.seq))?;
            }
        }
        let sql = "INSERT OR REPLACE INTO team (unit, live, filed_at, seq) VALUES (?, ?, ?, ?)";
        let mut statement = connection.prepare_cached(sql)?;
        for unit in &row.units {
            statement.execute((unit, row.state.is_open(), row.filed_at, row.seq))?;
        }
        Ok(())
    }
}

/// Of a request that was rejected, merged or withdrawn nothing is kept: no rule asks for it any more. A closed one can be
/// sent back long after (R22).
fn standing(connection: &Connection, seq: i64) -> Result<ServiceRequest, String> {
    let sql = "SELECT body FROM standing WHERE seq = ?";
    let body: Option<Vec<u8>> = connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_row([seq], |row| row.get(0)).optional())
        .map_err(|error| error.to_string())?;
    body.map_or(Ok(ServiceRequest::Absent), |body| serde_json::from_slice(&body).map_err(|error| error.to_string()))
}

/// The units on it, the lead first. `None`: what is written stays, since an ended request keeps its last team.
fn team(case: &Case) -> Option<Vec<&UnitId>> {
    fn of(stage: &Stage) -> Vec<&UnitId> {
        match stage {
            Stage::Dispatched { team } => [&team.lead].into_iter().chain(&team.assisting).collect(),
            Stage::Claimed(work) | Stage::Rework(work) => {
                work.holder.unit().into_iter().chain(&work.assisting).collect()
            }
            Stage::Completed(done) | Stage::InReview(done) => {
                done.work.holder.unit().into_iter().chain(&done.work.assisting).collect()
            }
            Stage::Suspended { before, .. } => of(before),
            _ => Vec::new(),
        }
    }
    case.stage.is_open().then(|| of(&case.stage))
}

fn open_slots(stage: &Stage) -> u32 {
    match stage {
        Stage::Pooled { slots } => *slots,
        Stage::Claimed(work) => work.open_slots,
        _ => 0,
    }
}
