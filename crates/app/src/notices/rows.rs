//! The outbox's rows in the log, and how two holders of the job can't undo one another's work.
//!
//! Every change of a row carries the row's revision in its command id. Of two who change the same revision one is
//! first; the other's append is a repeat, changes nothing, and it looks again.

use bytes::Bytes;
use sandan_log::{Append, AppendError, Command, Log, LogError, RowChange};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::app::App;
use crate::execute::Identity;
use crate::refusal::Refusal;

/// Places where somebody wants to be told, by id.
pub(super) const ENDPOINTS: &str = "notice_endpoint";
/// How far each of them is, by the same id.
pub(super) const CURSORS: &str = "notice_cursor";
/// Single messages on their way, in the order of their events.
pub(super) const OUTBOX: &str = "notice_outbox";
/// What could not be delivered, by the message's id.
pub(super) const DEAD: &str = "notice_dead";

/// Rows that are read at once.
const PAGE: usize = 500;

pub(super) async fn get<T: DeserializeOwned>(log: &dyn Log, space: &str, key: &[u8]) -> Result<Option<T>, Refusal> {
    log.row(space, key).await?.map(|value| parse(&value)).transpose()
}

/// All rows of a space, by key.
pub(super) async fn all<T: DeserializeOwned>(log: &dyn Log, space: &str) -> Result<Vec<(Bytes, T)>, Refusal> {
    let (mut all, mut after) = (Vec::new(), None::<Bytes>);
    loop {
        let page = log.rows(space, after.as_deref(), PAGE).await?;
        let full = page.len() == PAGE;
        for (key, value) in page {
            all.push((key.clone(), parse(&value)?));
            after = Some(key);
        }
        if !full {
            return Ok(all);
        }
    }
}

/// Changes rows, all or none, under the fence of the job that the handle is for. `false`: the command was done before,
/// and nothing changed.
pub(super) async fn change(app: &App, command: Uuid, rows: Vec<RowChange>) -> Result<bool, Refusal> {
    let command = Command { id: command, fingerprint: [0; 32], outcome: Bytes::new() };
    match app.log().append(Append { rows, fence: app.fence(), ..Append::new(command) }).await {
        Ok(appended) => Ok(!appended.replayed),
        Err(AppendError::Log(error)) => Err(error.into()),
        Err(error) => Err(Refusal::Unavailable(error.to_string())),
    }
}

/// The same for a wish of somebody's. `false`: it came before, and nothing changed.
pub(super) async fn change_once(log: &dyn Log, identity: &Identity, rows: Vec<RowChange>) -> Result<bool, Refusal> {
    let command = Command { id: identity.id, fingerprint: identity.fingerprint, outcome: Bytes::new() };
    match log.append(Append { rows, ..Append::new(command) }).await {
        Ok(appended) => Ok(!appended.replayed),
        Err(AppendError::CommandReused(_)) => Err(Refusal::KeyReused),
        Err(AppendError::Log(error)) => Err(error.into()),
        Err(error) => Err(Refusal::Unavailable(error.to_string())),
    }
}

pub(super) fn put(space: &'static str, key: &[u8], value: &impl Serialize) -> Result<RowChange, Refusal> {
    let value = serde_json::to_vec(value).map_err(|error| Refusal::Failed(format!("write a row: {error}")))?;
    Ok(RowChange::Put { space, key: Bytes::copy_from_slice(key), value: value.into() })
}

pub(super) fn delete(space: &'static str, key: &[u8]) -> RowChange {
    RowChange::Delete { space, key: Bytes::copy_from_slice(key) }
}

fn parse<T: DeserializeOwned>(value: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(value).map_err(|error| Refusal::Failed(format!("read a row of the outbox: {error}")))
}

/// The log's end.
pub(super) async fn head(log: &dyn Log) -> Result<u64, LogError> {
    Ok(log.head().await?.position)
}
