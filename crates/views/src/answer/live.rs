//! What changed after a position: the live stream resumes from here.

use sandan_domain::time::Light;
use sandan_domain::{CommunityId, GridSlug, RequestId, RequestNumber, UnitId};
use serde::Serialize;

use super::State;

/// An event changed a request. The fields say how the request stands now, except `state`, which the event left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Of the event: `id:` on the live stream.
    pub position: u64,
    pub request: RequestId,
    pub number: RequestNumber,
    pub community: CommunityId,
    pub state: State,
    pub light: Light,
    pub unit: Option<UnitId>,
    pub owner: Option<String>,
    pub grid: Option<GridSlug>,
    pub overdue: bool,
}

/// Some changes in order, and how far was looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changes {
    pub items: Vec<Change>,
    /// Ask again after this position: everything up to it was looked at.
    pub upto: u64,
    /// There was more to look at.
    pub more: bool,
}
