//! Lists of requests.

use rusqlite::Connection;
use sandan_domain::{CommunityId, UnitId};

use crate::query::{self, Keys, Order, Scope};
use crate::views::Answer;
use crate::{Cursor, Filter, LIMIT_MAX, LedgerRow, Page, RequestRow, Sight, State, Views};

impl Views {
    /// Newest filed first; with `filter.q` newest recorded first. At most [`LIMIT_MAX`] a page.
    pub async fn requests(
        &self,
        sight: &Sight,
        filter: &Filter,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<RequestRow>> {
        let now = self.now();
        self.list(sight, filter, cursor, limit, move |tables, keys| query::rows(tables, keys, now)).await
    }

    /// The same as lines of the ledger. Page by page it holds no more than one page in memory.
    pub async fn ledger(
        &self,
        sight: &Sight,
        filter: &Filter,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<LedgerRow>> {
        let now = self.now();
        self.list(sight, filter, cursor, limit, move |tables, keys| query::ledger_rows(tables, keys, now)).await
    }

    async fn list<T: Send + 'static>(
        &self,
        sight: &Sight,
        filter: &Filter,
        cursor: Option<Cursor>,
        limit: usize,
        fill: impl FnOnce(&Connection, &[Cursor]) -> Answer<Vec<T>> + Send + 'static,
    ) -> Answer<Page<T>> {
        let limit = limit.clamp(1, LIMIT_MAX);
        if let Some(part) = filter.q.as_deref().filter(|part| !part.is_empty()) {
            let (keys, more) = self.containing(part, sight, filter, cursor, limit).await?;
            return self
                .ask(move |tables| {
                    let next_cursor = keys.last().copied().filter(|_| more);
                    Ok(Page { items: fill(tables, &keys)?, next_cursor })
                })
                .await;
        }
        let (sight, filter) = (sight.clone(), filter.clone());
        self.ask(move |tables| {
            let scope = Scope::of(tables, &sight, filter.community.as_ref())?;
            let ask = Keys { filter: &filter, only: Vec::new(), order: Order::Newest, after: cursor, limit: limit + 1 };
            query::page_of(query::keys(tables, &scope, &ask)?, limit, |keys| fill(tables, keys))
        })
        .await
    }

    /// A queue of the desk: the requests in this state, what is due first at its head.
    pub async fn queue(
        &self,
        sight: &Sight,
        state: State,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<RequestRow>> {
        let (sight, limit, now) = (sight.clone(), limit.clamp(1, LIMIT_MAX), self.now());
        self.ask(move |tables| {
            let scope = Scope::of(tables, &sight, None)?;
            let filter = Filter { state: Some(state), ..Filter::default() };
            let ask = Keys { filter: &filter, only: Vec::new(), order: Order::Due, after: cursor, limit: limit + 1 };
            query::page_of(query::keys(tables, &scope, &ask)?, limit, |keys| query::rows(tables, keys, now))
        })
        .await
    }

    /// The open requests that a unit leads, newest first: those that its bar of the board counts.
    pub async fn led_by(
        &self,
        sight: &Sight,
        community: &CommunityId,
        unit: &UnitId,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<RequestRow>> {
        let (sight, limit, now) = (sight.clone(), limit.clamp(1, LIMIT_MAX), self.now());
        let (community, unit) = (community.clone(), unit.clone());
        self.ask(move |tables| {
            let scope = Scope::of(tables, &sight, Some(&community))?;
            let lead = query::unit_in(tables, &community, &unit)?.unwrap_or_default();
            let filter = Filter { unit: Some(unit), open: Some(true), ..Filter::default() };
            let (only, order) = (vec![format!("r.lead = {lead}")], Order::Newest);
            let ask = Keys { filter: &filter, only, order, after: cursor, limit: limit + 1 };
            query::page_of(query::keys(tables, &scope, &ask)?, limit, |keys| query::rows(tables, keys, now))
        })
        .await
    }

    /// Open to be claimed; due first, at most 1,000.
    pub async fn pool(&self, community: &CommunityId) -> Answer<Vec<RequestRow>> {
        let (community, now) = (community.clone(), self.now());
        self.ask(move |tables| query::pool(tables, &community, now)).await
    }

    /// The open requests that a unit leads or assists in; due first, at most 1,000.
    pub async fn of_unit(&self, community: &CommunityId, unit: &UnitId) -> Answer<Vec<RequestRow>> {
        let (community, unit, now) = (community.clone(), unit.clone(), self.now());
        self.ask(move |tables| query::of_unit(tables, &community, &unit, now)).await
    }
}
