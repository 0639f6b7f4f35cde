//! Events as the log has them, opened: for export, and for whoever follows.

use sandan_log::Record;

use crate::query;
use crate::views::Answer;
use crate::{Sight, Views};

/// An event of the log with its texts opened.
#[derive(Clone, Debug)]
pub struct LoggedEvent {
    pub record: Record,
    /// The body; texts of forgotten persons are `null`.
    pub data: serde_json::Value,
}

impl LoggedEvent {
    /// Who says so, in the envelope that everybody outside sees (CloudEvents).
    pub const SOURCE: &'static str = "/sandan";

    /// Names the type and the number of its schema.
    pub fn dataschema(&self) -> String {
        format!("urn:{}:{}", self.record.kind.replace('.', ":"), self.record.schema)
    }
}

impl Views {
    /// Events after a position, of communities in sight, out of `limit` that are looked at. The second value: ask
    /// again after it; `None` at the end of the log.
    pub async fn events(&self, sight: &Sight, after: u64, limit: usize) -> Answer<(Vec<LoggedEvent>, Option<u64>)> {
        self.events_of(sight, after, limit, |_| true).await
    }

    /// The same of the types that are `wanted` alone: of the others nothing is opened.
    pub async fn events_of(
        &self,
        sight: &Sight,
        after: u64,
        limit: usize,
        wanted: impl Fn(&str) -> bool + Send,
    ) -> Answer<(Vec<LoggedEvent>, Option<u64>)> {
        let mut records = self.0.parts.log.read(after, limit.max(1)).await?;
        let last = records.last().map(|record| record.position);
        records.retain(|record| wanted(&record.kind));
        if let Sight::Set(set) = sight {
            records.retain(|record| set.iter().any(|community| community.as_str() == record.community));
        }
        let values = query::opened_values(&self.0.parts.vault, &records).await?;
        let events = records.into_iter().zip(values).map(|(record, (_, data))| LoggedEvent { record, data });
        Ok((events.collect(), last))
    }
}
