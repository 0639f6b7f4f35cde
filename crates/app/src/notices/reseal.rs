//! Endpoints' secrets under another master key.

use data_encoding::BASE64;
use sandan_log::{Log, RowChange};
use sandan_vault::Vault;

use super::endpoint::{Endpoint, about};
use super::rows::{self, ENDPOINTS, put};
use crate::refusal::Refusal;

/// The changes that seal every secret with `new` that `old` can open. What neither can open stays as it is.
pub async fn resealed(log: &dyn Log, old: &Vault, new: &Vault) -> Result<Vec<RowChange>, Refusal> {
    let mut changes = Vec::new();
    for (key, mut endpoint) in rows::all::<Endpoint>(log, ENDPOINTS).await? {
        let about = about(endpoint.id);
        for secret in &mut endpoint.secrets {
            let sealed = BASE64.decode(secret.as_bytes()).unwrap_or_default();
            if let Some(clear) = old.open_bytes(&about, &sealed) {
                let sealed = new.seal_bytes(&about, &clear);
                let sealed = sealed.map_err(|error| Refusal::Failed(format!("seal a secret: {error}")))?;
                *secret = BASE64.encode(&sealed);
            }
        }
        changes.push(put(ENDPOINTS, &key, &endpoint)?);
    }
    Ok(changes)
}
