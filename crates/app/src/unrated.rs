//! The list that call-backs are drawn from (R18): a row of the log for each request that closed unrated, written in the
//! append that closed it. A past that was imported is not on it.

use bytes::Bytes;
use jiff::Timestamp;
use sandan_domain::request::{Closing, Event as OfRequest};
use sandan_domain::{CommunityId, Event, RequestId};
use sandan_log::RowChange;

use crate::app::App;
use crate::execute::Planned;
use crate::refusal::Refusal;

/// Rows by `<community>/<time>/<request>`: a period's stand together.
const UNRATED: &str = "unrated";
/// Rows that are read at once.
const BATCH: usize = 512;

/// The rows that an append's events add. What an import closes has no cause beside itself.
pub(crate) fn unrated_rows<'a>(
    community: &'a CommunityId,
    planned: impl Iterator<Item = (&'a Planned, uuid::Uuid)> + 'a,
) -> impl Iterator<Item = RowChange> + 'a {
    let is_unrated = |event: &Event| matches!(event, Event::Request(OfRequest::Closed(closed)) if closed.closing == Closing::Unrated);
    planned.filter(move |(planned, _)| planned.causation.is_some() && is_unrated(&planned.event)).map(
        move |(planned, stream)| RowChange::Put {
            space: UNRATED,
            key: format!("{}{stream}", begin(community, planned.occurred)).into(),
            value: Bytes::new(),
        },
    )
}

/// Microseconds with as many digits each: in the order of time.
fn begin(community: &CommunityId, at: Timestamp) -> String {
    format!("{community}/{:020}/", at.as_microsecond().max(0))
}

impl App {
    /// The requests of a community that closed unrated from `from` on and before `to`.
    pub(crate) async fn closed_unrated(
        &self,
        community: &CommunityId,
        (from, to): (Timestamp, Timestamp),
    ) -> Result<Vec<RequestId>, Refusal> {
        let (mut after, end): (Bytes, Bytes) = (begin(community, from).into(), begin(community, to).into());
        let mut found = Vec::new();
        loop {
            let rows = self.0.log.rows(UNRATED, Some(&after), BATCH).await?;
            let full = rows.len() == BATCH;
            for (key, _) in rows {
                if key >= end {
                    return Ok(found);
                }
                let id = std::str::from_utf8(&key).ok().and_then(|key| key.rsplit('/').next()?.parse().ok());
                found.push(RequestId(
                    id.ok_or_else(|| Refusal::Failed("read the row of an unrated request".to_owned()))?,
                ));
                after = key;
            }
            if !full {
                return Ok(found);
            }
        }
    }
}
