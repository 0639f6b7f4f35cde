//! Keys for one purpose each, all from the master key: none of them says anything about another.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::identity::Identity;
use crate::key::{KEY_BYTES, Key};
use crate::master::MasterKey;

/// Block of SHA-256: a key for HMAC of exactly this length needs no shortening.
pub(crate) const MAC_KEY_BYTES: usize = 64;

/// Everything that is derived from the master key, but for what stays when that is replaced.
pub(crate) struct Subkeys {
    /// Its keys are those that follow here: kept for when the master key is replaced.
    pub kept: Identity,
    pub person_ids: Mark,
    pub tracking_codes: Mark,
    pub tracking_rows: Mark,
    pub check: Mark,
    /// Locks what stays.
    pub identity: Key,
    pub wrapping: Key,
    pub secrets: Key,
    pub snapshots: Key,
}

impl Subkeys {
    /// The labels are part of what is stored: another label gives other ids, codes and rows.
    pub fn of(master: &MasterKey) -> Self {
        let root = Hkdf::<Sha256>::new(None, master.0.as_bytes());
        let kept = Identity {
            person_ids: *expand(&root, "sandan/person-id/1"),
            tracking_codes: *expand(&root, "sandan/tracking-code/1"),
            tracking_rows: *expand(&root, "sandan/tracking-row/1"),
        };
        Self {
            person_ids: Mark::new(&kept.person_ids),
            tracking_codes: Mark::new(&kept.tracking_codes),
            tracking_rows: Mark::new(&kept.tracking_rows),
            kept,
            check: Mark::new(&expand(&root, "sandan/check/1")),
            identity: Key::new(*expand::<KEY_BYTES>(&root, "sandan/identity/1")),
            wrapping: Key::new(*expand::<KEY_BYTES>(&root, "sandan/wrapping/1")),
            secrets: Key::new(*expand::<KEY_BYTES>(&root, "sandan/secrets/1")),
            snapshots: Key::new(*expand::<KEY_BYTES>(&root, "sandan/snapshots/1")),
        }
    }
}

impl Subkeys {
    /// The same, with ids and codes as they have always been.
    pub fn keeping(self, kept: &Identity) -> Self {
        Self {
            person_ids: Mark::new(&kept.person_ids),
            tracking_codes: Mark::new(&kept.tracking_codes),
            tracking_rows: Mark::new(&kept.tracking_rows),
            kept: kept.clone(),
            ..self
        }
    }
}

fn expand<const N: usize>(root: &Hkdf<Sha256>, label: &str) -> Zeroizing<[u8; N]> {
    let mut bytes = Zeroizing::new([0; N]);
    root.expand(label.as_bytes(), bytes.as_mut()).expect("HKDF gives up to 255 blocks, and this asks for two at most");
    bytes
}

/// A keyed hash (HMAC-SHA256): the same input gives the same bytes, and nobody without the key can tell which.
pub(crate) struct Mark(Hmac<Sha256>);

impl Mark {
    fn new(key: &[u8; MAC_KEY_BYTES]) -> Self {
        Self(Hmac::new(&(*key).into()))
    }

    /// The hash of the parts one after the other. Whoever calls keeps different inputs apart.
    pub fn of(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.0.clone();
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().into()
    }

    /// The first half of the hash: enough for a name, half the space.
    pub fn short(&self, parts: &[&[u8]]) -> [u8; 16] {
        let mut short = [0; 16];
        short.copy_from_slice(&self.of(parts)[..16]);
        short
    }
}
