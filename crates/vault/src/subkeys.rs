//! Keys for one purpose each, all from the master key: none of them says anything about another.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::key::{KEY_BYTES, Key};
use crate::master::MasterKey;

/// Block of SHA-256: a key for HMAC of exactly this length needs no shortening.
const MAC_KEY_BYTES: usize = 64;

/// Everything that is derived from the master key.
pub(crate) struct Subkeys {
    pub person_ids: Mark,
    pub tracking_codes: Mark,
    pub tracking_rows: Mark,
    pub check: Mark,
    pub wrapping: Key,
    pub secrets: Key,
}

impl Subkeys {
    /// The labels are part of what is stored: another label gives other ids, codes and rows.
    pub fn of(master: &MasterKey) -> Self {
        let root = Hkdf::<Sha256>::new(None, master.0.as_bytes());
        Self {
            person_ids: Mark::derive(&root, "sandan/person-id/1"),
            tracking_codes: Mark::derive(&root, "sandan/tracking-code/1"),
            tracking_rows: Mark::derive(&root, "sandan/tracking-row/1"),
            check: Mark::derive(&root, "sandan/check/1"),
            wrapping: Key::new(*expand::<KEY_BYTES>(&root, "sandan/wrapping/1")),
            secrets: Key::new(*expand::<KEY_BYTES>(&root, "sandan/secrets/1")),
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
    fn derive(root: &Hkdf<Sha256>, label: &str) -> Self {
        Self(Hmac::new(&(*expand::<MAC_KEY_BYTES>(root, label)).into()))
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
