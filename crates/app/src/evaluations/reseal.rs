//! Evaluations' secrets under another master key: seeds of lots, and the keys that sign tokens.

use sandan_log::{Log, RowChange};
use sandan_vault::Vault;

use super::rows::{KEYS, SEEDS, about_row};
use crate::refusal::Refusal;

/// Rows that are read at once.
const BATCH: usize = 512;

/// The changes that seal every secret with `new` that `old` can open. What neither can open stays as it is.
pub async fn resealed(log: &dyn Log, old: &Vault, new: &Vault) -> Result<Vec<RowChange>, Refusal> {
    let mut changes = Vec::new();
    for space in [SEEDS, KEYS] {
        let mut after = None;
        loop {
            let rows = log.rows(space, after.as_deref(), BATCH).await?;
            let Some((last, _)) = rows.last() else { break };
            after = Some(last.clone());
            for (key, sealed) in rows {
                let about = about_row(space, &key);
                if let Some(clear) = old.open_bytes(&about, &sealed) {
                    let sealed = new.seal_bytes(&about, &clear);
                    let sealed = sealed.map_err(|error| Refusal::Failed(format!("seal a secret: {error}")))?;
                    changes.push(RowChange::Put { space, key, value: sealed.into() });
                }
            }
        }
    }
    Ok(changes)
}
