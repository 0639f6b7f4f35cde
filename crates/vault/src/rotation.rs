//! Replacing the master key, while nobody else uses the log.
//!
//! Every person's key is wrapped anew, page by page, and the log says meanwhile that this is under way: then no program
//! opens the vault. The last step is one append, which makes the new key the only one. Cut off anywhere, it is begun
//! again with the same two keys and goes on where it was.
//!
//! Person ids and tracking codes stay: their keys move, and don't change (see `identity`).

use std::sync::Arc;

use bytes::Bytes;
use sandan_domain::PersonId;
use sandan_log::{Append, AppendError, Command, Log, RowChange};
use uuid::Uuid;

use crate::check;
use crate::error::VaultError;
use crate::identity::Identity;
use crate::keyring::PERSON_KEY;
use crate::master::MasterKey;
use crate::subkeys::Subkeys;
use crate::vault::Vault;

/// Keys that are wrapped anew in one append.
const PAGE: usize = 500;

/// A replacement under way.
pub struct Rotation {
    log: Arc<dyn Log>,
    /// Under the old key: for opening what else was sealed with it.
    pub old: Vault,
    /// Under the new key: for sealing it anew.
    pub new: Vault,
}

/// Where a replacement stands.
pub enum Begun {
    Now(Rotation),
    /// The new key is in force already.
    Done,
}

impl Rotation {
    /// Begins, or goes on with what was begun with the same two keys.
    pub async fn begin(old: &MasterKey, new: &MasterKey, log: Arc<dyn Log>) -> Result<Begun, VaultError> {
        let (old, new) = (Subkeys::of(old), Subkeys::of(new));
        if check::is_ours(&log, &new.check).await? {
            return Ok(Begun::Done);
        }
        check::check(&log, &old.check).await?;
        let identity = match Identity::kept(&*log, &old.identity).await? {
            Some(kept) => kept,
            None => old.kept.clone(),
        };
        if Identity::next(&*log, &new.identity).await?.is_none() {
            check::change(&log, identity.announced(&new.identity)?).await?;
        }
        let vault = |subkeys: Subkeys| Vault::with(subkeys.keeping(&identity), log.clone());
        let (old, new) = (vault(old), vault(new));
        Ok(Begun::Now(Self { log, old, new }))
    }

    /// Wraps every person's key anew; `tell` hears how many were looked at. Answers with how many can be opened with
    /// neither key: damaged before, and left as they are.
    pub async fn rewrap(&self, mut tell: impl FnMut(u64)) -> Result<u64, VaultError> {
        let (mut after, mut seen, mut damaged) = (None::<Bytes>, 0, 0);
        loop {
            let page = self.log.rows(PERSON_KEY, after.as_deref(), PAGE).await?;
            let Some((last, _)) = page.last() else { return Ok(damaged) };
            after = Some(last.clone());
            let mut changes = Vec::new();
            for (key, value) in &page {
                match self.rewrapped(key, value)? {
                    Row::Good => {}
                    Row::Anew(change) => changes.push(change),
                    Row::Damaged => damaged += 1,
                }
            }
            if !changes.is_empty() {
                self.append(changes).await?;
            }
            seen += page.len() as u64;
            tell(seen);
        }
    }

    fn rewrapped(&self, key: &Bytes, value: &[u8]) -> Result<Row, VaultError> {
        let Ok(person) = Uuid::from_slice(key).map(PersonId) else { return Ok(Row::Damaged) };
        if self.new.ring().unwrap(person, value).is_some() {
            return Ok(Row::Good);
        }
        let Some(unwrapped) = self.old.ring().unwrap(person, value) else { return Ok(Row::Damaged) };
        let value = self.new.ring().wrapped(person, &unwrapped)?;
        Ok(Row::Anew(RowChange::Put { space: PERSON_KEY, key: key.clone(), value }))
    }

    /// Makes the new key the only one, with `also` in the same append.
    pub async fn finish(self, also: Vec<RowChange>) -> Result<(), VaultError> {
        let subkeys = self.new.subkeys();
        let mut changes = vec![check::replaced(&subkeys.check)];
        changes.extend(subkeys.kept.settled(&subkeys.identity)?);
        changes.extend(also);
        Ok(self.append(changes).await?)
    }

    async fn append(&self, rows: Vec<RowChange>) -> Result<(), AppendError> {
        let command = Command { id: Uuid::new_v4(), fingerprint: [0; 32], outcome: Bytes::new() };
        self.log.append(Append { rows, ..Append::new(command) }).await.map(|_| ())
    }
}

/// A person's row.
enum Row {
    Good,
    Anew(RowChange),
    Damaged,
}
