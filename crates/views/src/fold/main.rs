//! The main model: everything but the search.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{Connection, OptionalExtension};
use sandan_domain::PersonId;
use uuid::Uuid;

use super::batch::Batch;
use super::names::Names;
use super::time::{micros, time};
use super::{Fault, Fold, Opened};
use crate::ViewsError;
use crate::answer::Model;
use crate::feed::{Context, Now};
use crate::store::{Kind, MAIN};

/// Lights changed in one go: bounds how long the writer is held up.
const TICK_MAX: i64 = 2_000;

pub(crate) struct MainFold {
    names: Names,
    zone: TimeZone,
    clock: Now,
}

impl Fold for MainFold {
    const MODEL: Model = Model::Main;
    const KIND: &'static Kind = &MAIN;

    fn load(connection: &Connection, context: &Context) -> Result<Self, ViewsError> {
        let names = Names::load(connection)?;
        Ok(Self { names, zone: context.policy.zone.clone(), clock: context.clock.clone() })
    }

    fn apply(&mut self, connection: &Connection, opened: &[Opened]) -> Result<(), Fault> {
        let now = (self.clock)();
        let mut batch = Batch::new(connection, &mut self.names, &self.zone);
        opened.iter().try_for_each(|opened| batch.apply(opened))?;
        batch.finish(now)
    }

    fn tick(&mut self, connection: &Connection, now: Timestamp) -> Result<usize, Fault> {
        let sql = "SELECT id FROM request INDEXED BY request_next_light WHERE next_light_at <= ?
                   ORDER BY next_light_at LIMIT ?";
        let mut statement = connection.prepare_cached(sql)?;
        let due = statement.query_map((micros(now), TICK_MAX), |row| row.get(0))?;
        let due: Vec<Uuid> = due.collect::<Result<_, _>>()?;
        let mut batch = Batch::new(connection, &mut self.names, &self.zone);
        for id in &due {
            let entry = batch.take(*id, 0)?;
            batch.put(*id, entry);
        }
        batch.finish(now)?;
        Ok(due.len())
    }

    fn next_tick(&self, connection: &Connection) -> Result<Option<Timestamp>, ViewsError> {
        let sql = "SELECT min(next_light_at) FROM request INDEXED BY request_next_light WHERE next_light_at NOT NULL";
        let next: Option<Option<i64>> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
        Ok(next.flatten().map(time))
    }

    fn persons(connection: &Connection) -> Result<Vec<PersonId>, ViewsError> {
        let mut statement = connection.prepare("SELECT DISTINCT person FROM signer")?;
        Ok(statement.query_map([], |row| row.get(0).map(PersonId))?.collect::<Result<_, _>>()?)
    }

    /// What the person filed loses its words, what they signed their name, what they voted its reason.
    fn forget(&mut self, connection: &Connection, person: PersonId) -> Result<(), ViewsError> {
        let filed = "UPDATE words SET title = NULL, description = NULL, name = NULL, phone = NULL, address = NULL,
                         lat = NULL, lng = NULL, answer = NULL, unsolved_reason = NULL, ended_reason = NULL,
                         suspended_reason = NULL
                     WHERE seq IN (SELECT seq FROM signer WHERE person = ?1 AND via = 0)";
        let voted = "UPDATE ballot SET reason = NULL, remedy = NULL, appeal_reason = NULL
                     WHERE person = ?1 AND seq IN (SELECT seq FROM signer WHERE person = ?1)";
        let signed = "UPDATE signer SET name = NULL, phone = NULL WHERE person = ?1";
        [filed, voted, signed].into_iter().try_for_each(|sql| {
            connection.execute(sql, [person.0])?;
            Ok(())
        })
    }
}
