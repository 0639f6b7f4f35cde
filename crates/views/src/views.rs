//! The read models of a node, and all that can be asked of them.

use std::time::Duration;

use sandan_domain::{Category, CommunityId, GridSlug, RequestId, UnitId};
use sandan_log::Record;
use tokio::sync::watch;

use crate::*;

type Answer<T> = Result<T, ViewsError>;

/// Cheap to clone; all clones are the same models.
#[derive(Clone)]
pub struct Views {}

/// An event of the log with its texts opened, for export.
#[derive(Clone, Debug)]
pub struct LoggedEvent {
    pub record: Record,
    pub data: serde_json::Value,
}

#[allow(unused_variables, clippy::unused_async)]
impl Views {
    /// The last position that answers show.
    pub fn position(&self) -> u64 {
        0
    }

    /// Waits until answers show `position`.
    pub async fn wait(&self, position: u64, at_most: Duration) -> Result<(), Lagging> {
        Ok(())
    }

    /// The same of the search (`Filter::q`).
    pub async fn wait_search(&self, position: u64, at_most: Duration) -> Result<(), Lagging> {
        Ok(())
    }

    /// Follows the position of the main model, after its commits.
    pub fn watch(&self) -> watch::Receiver<u64> {
        watch::Sender::new(0).subscribe()
    }

    /// Counts the times that a light changed by time alone: a board asks anew then. Such a change is no
    /// `request` event of the live stream, for it has no position.
    pub fn lights(&self) -> watch::Receiver<u64> {
        watch::Sender::new(0).subscribe()
    }

    pub async fn status(&self) -> Answer<Vec<ModelStatus>> {
        Err(ViewsError::Closed)
    }

    /// What a scope covers: `None` is everything, a community stands for itself and those below it.
    pub async fn sight_of(&self, scope: Option<&CommunityId>) -> Answer<Sight> {
        Err(ViewsError::Closed)
    }

    /// Everything about a request; `None` if there is none, or not in sight.
    pub async fn request(&self, sight: &Sight, id: RequestId) -> Answer<Option<RequestView>> {
        Err(ViewsError::Closed)
    }

    /// Whose request it is, whoever asks.
    pub async fn community_of(&self, id: RequestId) -> Answer<Option<CommunityId>> {
        Err(ViewsError::Closed)
    }

    /// Newest filed first.
    pub async fn requests(
        &self,
        sight: &Sight,
        filter: &Filter,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<RequestRow>> {
        Err(ViewsError::Closed)
    }

    /// The same as lines of the ledger.
    pub async fn ledger(
        &self,
        sight: &Sight,
        filter: &Filter,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<LedgerRow>> {
        Err(ViewsError::Closed)
    }

    /// Every event about a request, of all streams, in order.
    pub async fn timeline(
        &self,
        sight: &Sight,
        id: RequestId,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<TimelineItem>> {
        Err(ViewsError::Closed)
    }

    /// Who had it and where it stood, from when to when.
    pub async fn intervals(&self, sight: &Sight, id: RequestId) -> Answer<Vec<Interval>> {
        Err(ViewsError::Closed)
    }

    /// Whose request it is, in the order they joined. Never for a unit or the public.
    pub async fn signers(&self, sight: &Sight, id: RequestId) -> Answer<Vec<SignerView>> {
        Err(ViewsError::Closed)
    }

    /// Open to be claimed; due first.
    pub async fn pool(&self, community: &CommunityId) -> Answer<Vec<RequestRow>> {
        Err(ViewsError::Closed)
    }

    /// The open requests that a unit leads or assists in; due first.
    pub async fn of_unit(&self, community: &CommunityId, unit: &UnitId) -> Answer<Vec<RequestRow>> {
        Err(ViewsError::Closed)
    }

    /// What waits for the desk: filed, returned, triaged and to be verified; filed first.
    pub async fn queue_for_desk(
        &self,
        sight: &Sight,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<RequestRow>> {
        Err(ViewsError::Closed)
    }

    pub async fn board(&self, sight: &Sight) -> Answer<Board> {
        Err(ViewsError::Closed)
    }

    /// One row, or with `by` one a group (R27).
    pub async fn rates(&self, sight: &Sight, query: &RatesQuery) -> Answer<Vec<RatesRow>> {
        Err(ViewsError::Closed)
    }

    /// The requests behind one number of the rates; newest filed first.
    pub async fn rate_rows(
        &self,
        sight: &Sight,
        rows: &RateRows,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<RequestRow>> {
        Err(ViewsError::Closed)
    }

    pub async fn communities(&self, sight: &Sight) -> Answer<Vec<CommunityView>> {
        Err(ViewsError::Closed)
    }

    /// Of one community, or of all in sight.
    pub async fn grids(&self, sight: &Sight, community: Option<&CommunityId>) -> Answer<Vec<GridView>> {
        Err(ViewsError::Closed)
    }

    /// Of one community, or of all in sight.
    pub async fn units(&self, sight: &Sight, community: Option<&CommunityId>) -> Answer<Vec<UnitView>> {
        Err(ViewsError::Closed)
    }

    /// Open requests that a resident could join: same category (and below), same grid if given; newest first, at
    /// most 20 (R5).
    pub async fn nearby(
        &self,
        community: &CommunityId,
        category: Option<&Category>,
        grid: Option<&GridSlug>,
    ) -> Answer<Vec<NearbyRow>> {
        Err(ViewsError::Closed)
    }

    /// What anybody may see of a community and those below (R37); closed requests, newest filed first.
    pub async fn open_page(
        &self,
        community: Option<&CommunityId>,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<OpenPage> {
        Err(ViewsError::Closed)
    }

    /// Events that changed requests in sight after a position, at most `limit`.
    pub async fn changes(&self, after: u64, limit: usize, sight: &Sight) -> Answer<Changes> {
        Err(ViewsError::Closed)
    }

    /// Events of the log after a position, of communities in sight, opened. The second value: ask again after it;
    /// `None` at the end.
    pub async fn events(&self, sight: &Sight, after: u64, limit: usize) -> Answer<(Vec<LoggedEvent>, Option<u64>)> {
        Err(ViewsError::Closed)
    }
}
