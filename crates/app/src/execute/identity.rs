//! What makes a command the same command when it comes again.

use sandan_domain::ids::derive;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::authorise::Action;
use crate::caller::Caller;
use crate::refusal::Refusal;

/// Namespace of the ids that are derived from idempotency keys.
const KEYS: Uuid = Uuid::from_u128(0x7a1f_0c3e_55d2_4b6b_9a60_0a51_7a5d_a010);

/// A command's id, and the digest of its content.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub id: Uuid,
    pub fingerprint: [u8; 32],
    /// It may have come before: whoever made the id can make it again.
    pub repeatable: bool,
}

impl Identity {
    /// From the caller's key, or a random one that nobody can repeat.
    ///
    /// Without a key the content is never compared, so it is not hashed either.
    pub fn of(by: &Caller, action: Action, content: &impl Serialize) -> Result<Self, Refusal> {
        let Some(idempotency) = &by.idempotency else {
            return Ok(Self::once());
        };
        let content =
            serde_json::to_vec(content).map_err(|error| Refusal::Failed(format!("read the input: {error}")))?;
        let mut hasher = Sha256::new_with_prefix(action.name());
        hasher.update([0]);
        hasher.update(content);
        let id = command_id(&by.name, &idempotency.path, idempotency.key);
        Ok(Self { id, fingerprint: hasher.finalize().into(), repeatable: true })
    }

    /// One that nobody can repeat.
    pub fn once() -> Self {
        Self { id: Uuid::now_v7(), fingerprint: [0; 32], repeatable: false }
    }

    /// An id that follows from what caused the command, such as a timer.
    pub fn derived(id: Uuid) -> Self {
        Self { id, fingerprint: [0; 32], repeatable: true }
    }
}

/// The same for the same caller, path and key. A key that is ordered by time gives an id that is.
fn command_id(caller: &str, path: &str, key: Uuid) -> Uuid {
    if key.get_version_num() == 7 {
        derive(key, &format!("key|{caller}|{path}"))
    } else {
        Uuid::new_v5(&KEYS, format!("{caller}|{path}|{key}").as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_ordered_by_time_gives_a_command_ordered_by_time_and_any_key_gives_its_own() {
        let keys = [Uuid::now_v7(), Uuid::new_v4(), Uuid::nil()];
        for key in keys {
            let id = command_id("token:1", "/requests", key);
            assert_eq!(id, command_id("token:1", "/requests", key));
            assert_eq!(id.as_u128() >> 80 == key.as_u128() >> 80, key.get_version_num() == 7);
            for other in [("token:2", "/requests"), ("token:1", "/communities"), ("token:1|", "requests")] {
                assert_ne!(id, command_id(other.0, other.1, key), "{other:?}");
            }
        }
    }
}
