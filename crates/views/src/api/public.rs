//! What everybody may see: nobody is named, and nobody's own words are shown (R5, R37).

use sandan_domain::{Category, CommunityId, GridSlug};

use crate::query::{self, Keys, Order, Scope};
use crate::views::Answer;
use crate::{Cursor, Filter, LIMIT_MAX, NearbyRow, OpenPage, OpenRow, RequestRow, Sight, State, Views};

/// Requests that somebody is shown before filing.
const NEARBY: usize = 20;
/// Figures of a review are shown from so many ballots up (R21).
const BALLOTS_SHOWN: u32 = 5;

impl Views {
    /// Open requests that a resident could join: same category (and below), same grid if given; newest first, at
    /// most 20 (R5).
    pub async fn nearby(
        &self,
        community: &CommunityId,
        category: Option<&Category>,
        grid: Option<&GridSlug>,
    ) -> Answer<Vec<NearbyRow>> {
        let filter = Filter {
            community: Some(community.clone()),
            category: category.cloned(),
            grid: grid.cloned(),
            open: Some(true),
            ..Filter::default()
        };
        let now = self.now();
        self.ask(move |tables| {
            let scope = Scope::of(tables, &Sight::All, filter.community.as_ref())?;
            let (only, order) = (Vec::new(), Order::Newest);
            let keys = query::keys(tables, &scope, &Keys { filter: &filter, only, order, after: None, limit: NEARBY })?;
            Ok(query::rows(tables, &keys, now)?.into_iter().map(nearby_row).collect())
        })
        .await
    }

    /// The public page of a community and those below (R37): rates of all time, figures, closed requests, newest
    /// filed first. Where there are very many requests, the rates may be some minutes old.
    pub async fn open_page(
        &self,
        community: Option<&CommunityId>,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<OpenPage> {
        let rates = self.public_rates(community).await?;
        let filter = Filter { community: community.cloned(), state: Some(State::Closed), ..Filter::default() };
        let (limit, now) = (limit.clamp(1, LIMIT_MAX), self.now());
        self.ask(move |tables| {
            let scope = Scope::of(tables, &Sight::All, filter.community.as_ref())?;
            let (only, order) = (Vec::new(), Order::Newest);
            let ask = Keys { filter: &filter, only, order, after: cursor, limit: limit + 1 };
            let keys = query::keys(tables, &scope, &ask)?;
            let page = query::page_of(keys, limit, |keys| query::rows(tables, keys, now))?;
            let states = query::by_state(tables, &scope)?;
            let count = |keep: &dyn Fn(State) -> bool| {
                states.iter().filter(|(state, _)| keep(*state)).map(|(_, count)| count).sum()
            };
            Ok(OpenPage {
                rates,
                open: count(&|state| state.is_open()),
                closed: count(&|state| state == State::Closed),
                items: page.items.into_iter().map(open_row).collect(),
                next_cursor: page.next_cursor,
            })
        })
        .await
    }
}

fn nearby_row(row: RequestRow) -> NearbyRow {
    NearbyRow {
        id: row.id,
        category: row.category,
        grid: row.grid,
        filed_at: row.filed_at,
        public_title: row.public_title,
        state: row.state,
        co_signers: row.co_signers,
    }
}

fn open_row(row: RequestRow) -> OpenRow {
    let is_shown = row.valid >= BALLOTS_SHOWN;
    OpenRow {
        community: row.community,
        category: row.category,
        grid: row.grid,
        unit: row.unit,
        public_title: row.public_title,
        filed_at: row.filed_at,
        completed_at: row.completed_at,
        closed_at: row.closed_at,
        solved: row.solved,
        closing: row.closing,
        reworks: row.reworks,
        valid: is_shown.then_some(row.valid),
        dissatisfied: is_shown.then_some(row.dissatisfied),
    }
}
