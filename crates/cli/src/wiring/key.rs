//! Where the master key is: in a file, or, for a shared log without one, in a row of the log.
//!
//! A row is the easy beginning: every node finds it. It lies beside what it locks, so whoever has the database has
//! everything, and `check` and the program's log say so until it is moved into a file.

use anyhow::{Context, Result};
use bytes::Bytes;
use rand::Rng;
use sandan_log::{Append, AppendError, Command, KeptRow, Log, RowChange};
use sandan_vault::{MasterKey, VaultError};
use uuid::Uuid;

use super::Store;
use crate::config::Settings;
use crate::failure::{Code, Failure};

/// The row with the key. It is the only one that no copy of the log takes along as it is.
pub const SPACE: &str = "master_key";
const ROW: &[u8] = b"1";
/// The key that is to follow, while it does not yet.
const NEXT: &[u8] = b"next";
const KEY_BYTES: usize = 32;

/// The key's bytes: for whoever moves it.
pub type KeyBytes = [u8; KEY_BYTES];

/// The key that `settings` name for this log. Made where the log has begun with none.
pub async fn master_key(settings: &Settings, store: &Store, log: &dyn Log) -> Result<MasterKey> {
    match store.is_shared() && settings.key_file.is_none() {
        true => in_the_log(log).await,
        false => in_a_file(settings, sandan_vault::is_begun(log).await?),
    }
}

/// A log without its key can't be read: then a new key would only hide what is missing.
fn in_a_file(settings: &Settings, is_begun: bool) -> Result<MasterKey> {
    let path = settings.key_file();
    if is_begun && !path.exists() {
        let message = format!("the master key {} is missing, and the log needs it", path.display());
        let mend = "Put the key's file back, from the backup that was taken with the log, or name it with --key-file.";
        return Err(Failure::new(Code::MasterKey, message, mend).into());
    }
    MasterKey::load_or_create(&path).map_err(|error| {
        let mend = "The key's file must be readable and writable by this user, and by nobody else.";
        Failure::new(Code::MasterKey, format!("{:#}", anyhow::Error::new(error)), mend).into()
    })
}

/// However many nodes begin a log at once, the first one's key is everybody's: the row can be claimed once.
async fn in_the_log(log: &dyn Log) -> Result<MasterKey> {
    if let Some(key) = row(log).await? {
        return Ok(MasterKey::from_bytes(key));
    }
    if sandan_vault::is_begun(log).await? {
        let message = "the master key is not in the database, and the log was written with one";
        let mend =
            "Name the key's file with --key-file (SANDAN_KEY_FILE): it was moved there, or the log was begun so.";
        return Err(Failure::new(Code::MasterKey, message, mend).into());
    }
    let mut key = [0; KEY_BYTES];
    rand::rng().fill_bytes(&mut key);
    match claim(log, &key).await {
        Ok(()) => Ok(MasterKey::from_bytes(key)),
        Err(AppendError::KeyTaken { value, .. }) => parse(&value).map(MasterKey::from_bytes),
        Err(error) => Err(error).context("keep the master key in the log"),
    }
}

/// The key's bytes, wherever it is: for whoever keeps a copy.
pub async fn bytes(settings: &Settings, store: &Store, log: &dyn Log) -> Result<KeyBytes> {
    if store.is_shared()
        && settings.key_file.is_none()
        && let Some(key) = row(log).await?
    {
        return Ok(key);
    }
    let path = settings.key_file();
    let bytes = std::fs::read(&path).with_context(|| format!("read the master key {}", path.display()))?;
    parse(&bytes)
}

/// The key that is kept in the log, if one is.
pub async fn row(log: &dyn Log) -> Result<Option<KeyBytes>> {
    let row = log.row(SPACE, ROW).await.context("look for the master key in the log")?;
    row.map(|row| parse(&row)).transpose()
}

/// The key that is to follow the one in the log, made where there is none yet.
pub async fn next(log: &dyn Log) -> Result<KeyBytes> {
    let mut key = [0; KEY_BYTES];
    rand::rng().fill_bytes(&mut key);
    let (row, value) = (Bytes::from_static(NEXT), Bytes::copy_from_slice(&key));
    match change(log, RowChange::Claim { space: SPACE, key: row, value }).await {
        Ok(()) => Ok(key),
        Err(AppendError::KeyTaken { value, .. }) => parse(&value),
        Err(error) => Err(error).context("keep the new master key in the log"),
    }
}

/// The changes that put it in the other's place.
pub fn replaced(key: &KeyBytes) -> [RowChange; 2] {
    [
        RowChange::Put { space: SPACE, key: Bytes::from_static(ROW), value: Bytes::copy_from_slice(key) },
        RowChange::Delete { space: SPACE, key: Bytes::from_static(NEXT) },
    ]
}

/// The same row, for a log that is being filled.
pub fn as_row(key: &KeyBytes) -> KeptRow {
    KeptRow { space: SPACE.to_owned(), key: Bytes::from_static(ROW), value: Bytes::copy_from_slice(key) }
}

/// Keeps `key` in a log that has none.
pub async fn claim(log: &dyn Log, key: &KeyBytes) -> Result<(), AppendError> {
    let value = Bytes::copy_from_slice(key);
    change(log, RowChange::Claim { space: SPACE, key: Bytes::from_static(ROW), value }).await
}

/// Takes the key out of the log. It must be somewhere else by now.
pub async fn remove(log: &dyn Log) -> Result<(), AppendError> {
    change(log, RowChange::Delete { space: SPACE, key: Bytes::from_static(ROW) }).await
}

async fn change(log: &dyn Log, row: RowChange) -> Result<(), AppendError> {
    let command = Command { id: Uuid::new_v4(), fingerprint: [0; 32], outcome: Bytes::new() };
    log.append(Append { rows: vec![row], ..Append::new(command) }).await.map(|_| ())
}

/// A key's bytes, if they can be one's.
pub fn parse(row: &[u8]) -> Result<KeyBytes> {
    row.try_into().map_err(|_| {
        let message = format!("a master key has {KEY_BYTES} bytes, and this one has {}", row.len());
        Failure::new(Code::MasterKey, message, "Name the right key's file with --key-file.").into()
    })
}

/// It is not the key that the log was written with.
pub fn wrong(settings: &Settings, store: &Store, error: &VaultError) -> anyhow::Error {
    let place = match store.is_shared() && settings.key_file.is_none() {
        true => "the database".to_owned(),
        false => settings.key_file().display().to_string(),
    };
    let mend = match error {
        VaultError::Changing => "Give `sandan key rotate` again, as it was given before: it goes on where it was.",
        _ => {
            "Was the key replaced? Then the new one must be here; and a `sandan key rotate` that was cut off is to be given again."
        }
    };
    Failure::new(Code::MasterKey, format!("{place}: {error}"), mend).into()
}
