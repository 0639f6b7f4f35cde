//! Call-backs (R18): the commitment, the draw, and what came of the calls.

use sandan_domain::callback::{Called, Committed, Drawn, Event};
use sandan_log::Record;

use super::batch::Batch;
use super::time::{int, micros};
use super::{Coded, Fault};

impl Batch<'_> {
    pub(super) fn callback(&mut self, record: &Record, event: &Event) -> Result<(), Fault> {
        match event {
            Event::Committed(committed) => self.committed(record, committed),
            Event::Drawn(drawn) => self.drawn(record, drawn),
            Event::Called(called) => self.called_back(record, called),
        }
    }

    fn committed(&mut self, record: &Record, committed: &Committed) -> Result<(), Fault> {
        let Committed { community, from, to, size, hash } = committed;
        let community = self.names.community(self.sql, community)?;
        let sql = "INSERT INTO callback (id, community, from_at, to_at, size, hash, committed_at, position)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        let (from, to, at, position) = (micros(*from), micros(*to), micros(record.occurred), int(record.position));
        self.sql.prepare_cached(sql)?.execute((record.stream.id, community, from, to, size, hash, at, position))?;
        Ok(())
    }

    fn drawn(&self, record: &Record, drawn: &Drawn) -> Result<(), Fault> {
        let id = record.stream.id;
        let sql = "UPDATE callback SET seed = ?, drawn_at = ? WHERE id = ?";
        self.sql.prepare_cached(sql)?.execute((&drawn.seed, micros(record.occurred), id))?;
        let sql = "INSERT INTO callback_request (callback, request) VALUES (?, ?)";
        let mut statement = self.sql.prepare_cached(sql)?;
        for request in &drawn.candidates {
            statement.execute((id, request.0))?;
        }
        let sql = "UPDATE callback_request SET nth = ? WHERE callback = ? AND request = ?";
        let mut statement = self.sql.prepare_cached(sql)?;
        for (nth, request) in (0i64..).zip(&drawn.sample) {
            statement.execute((nth, id, request.0))?;
        }
        Ok(())
    }

    /// The last call counts.
    fn called_back(&self, record: &Record, called: &Called) -> Result<(), Fault> {
        let sql =
            "UPDATE callback_request SET outcome = ?, answer = ?, called_at = ? WHERE callback = ? AND request = ?";
        let (outcome, answer) = (called.outcome.code(), called.answer.map(Coded::code));
        let at = micros(record.occurred);
        self.sql.prepare_cached(sql)?.execute((outcome, answer, at, record.stream.id, called.request.0))?;
        Ok(())
    }
}
