//! Board and rates.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sandan_domain::scoring::UnitShares;
use sandan_domain::{CommunityId, Share};

use crate::query::{self, Scope};
use crate::views::Answer;
use crate::{Board, By, Cursor, LIMIT_MAX, Page, RateRows, RatesQuery, RatesRow, RequestRow, Sight, UnitView, Views};

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

    /// What the requests filed in a period say about each unit of a community, by slug (R23).
    pub async fn unit_shares(
        &self,
        sight: &Sight,
        community: &CommunityId,
        (from, to): (Timestamp, Timestamp),
    ) -> Answer<Vec<UnitShares>> {
        let (community, by) = (Some(community), Some(By::Unit));
        let query = RatesQuery { community: community.cloned(), from: Some(from), to: Some(to), by };
        let rates = self.rates(sight, &query).await?;
        let own = rates.iter().filter(|row| row.community.as_ref() == community);
        let rows: BTreeMap<&str, &RatesRow> = own.filter_map(|row| Some((row.group.as_deref()?, row))).collect();
        let units = self.units(sight, community).await?.into_iter().filter(|view| Some(&view.community) == community);
        let figures = |view: UnitView| {
            let row = rows.get(view.slug.as_str());
            let on_time = row.map_or_else(Share::default, |row| row.on_time.share());
            let satisfaction = row.map_or_else(Share::default, |row| row.satisfaction.share());
            UnitShares { unit: view.slug, name: view.name, on_time, satisfaction }
        };
        Ok(units.map(figures).collect())
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
