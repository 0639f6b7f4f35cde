//! Is this the master key that the log was written with? Asked once, before anything is sealed or opened.

use std::sync::Arc;

use bytes::Bytes;
use sandan_log::{Append, AppendError, Command, Log, LogError, RowChange};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::error::VaultError;
use crate::identity::Identity;
use crate::subkeys::Mark;

const SPACE: &str = "meta";
const KEY: &[u8] = b"master_key_check";

/// Compares the master key's mark with the one in the log, and leaves it there if there is none.
pub(crate) async fn check(log: &Arc<dyn Log>, mark: &Mark) -> Result<(), VaultError> {
    let ours = mark.of(&[b"this is the key"]);
    let theirs = match log.row(SPACE, KEY).await? {
        Some(theirs) => theirs,
        None => match leave(log, &ours).await {
            Ok(()) => return Ok(()),
            // Another program was faster, perhaps with another key.
            Err(AppendError::KeyTaken { value, .. }) => value,
            Err(error) => return Err(error.into()),
        },
    };
    if ours.ct_eq(&theirs).into() { Ok(()) } else { Err(VaultError::OtherMasterKey) }
}

/// Whether the mark in the log is this one.
pub(crate) async fn is_ours(log: &Arc<dyn Log>, mark: &Mark) -> Result<bool, LogError> {
    let theirs = log.row(SPACE, KEY).await?;
    Ok(theirs.is_some_and(|theirs| mark.of(&[b"this is the key"]).ct_eq(&theirs).into()))
}

/// The mark of the key that is to be the only one.
pub(crate) fn replaced(mark: &Mark) -> RowChange {
    let value = Bytes::copy_from_slice(&mark.of(&[b"this is the key"]));
    RowChange::Put { space: SPACE, key: Bytes::from_static(KEY), value }
}

/// Whether a log was ever written with a master key: then another one is of no use to it.
pub async fn is_begun(log: &dyn Log) -> Result<bool, LogError> {
    Ok(log.row(SPACE, KEY).await?.is_some())
}

/// Whether the master key is just being replaced: then the log is of no use without both.
pub async fn is_changing(log: &dyn Log) -> Result<bool, LogError> {
    Identity::is_changing(log).await
}

async fn leave(log: &Arc<dyn Log>, ours: &[u8]) -> Result<(), AppendError> {
    let (key, value) = (Bytes::from_static(KEY), Bytes::copy_from_slice(ours));
    change(log, RowChange::Claim { space: SPACE, key, value }).await
}

/// Appends one change of a row, without an event.
pub(crate) async fn change(log: &Arc<dyn Log>, row: RowChange) -> Result<(), AppendError> {
    let command = Command { id: Uuid::new_v4(), fingerprint: [0; 32], outcome: Bytes::new() };
    let append = Append { rows: vec![row], ..Append::new(command) };
    log.append(append).await.map(|_| ())
}
