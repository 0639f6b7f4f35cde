//! Whether the keys that an append claims are free. Looks only; nothing is written before all is checked.

use std::collections::HashMap;

use bytes::Bytes;

use crate::append::RowChange;
use crate::error::AppendError;

/// Goes through the changes in their order, so that a claim sees what the same append did to the key
/// before it. `stored` gives the value that stands in the log.
pub(crate) fn check(
    rows: &[RowChange],
    mut stored: impl FnMut(&str, &[u8]) -> Result<Option<Bytes>, AppendError>,
) -> Result<(), AppendError> {
    let mut changed: HashMap<(&str, &[u8]), Option<&Bytes>> = HashMap::new();
    for row in rows {
        match row {
            RowChange::Claim { space, key, value } => {
                let standing = match changed.get(&(*space, &key[..])) {
                    Some(earlier) => earlier.cloned(),
                    None => stored(space, key)?,
                };
                if let Some(value) = standing {
                    return Err(AppendError::KeyTaken { space, key: key.clone(), value });
                }
                changed.insert((space, key), Some(value));
            }
            RowChange::Put { space, key, value } => _ = changed.insert((space, key), Some(value)),
            RowChange::Delete { space, key } => _ = changed.insert((space, key), None),
        }
    }
    Ok(())
}
