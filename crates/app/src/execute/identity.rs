//! What makes a command the same command when it comes again.

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
            return Ok(Self { id: Uuid::now_v7(), fingerprint: [0; 32], repeatable: false });
        };
        let content =
            serde_json::to_vec(content).map_err(|error| Refusal::Failed(format!("read the input: {error}")))?;
        let mut hasher = Sha256::new_with_prefix(action.name());
        hasher.update([0]);
        hasher.update(content);
        let name = format!("{}|{}|{}", by.name, idempotency.path, idempotency.key);
        let id = Uuid::new_v5(&KEYS, name.as_bytes());
        Ok(Self { id, fingerprint: hasher.finalize().into(), repeatable: true })
    }

    /// An id that follows from what caused the command, such as a timer.
    pub fn derived(id: Uuid) -> Self {
        Self { id, fingerprint: [0; 32], repeatable: true }
    }
}
