//! Events for export.

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

impl Views {
    /// Events after a position, of communities in sight, out of `limit` that are looked at. The second value: ask
    /// again after it; `None` at the end of the log.
    pub async fn events(&self, sight: &Sight, after: u64, limit: usize) -> Answer<(Vec<LoggedEvent>, Option<u64>)> {
        let mut records = self.0.parts.log.read(after, limit.max(1)).await?;
        let last = records.last().map(|record| record.position);
        if let Sight::Set(set) = sight {
            records.retain(|record| set.iter().any(|community| community.as_str() == record.community));
        }
        let values = query::opened_values(&self.0.parts.vault, &records).await?;
        let events = records.into_iter().zip(values).map(|(record, (_, data))| LoggedEvent { record, data });
        Ok((events.collect(), last))
    }
}
