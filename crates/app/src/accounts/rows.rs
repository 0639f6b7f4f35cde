//! JSON rows of the log, in the spaces of accounts.

use std::sync::Arc;

use bytes::Bytes;
use sandan_log::{Append, AppendError, Command, Log, RowChange};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::accounts::error::Unavailable;

/// Rows that are listed at once.
const PAGE: usize = 500;

pub(super) struct Rows(Arc<dyn Log>);

impl Rows {
    pub fn new(log: Arc<dyn Log>) -> Self {
        Self(log)
    }

    pub async fn get<T: DeserializeOwned>(&self, space: &str, key: &[u8]) -> Result<Option<T>, Unavailable> {
        self.0.row(space, key).await?.map(|value| parse(&value)).transpose()
    }

    /// All rows of a space, by key.
    pub async fn all<T: DeserializeOwned>(&self, space: &str) -> Result<Vec<(Bytes, T)>, Unavailable> {
        let (mut all, mut after) = (Vec::new(), None::<Bytes>);
        loop {
            let page = self.0.rows(space, after.as_deref(), PAGE).await?;
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

    /// Changes rows, all or none. `false` if one that was to be claimed is taken.
    pub async fn change(&self, changes: Vec<RowChange>) -> Result<bool, Unavailable> {
        let command = Command { id: Uuid::new_v4(), fingerprint: [0; 32], outcome: Bytes::new() };
        match self.0.append(Append { rows: changes, ..Append::new(command) }).await {
            Ok(_) => Ok(true),
            Err(AppendError::KeyTaken { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

pub(super) fn put(space: &'static str, key: &[u8], value: &impl Serialize) -> Result<RowChange, Unavailable> {
    Ok(RowChange::Put { space, key: Bytes::copy_from_slice(key), value: encode(value)? })
}

pub(super) fn claim(space: &'static str, key: &[u8], value: &impl Serialize) -> Result<RowChange, Unavailable> {
    Ok(RowChange::Claim { space, key: Bytes::copy_from_slice(key), value: encode(value)? })
}

pub(super) fn delete(space: &'static str, key: &[u8]) -> RowChange {
    RowChange::Delete { space, key: Bytes::copy_from_slice(key) }
}

fn encode(value: &impl Serialize) -> Result<Bytes, Unavailable> {
    serde_json::to_vec(value).map(Bytes::from).map_err(|error| Unavailable(error.to_string()))
}

fn parse<T: DeserializeOwned>(value: &[u8]) -> Result<T, Unavailable> {
    serde_json::from_slice(value).map_err(|error| Unavailable(format!("a stored account can't be read: {error}")))
}
