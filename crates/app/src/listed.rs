//! What a community has of a kind: a row of the log for each, by `<community>/<name>`, so that a name is taken once.

use bytes::Bytes;
use sandan_domain::CommunityId;
use sandan_log::RowChange;
use uuid::Uuid;

use crate::app::App;
use crate::refusal::Refusal;

/// Rows that are read at once.
const BATCH: usize = 512;

/// The row that claims a name.
pub(crate) fn listing(
    space: &'static str,
    community: &CommunityId,
    name: impl std::fmt::Display,
    id: Uuid,
) -> RowChange {
    let key = format!("{community}/{name}").into();
    RowChange::Claim { space, key, value: Bytes::copy_from_slice(id.as_bytes()) }
}

impl App {
    /// All ids of a space that are a community's, by name.
    pub(crate) async fn listed(&self, space: &str, community: &CommunityId) -> Result<Vec<Uuid>, Refusal> {
        let prefix = format!("{community}/");
        let mut after: Bytes = prefix.clone().into();
        let mut found = Vec::new();
        loop {
            let rows = self.0.log.rows(space, Some(&after), BATCH).await?;
            let full = rows.len() == BATCH;
            for (key, value) in rows {
                if !key.starts_with(prefix.as_bytes()) {
                    return Ok(found);
                }
                found.push(read(&value)?);
                after = key;
            }
            if !full {
                return Ok(found);
            }
        }
    }

    /// What has a name, if anything.
    pub(crate) async fn listed_as(
        &self,
        space: &str,
        community: &CommunityId,
        name: impl std::fmt::Display,
    ) -> Result<Option<Uuid>, Refusal> {
        let row = self.0.log.row(space, format!("{community}/{name}").as_bytes()).await?;
        row.map(|value| read(&value)).transpose()
    }
}

fn read(value: &[u8]) -> Result<Uuid, Refusal> {
    Uuid::from_slice(value).map_err(|_| Refusal::Failed("read the row of a community's list".to_owned()))
}
