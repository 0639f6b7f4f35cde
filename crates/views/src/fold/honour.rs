//! Honours (R24): the question, the community's opinion with its figures, and what came of it.

use sandan_domain::honour::{Answered, Asked, Event};
use sandan_log::Record;

use super::batch::Batch;
use super::time::{int, micros};
use super::{Coded, Fault};
use crate::ViewsError;

impl Batch<'_> {
    pub(super) fn honour(&mut self, record: &Record, event: &Event) -> Result<(), Fault> {
        match event {
            Event::Asked(asked) => self.asked(record, asked),
            Event::Answered(answered) => self.answered(record, answered),
            Event::Proposed(proposed) => self.settled(record, true, proposed.reason.as_deref()),
            Event::Dropped(dropped) => self.settled(record, false, Some(&dropped.reason)),
        }
    }

    fn asked(&mut self, record: &Record, asked: &Asked) -> Result<(), Fault> {
        let Asked { community, unit, honour, from, to } = asked;
        let code = self.names.community(self.sql, community)?;
        let unit = self.names.unit(self.sql, code, community, unit)?;
        let sql = "INSERT INTO honour (id, community, unit, honour, from_at, to_at, asked_at, position)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        let (from, to, at) = (micros(*from), micros(*to), micros(record.occurred));
        let row = (record.stream.id, code, unit, honour, from, to, at, int(record.position));
        self.sql.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    fn answered(&self, record: &Record, answered: &Answered) -> Result<(), Fault> {
        let sql = "UPDATE honour SET opinion = ?, opinion_reason = ?, figures = ?, answered_at = ?, position = ?
                   WHERE id = ?";
        let figures =
            serde_json::to_string(&answered.figures).map_err(|error| ViewsError::Storage(error.to_string()))?;
        let (at, position) = (micros(record.occurred), int(record.position));
        let row = (answered.opinion.code(), &answered.reason, figures, at, position, record.stream.id);
        self.sql.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    fn settled(&self, record: &Record, proposed: bool, reason: Option<&str>) -> Result<(), Fault> {
        let sql = "UPDATE honour SET proposed = ?, settled_reason = ?, settled_at = ?, position = ? WHERE id = ?";
        let (at, position) = (micros(record.occurred), int(record.position));
        self.sql.prepare_cached(sql)?.execute((proposed, reason, at, position, record.stream.id))?;
        Ok(())
    }
}
