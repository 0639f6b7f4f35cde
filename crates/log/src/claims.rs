//! Whether the keys that an append claims are free. Looks only; nothing is written before all is checked.

use std::collections::HashMap;

use bytes::Bytes;

use crate::append::RowChange;
use crate::error::AppendError;

/// A claim whose key must be free in the log, or one that the append itself has made impossible.
pub(crate) struct Claim<'a> {
    pub space: &'static str,
    pub key: &'a Bytes,
    /// What the same append wrote there before: then the claim fails whatever the log says.
    pub standing: Option<&'a Bytes>,
}

impl Claim<'_> {
    pub fn taken(&self, value: Bytes) -> AppendError {
        AppendError::KeyTaken { space: self.space, key: self.key.clone(), value }
    }
}

/// The claims to be checked, in their order. Each sees what the same append did to its key before it; after one
/// that must fail nothing needs to be checked.
pub(crate) fn claims(rows: &[RowChange]) -> Vec<Claim<'_>> {
    let mut changed: HashMap<(&str, &[u8]), Option<&Bytes>> = HashMap::new();
    let mut claims = Vec::new();
    for row in rows {
        match row {
            RowChange::Claim { space, key, value } => {
                let earlier = changed.insert((space, key), Some(value));
                match earlier {
                    None => claims.push(Claim { space, key, standing: None }),
                    Some(Some(standing)) => {
                        claims.push(Claim { space, key, standing: Some(standing) });
                        return claims;
                    }
                    // Deleted by this append, and so free.
                    Some(None) => {}
                }
            }
            RowChange::Put { space, key, value } => _ = changed.insert((space, key), Some(value)),
            RowChange::Delete { space, key } => _ = changed.insert((space, key), None),
        }
    }
    claims
}

/// Checks them one by one. `stored` gives the value that stands in the log.
pub(crate) fn check(
    rows: &[RowChange],
    mut stored: impl FnMut(&str, &[u8]) -> Result<Option<Bytes>, AppendError>,
) -> Result<(), AppendError> {
    for claim in claims(rows) {
        let standing = match claim.standing {
            Some(standing) => Some(standing.clone()),
            None => stored(claim.space, claim.key)?,
        };
        if let Some(value) = standing {
            return Err(claim.taken(value));
        }
    }
    Ok(())
}
