//! What residents hold on to: person ids and tracking codes follow from these keys, for as long as the log lives.
//!
//! They follow from the first master key. When that is replaced they stay, in a row of the log that the new one locks.

use bytes::Bytes;
use sandan_log::{Log, LogError, RowChange};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::VaultError;
use crate::key::Key;
use crate::subkeys::MAC_KEY_BYTES;

/// The row, and the one that a replacement under way keeps beside it.
const SPACE: &str = "meta";
const KEPT: &[u8] = b"master_key_identity";
const NEXT: &[u8] = b"master_key_next";
/// What the row is sealed for.
const ABOUT: &[u8] = b"sandan/identity/1";

/// Three keys for keyed hashes, one for each purpose.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Identity {
    pub person_ids: [u8; MAC_KEY_BYTES],
    pub tracking_codes: [u8; MAC_KEY_BYTES],
    pub tracking_rows: [u8; MAC_KEY_BYTES],
}

impl Identity {
    /// What the log keeps, opened with the master key's own key for it. `None`: the master key is the first one.
    pub async fn kept(log: &dyn Log, key: &Key) -> Result<Option<Self>, VaultError> {
        Self::in_row(log, KEPT, key).await
    }

    /// The same of a replacement that is under way.
    pub async fn next(log: &dyn Log, key: &Key) -> Result<Option<Self>, VaultError> {
        Self::in_row(log, NEXT, key).await
    }

    /// Whether the master key is being replaced.
    pub async fn is_changing(log: &dyn Log) -> Result<bool, LogError> {
        Ok(log.row(SPACE, NEXT).await?.is_some())
    }

    async fn in_row(log: &dyn Log, row: &'static [u8], key: &Key) -> Result<Option<Self>, VaultError> {
        let Some(row) = log.row(SPACE, row).await? else { return Ok(None) };
        let mut sealed = row.to_vec();
        let opened = key.open(ABOUT, &mut sealed).and_then(Self::parse);
        sealed.zeroize();
        opened.map(Some).ok_or(VaultError::OtherMasterKey)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (person_ids, rest) = bytes.split_first_chunk()?;
        let (tracking_codes, rest) = rest.split_first_chunk()?;
        let tracking_rows = rest.try_into().ok()?;
        Some(Self { person_ids: *person_ids, tracking_codes: *tracking_codes, tracking_rows })
    }

    /// Says that a replacement is under way, and to which key.
    pub fn announced(&self, key: &Key) -> Result<RowChange, VaultError> {
        Ok(RowChange::Claim { space: SPACE, key: Bytes::from_static(NEXT), value: self.sealed(key)? })
    }

    /// Keeps it under the new key, which is the only one from now on.
    pub fn settled(&self, key: &Key) -> Result<[RowChange; 2], VaultError> {
        let value = self.sealed(key)?;
        Ok([
            RowChange::Put { space: SPACE, key: Bytes::from_static(KEPT), value },
            RowChange::Delete { space: SPACE, key: Bytes::from_static(NEXT) },
        ])
    }

    fn sealed(&self, key: &Key) -> Result<Bytes, VaultError> {
        let mut clear = [self.person_ids, self.tracking_codes, self.tracking_rows].concat();
        let mut sealed = Vec::new();
        let done = key.seal(ABOUT, &clear, &mut sealed);
        clear.zeroize();
        done.map(|()| sealed.into())
    }
}
