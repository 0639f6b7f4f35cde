//! Board and rates.

use crate::query::{self, Scope};
use crate::views::Answer;
use crate::{Board, Cursor, LIMIT_MAX, Page, RateRows, RatesQuery, RatesRow, RequestRow, Sight, Views};

impl Views {
    /// The figures are kept, not counted: their cost does not grow with the requests.
    pub async fn board(&self, sight: &Sight) -> Answer<Board> {
        let (sight, zone, now) = (sight.clone(), self.0.parts.policy.zone.clone(), self.now());
        self.ask(move |tables| {
            let scope = Scope::of(tables, &sight, None)?;
            query::board(tables, &scope, &zone, now)
        })
        .await
    }

    /// One row, or with `by` one a group, by name (R27).
    pub async fn rates(&self, sight: &Sight, query: &RatesQuery) -> Answer<Vec<RatesRow>> {
        let (sight, query) = (sight.clone(), query.clone());
        self.ask(move |tables| {
            let scope = Scope::of(tables, &sight, query.community.as_ref())?;
            query::rates(tables, &scope, &query)
        })
        .await
    }

    /// The requests behind one number of the rates; newest filed first.
    pub async fn rate_rows(
        &self,
        sight: &Sight,
        ask: &RateRows,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<RequestRow>> {
        let (sight, ask, limit, now) = (sight.clone(), ask.clone(), limit.clamp(1, LIMIT_MAX), self.now());
        self.ask(move |tables| {
            let scope = Scope::of(tables, &sight, ask.query.community.as_ref())?;
            let keys = query::rate_rows(tables, &scope, &ask, cursor, limit + 1)?;
            query::page_of(keys, limit, |keys| query::rows(tables, keys, now))
        })
        .await
    }
}
