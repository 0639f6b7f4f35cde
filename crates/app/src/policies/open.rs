//! The list of open requests: a row of the log for each, from filing to its end, so that whoever works limits out anew
//! finds them without a read model; and the rows that go with what a policy's events ask for.

use bytes::Bytes;
use sandan_domain::{CommunityId, Event, RequestId, policy, request};
use sandan_log::RowChange;
use uuid::Uuid;

use super::Book;
use super::work_order::WorkOrder;
use crate::refusal::Refusal;

/// Rows of open requests, by `<community>/<request>`. No slug has a slash, so a community's rows stand together.
pub(super) const OPEN: &str = "open_request";

/// The rows that change with an append's events.
pub(crate) fn rows_of<'a>(
    community: &CommunityId,
    events: impl Iterator<Item = (Uuid, Uuid, &'a Event)> + Clone,
) -> Result<Vec<RowChange>, Refusal> {
    let mut rows = Vec::new();
    for (id, stream, event) in events {
        match event {
            Event::Request(request::Event::Filed(_)) => {
                rows.push(RowChange::Put { space: OPEN, key: key(community, RequestId(stream)), value: Bytes::new() });
            }
            // What an evaluation sends back is open again.
            Event::Request(request::Event::ReworkOrdered(ordered)) if ordered.evaluation.is_some() => {
                rows.push(RowChange::Put { space: OPEN, key: key(community, RequestId(stream)), value: Bytes::new() });
            }
            Event::Request(event) if ends(event) => {
                let key = key(community, RequestId(stream));
                // An import may file and end it at once.
                match rows.iter().position(|row| matches!(row, RowChange::Put { key: put, .. } if *put == key)) {
                    Some(place) => drop(rows.remove(place)),
                    None => rows.push(RowChange::Delete { space: OPEN, key }),
                }
            }
            Event::Policy(event) => {
                rows.push(Book::edition_row());
                rows.extend(work(id, event).map(|order| order.put()).transpose()?);
            }
            Event::Request(_)
            | Event::Review(_)
            | Event::Unit(_)
            | Event::Community(_)
            | Event::Callback(_)
            | Event::Evaluation(_)
            | Event::Project(_)
            | Event::Honour(_)
            | Event::Scoring(_) => {}
        }
    }
    Ok(rows)
}

const fn ends(event: &request::Event) -> bool {
    matches!(
        event,
        request::Event::Rejected(_)
            | request::Event::Merged(_)
            | request::Event::Withdrawn(_)
            | request::Event::Closed(_)
    )
}

/// Whatever comes into force sets work going.
fn work(event: Uuid, what: &policy::Event) -> Option<WorkOrder> {
    match what {
        policy::Event::TookEffect(effect) => {
            Some(WorkOrder::new(event, effect.community.clone(), effect.version, false))
        }
        policy::Event::CalendarPublished(published) => {
            Some(WorkOrder::new(event, published.community.clone(), published.version, true))
        }
        policy::Event::Published(_) | policy::Event::WorkedOut(_) => None,
    }
}

pub(super) fn key(community: &CommunityId, id: RequestId) -> Bytes {
    format!("{community}/{id}").into()
}

/// The request that a row stands for.
pub(super) fn read(key: &[u8]) -> Option<(CommunityId, RequestId)> {
    let (community, id) = std::str::from_utf8(key).ok()?.split_once('/')?;
    Some((community.parse().ok()?, RequestId(id.parse().ok()?)))
}

/// A key behind all rows of a community: after the slash comes the zero.
pub(super) fn behind(community: &CommunityId) -> Bytes {
    format!("{community}0").into()
}
