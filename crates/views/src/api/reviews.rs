//! What reviews ask of the staff: calls, what waits for the oversight board, and figures of ballots.

use sandan_domain::{CallbackId, CommunityId};

use crate::query::{self, Scope};
use crate::views::Answer;
use crate::{
    BallotFigures, CallRow, CallbackCall, CallbackView, Cursor, LIMIT_MAX, Page, RatesQuery, Sight, Views, WatchRow,
};

impl Views {
    /// Whom the hotline rings up (R18), in the order in which they were listed. With names and phones: never for a unit.
    pub async fn calls(&self, sight: &Sight, cursor: Option<Cursor>, limit: usize) -> Answer<Page<CallRow>> {
        let (sight, limit) = (sight.clone(), limit.clamp(1, LIMIT_MAX));
        self.ask(move |tables| {
            let scope = Scope::of(tables, &sight, None)?;
            Ok(page(query::calls(tables, &scope, cursor, limit + 1)?, limit))
        })
        .await
    }

    /// What waits for the oversight board: bursts of joiners, requests called unreasonable, appeals.
    pub async fn watched(&self, sight: &Sight, cursor: Option<Cursor>, limit: usize) -> Answer<Page<WatchRow>> {
        let (sight, limit) = (sight.clone(), limit.clamp(1, LIMIT_MAX));
        self.ask(move |tables| {
            let scope = Scope::of(tables, &sight, None)?;
            Ok(page(query::watched(tables, &scope, cursor, limit + 1)?, limit))
        })
        .await
    }

    /// Call-backs of a community and those below, or of all: anybody may see them and draw them again.
    pub async fn callbacks(&self, community: Option<&CommunityId>) -> Answer<Vec<CallbackView>> {
        let community = community.cloned();
        self.ask(move |tables| {
            let scope = Scope::of(tables, &Sight::All, community.as_ref())?;
            query::callbacks(tables, &scope)
        })
        .await
    }

    pub async fn callback(&self, id: CallbackId) -> Answer<Option<CallbackView>> {
        self.ask(move |tables| query::callback(tables, id)).await
    }

    /// The sample with names and telephones: for the hotline alone.
    pub async fn callback_calls(&self, id: CallbackId) -> Answer<Vec<CallbackCall>> {
        self.ask(move |tables| query::callback_calls(tables, id)).await
    }

    /// Ballots by the way they came in, and the reasons picked, of requests filed in a period.
    pub async fn ballots(&self, sight: &Sight, query: &RatesQuery) -> Answer<BallotFigures> {
        let (sight, query) = (sight.clone(), query.clone());
        self.ask(move |tables| {
            let scope = Scope::of(tables, &sight, query.community.as_ref())?;
            query::ballots(tables, &scope, &query)
        })
        .await
    }
}

fn page<T>(mut lines: Vec<(Cursor, T)>, limit: usize) -> Page<T> {
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next_cursor = lines.last().map(|(cursor, _)| *cursor).filter(|_| more);
    Page { items: lines.into_iter().map(|(_, line)| line).collect(), next_cursor }
}
