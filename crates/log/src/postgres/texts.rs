//! What Postgres' texts can't hold. One append with such a text would spoil the whole batch.

use crate::append::RowChange;
use crate::{Append, AppendError};

pub(super) fn check(append: &Append) -> Result<(), AppendError> {
    let events =
        append.events.iter().flat_map(|event| [event.kind, &event.community, &event.actor, &event.stream.kind]);
    let streams = append.expect.iter().map(|expect| &*expect.stream.kind);
    let jobs = append.fence.iter().map(|fence| &*fence.job);
    let rows = append.rows.iter().map(|row| match row {
        RowChange::Claim { space, .. } | RowChange::Put { space, .. } | RowChange::Delete { space, .. } => *space,
    });
    match events.chain(streams).chain(jobs).chain(rows).any(|text| text.contains('\0')) {
        true => Err(AppendError::Malformed("a text holds a zero byte")),
        false => Ok(()),
    }
}
