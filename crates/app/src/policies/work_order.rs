//! What is to be worked out anew, and how far that is: a row of the log, so that a crash loses nothing of it.

use bytes::Bytes;
use sandan_domain::CommunityId;
use sandan_domain::request::Anew;
use sandan_log::{Position, RowChange};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::refusal::Refusal;

/// Rows of work that is not done, by the event that set it going: in order of time.
pub(super) const WORK: &str = "work_out_anew";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WorkOrder {
    /// The event that set it going.
    pub cause: Uuid,
    pub community: CommunityId,
    pub version: u32,
    /// It is a calendar's version, not a policy's.
    pub calendar: bool,
    /// Requests that were looked at, and those whose limits moved.
    pub seen: u64,
    pub moved: u64,
    pub stage: Stage,
}

/// First the list of open requests is gone through, then what others wrote meanwhile, perhaps by an older policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    New,
    /// Behind this row of the list; `began`: the end of the log when it began.
    List {
        after: Option<String>,
        began: Position,
    },
    /// Behind this position of the log. `until`: where the log ended once every node had heard of the change.
    Log {
        after: Position,
        #[serde(default)]
        until: Option<Position>,
    },
}

impl WorkOrder {
    pub const fn new(cause: Uuid, community: CommunityId, version: u32, calendar: bool) -> Self {
        Self { cause, community, version, calendar, seen: 0, moved: 0, stage: Stage::New }
    }

    pub const fn anew(&self) -> Anew {
        if self.calendar { Anew::Calendar } else { Anew::Policy }
    }

    pub fn put(&self) -> Result<RowChange, Refusal> {
        let value =
            serde_json::to_vec(self).map_err(|error| Refusal::Failed(format!("write a work order: {error}")))?;
        Ok(RowChange::Put { space: WORK, key: self.key(), value: value.into() })
    }

    pub fn delete(&self) -> RowChange {
        RowChange::Delete { space: WORK, key: self.key() }
    }

    pub fn read(value: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(value).map_err(|error| Refusal::Failed(format!("read a work order: {error}")))
    }

    fn key(&self) -> Bytes {
        self.cause.to_string().into()
    }
}
