//! The vault: everything that needs a key, in one handle.

use std::collections::HashSet;
use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;

use bytes::Bytes;
use sandan_domain::{CommunityId, EvaluationId, PersonId, Personal, Private, RequestId};
use sandan_log::{Log, RowChange};

use crate::error::VaultError;
use crate::identity::Identity;
use crate::keyring::{self, Keyring, Stored};
use crate::master::MasterKey;
use crate::owners::Owners;
use crate::stream::{Opening, Sealing};
use crate::subkeys::Subkeys;
use crate::tracking::{self, TRACKING, TrackingCode, VOTER};
use crate::{check, person, sealed};

/// Seals and opens what belongs to persons. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    log: Arc<dyn Log>,
    subkeys: Subkeys,
    ring: Keyring,
}

impl Vault {
    /// The vault of a log, which may have had other master keys before. Refuses one that is not the log's, and one that
    /// is just being replaced; an untouched log remembers this one.
    pub async fn unlock(master: &MasterKey, log: Arc<dyn Log>) -> Result<Self, VaultError> {
        let subkeys = Subkeys::of(master);
        check::check(&log, &subkeys.check).await?;
        if Identity::is_changing(&*log).await? {
            return Err(VaultError::Changing);
        }
        let kept = Identity::kept(&*log, &subkeys.identity).await?;
        let subkeys = match &kept {
            Some(kept) => subkeys.keeping(kept),
            None => subkeys,
        };
        Ok(Self::with(subkeys, log))
    }

    /// The vault of a log whose master key was never replaced: for tests and measurements.
    pub fn new(master: MasterKey, log: Arc<dyn Log>) -> Self {
        Self::with(Subkeys::of(&master), log)
    }

    pub(crate) fn with(subkeys: Subkeys, log: Arc<dyn Log>) -> Self {
        let ring = Keyring::new(log.clone(), subkeys.wrapping.clone());
        Self(Arc::new(Inner { log, subkeys, ring }))
    }

    /// Refuses a master key that is not the log's, or not any more; remembers the first one.
    pub async fn check_master(&self) -> Result<(), VaultError> {
        check::check(&self.0.log, &self.0.subkeys.check).await?;
        match Identity::is_changing(&*self.0.log).await? {
            true => Err(VaultError::Changing),
            false => Ok(()),
        }
    }

    pub(crate) fn subkeys(&self) -> &Subkeys {
        &self.0.subkeys
    }

    pub(crate) fn ring(&self) -> &Keyring {
        &self.0.ring
    }

    /// The person with this telephone: the same number is the same person, however it is written
    /// (see [`crate::phone_digits`]).
    pub fn person_of_phone(&self, phone: &str) -> PersonId {
        person::of_phone(&self.0.subkeys.person_ids, phone)
    }

    /// The person with the account `external` in the system that `community` imports from.
    pub fn person_of_account(&self, community: &CommunityId, external: &str) -> PersonId {
        person::of_account(&self.0.subkeys.person_ids, community, external)
    }

    /// A seed that nobody can choose or guess, in hexadecimal: it follows from a key that stays and what it is for, so
    /// that it need not be kept anywhere until it is revealed.
    pub fn seed(&self, purpose: &str) -> String {
        // Longer than the ids from which tracking codes follow, so that it is none of them.
        let parts = [&b"sandan/seed/1/for the purpose of "[..], purpose.as_bytes()];
        data_encoding::HEXLOWER.encode(&self.0.subkeys.tracking_codes.of(&parts))
    }

    /// The code that opens `request` to `person`. It can be worked out again at any time: store it nowhere.
    pub fn tracking_code(&self, request: RequestId, person: PersonId) -> TrackingCode {
        TrackingCode::derive(&self.0.subkeys.tracking_codes, request, person)
    }

    /// Space and key of the row that leads from the code to [`Vault::tracking_value`].
    pub fn tracking_row(&self, code: &TrackingCode) -> (&'static str, Bytes) {
        (TRACKING, code.row(&self.0.subkeys.tracking_rows))
    }

    /// What stands in a tracking row.
    pub fn tracking_value(request: RequestId, person: PersonId) -> Bytes {
        tracking::value(request.0, person)
    }

    pub fn parse_tracking_value(value: &[u8]) -> Option<(RequestId, PersonId)> {
        tracking::parse_value(value).map(|(request, person)| (RequestId(request), person))
    }

    /// The code with which a volunteer takes part in an evaluation. It can be worked out again: store it nowhere.
    pub fn voter_code(&self, evaluation: EvaluationId, person: PersonId) -> TrackingCode {
        TrackingCode::of_volunteer(&self.0.subkeys.tracking_codes, evaluation, person)
    }

    /// Space and key of the row that leads from a volunteer's code to [`Vault::voter_value`].
    pub fn voter_row(&self, code: &TrackingCode) -> (&'static str, Bytes) {
        (VOTER, code.voter_row(&self.0.subkeys.tracking_rows))
    }

    pub fn voter_value(evaluation: EvaluationId, person: PersonId) -> Bytes {
        tracking::value(evaluation.0, person)
    }

    pub fn parse_voter_value(value: &[u8]) -> Option<(EvaluationId, PersonId)> {
        tracking::parse_value(value).map(|(evaluation, person)| (EvaluationId(evaluation), person))
    }

    /// Seals every clear text in place. The rows answered must be in the same append as `items`.
    ///
    /// See the crate's first page for what to do when the append fails.
    pub async fn seal<P: Personal>(&self, items: &mut [P]) -> Result<Vec<RowChange>, VaultError> {
        self.seal_with(items, None).await
    }

    /// As [`Vault::seal`], but `newcomer` is taken for somebody without a key, which saves the lookup. If they have
    /// one after all the append fails with `KeyTaken` in [`PERSON_KEY`](crate::PERSON_KEY), and nothing is lost.
    pub async fn seal_with<P: Personal>(
        &self,
        items: &mut [P],
        newcomer: Option<PersonId>,
    ) -> Result<Vec<RowChange>, VaultError> {
        let mut owners = Owners::new(&self.0.ring);
        each(items, |text| {
            if let Private::Clear { owner, .. } = text {
                owners.add(*owner);
            }
        });
        let made = newcomer.map(|newcomer| owners.make(newcomer)).transpose()?.flatten();
        let mut rows = owners.look_up_or_make().await?;
        rows.extend(made);
        let (mut scratch, mut failed) = (Vec::new(), None);
        each(items, |text| {
            if let Private::Clear { owner, text: clear } = text
                && let Some(key) = owners.key(*owner)
            {
                match sealed::seal(key, *owner, clear, &mut scratch) {
                    Ok(sealed) => *text = Private::Sealed(sealed),
                    Err(error) => failed = Some(error),
                }
            }
        });
        failed.map_or(Ok(rows), Err)
    }

    /// Opens every sealed text in place. One whose key is gone, or that is not as it was written, is
    /// `Forgotten` afterwards.
    pub async fn open<P: Personal>(&self, items: &mut [P]) -> Result<(), VaultError> {
        let mut owners = Owners::new(&self.0.ring);
        each(items, |text| {
            if let Private::Sealed(sealed) = text
                && let Some(owner) = sealed::owner(sealed)
            {
                owners.add(owner);
            }
        });
        owners.look_up().await?;
        let mut scratch = Vec::new();
        each(items, |text| {
            if let Private::Sealed(sealed) = text {
                *text = opened(&owners, sealed, &mut scratch);
            }
        });
        Ok(())
    }

    /// Those of `persons` who have no key: nothing was ever sealed for them, or they are forgotten.
    pub async fn strangers(&self, persons: &[PersonId]) -> Result<HashSet<PersonId>, VaultError> {
        let known = self.0.ring.stored(persons).await?;
        let strangers = persons.iter().zip(known).filter(|(_, stored)| matches!(stored, Stored::None));
        Ok(strangers.map(|(person, _)| *person).collect())
    }

    /// Says that `rows` of [`Vault::seal`] were written: saves looking them up. Never needed.
    pub fn adopt(&self, rows: &[RowChange]) {
        self.0.ring.adopt(rows);
    }

    /// Deletes the person's key: what was sealed under it can never be read again, from any copy of the log
    /// that no longer holds the row.
    ///
    /// An append that is under way may still bring words sealed under the old key; they are forgotten too.
    pub async fn forget(&self, person: PersonId) -> Result<(), VaultError> {
        check::change(&self.0.log, Self::forgetting(person)).await?;
        self.forget_cached(person);
        Ok(())
    }

    /// The change that forgets a person, for whoever appends it with other things. Call
    /// [`Vault::forget_cached`] after the append.
    pub fn forgetting(person: PersonId) -> RowChange {
        keyring::forgetting(person)
    }

    /// Drops what the cache knows of a person; every later use asks the log. After another program changed the
    /// row.
    pub fn forget_cached(&self, person: PersonId) {
        self.0.ring.forget_cached(person);
    }

    /// Seals a small secret that belongs to no person. `about` must be the same to open it.
    pub fn seal_bytes(&self, about: &[u8], clear: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut sealed = Vec::new();
        self.0.subkeys.secrets.seal(about, clear, &mut sealed)?;
        Ok(sealed)
    }

    /// What [`Vault::seal_bytes`] sealed; `None` if anything of it is different.
    pub fn open_bytes(&self, about: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        self.0.subkeys.secrets.open(about, &mut sealed.to_vec()).map(<[u8]>::to_vec)
    }

    /// Seals what is written into the answer and passes it on to `to`: for copies of read models, which hold words in
    /// clear and leave this machine. `about` must be the same to open it.
    pub fn sealing<W: Write>(&self, about: &[u8], to: W) -> io::Result<Sealing<W>> {
        Sealing::new(&self.0.subkeys.snapshots, about, to)
    }

    /// Opens what [`Vault::sealing`] passed on.
    pub fn opening<R: Read>(&self, about: &[u8], from: R) -> Opening<R> {
        Opening::new(&self.0.subkeys.snapshots, about, from)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹vault›")
    }
}

fn each<P: Personal>(items: &mut [P], mut visit: impl FnMut(&mut Private)) {
    items.iter_mut().for_each(|item| item.each_private(&mut visit));
}

fn opened(owners: &Owners<'_>, sealed: &str, scratch: &mut Vec<u8>) -> Private {
    let opened = sealed::owner(sealed).and_then(|owner| {
        let text = sealed::open(owners.key(owner)?, sealed, scratch)?;
        Some(Private::Clear { owner, text })
    });
    opened.unwrap_or(Private::Forgotten)
}
