//! The list of a community's units: a row of the log for each, claimed when it is registered.

use bytes::Bytes;
use sandan_domain::{CommunityId, UnitId};
use sandan_log::RowChange;

use crate::app::App;
use crate::refusal::Refusal;

/// Rows of units, by `<community>/<unit>`. No slug has a slash, so a community's rows stand together.
const UNITS: &str = "unit";
/// Rows that are read at once.
const BATCH: usize = 512;

/// The row of a unit that is registered or revised. Putting it again does no harm.
pub(crate) fn unit_row(community: &CommunityId, unit: &UnitId) -> RowChange {
    RowChange::Put { space: UNITS, key: format!("{community}/{unit}").into(), value: Bytes::new() }
}

impl App {
    /// The units that are registered in a community, by their slugs.
    pub(crate) async fn units_of(&self, community: &CommunityId) -> Result<Vec<UnitId>, Refusal> {
        let prefix = format!("{community}/");
        let mut after: Bytes = prefix.clone().into();
        let mut units = Vec::new();
        loop {
            let rows = self.0.log.rows(UNITS, Some(&after), BATCH).await?;
            let full = rows.len() == BATCH;
            for (key, _) in rows {
                let Some(slug) = key.strip_prefix(prefix.as_bytes()) else { return Ok(units) };
                let slug = std::str::from_utf8(slug).ok().and_then(|slug| slug.parse().ok());
                units.push(slug.ok_or_else(|| Refusal::Failed("read the row of a unit".to_owned()))?);
                after = key;
            }
            if !full {
                return Ok(units);
            }
        }
    }
}
