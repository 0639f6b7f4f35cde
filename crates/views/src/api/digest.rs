//! Digests of the ledger (R26).

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use sandan_domain::CommunityId;
use serde_json::{Value, json};

use crate::answer::Digest;
use crate::ask::{By, Cursor, DigestKind, DigestQuery, DigestRows, Filter, LIMIT_MAX, Page};
use crate::fold::micros;
use crate::query::{self, Keys, Order, Scope, Span};
use crate::views::Answer;
use crate::{RatesQuery, RatesRow, RequestRow, Sight, Views};

/// Most requests in a digest's list of those filed; the ledger has them all.
pub const DIGEST_ROWS_MAX: usize = 500;
/// The longest open ones.
const OLDEST: usize = 20;

impl Views {
    /// The digest of the period, as these read models stand. For a past period ask those of its end:
    /// [`Views::as_of`] what [`Views::digest_is_due`] says.
    pub async fn digest(&self, sight: &Sight, query: &DigestQuery) -> Answer<Digest> {
        let (first, last) = query.kind.period(query.date);
        let (from, to) = self.digest_span(query.kind, query.date);
        let (before, _) = self.digest_span(query.kind, query.kind.before(query.date));
        let (sight, query, now) = (sight.clone(), query.clone(), self.now());
        self.ask(move |tables| {
            let scope = Scope::of(tables, &sight, query.community.as_ref())?;
            let span = |from, to| Span { from: micros(from), to: micros(to) };
            let (this, earlier) = (span(from, to), span(before, from));
            let rates = |from, to| {
                let ask = RatesQuery { community: None, from: Some(from), to: Some(to), by: None };
                let rows = query::rates(tables, &scope, &ask)?;
                Answer::Ok(rows.into_iter().next().unwrap_or_else(RatesRow::default))
            };
            let listed = |filter: Filter, limit| -> Answer<Vec<RequestRow>> {
                let ask = Keys { filter: &filter, only: Vec::new(), order: Order::Oldest, after: None, limit };
                query::rows(tables, &query::keys(tables, &scope, &ask)?, now)
            };
            let open = || Filter { open: Some(true), ..Filter::default() };
            Ok(Digest {
                kind: query.kind,
                community: query.community.clone(),
                first,
                last,
                from,
                to,
                as_of: now,
                figures: query::digest_figures(tables, &scope, this)?,
                before: crate::DigestFigures { open: 0, overdue: 0, ..query::digest_figures(tables, &scope, earlier)? },
                rates: rates(from, to)?,
                rates_before: rates(before, from)?,
                by_category: query::digest_groups(tables, &scope, this, By::Category)?,
                by_grid: query::digest_groups(tables, &scope, this, By::Grid)?,
                by_unit: query::digest_groups(tables, &scope, this, By::Unit)?,
                by_channel: query::digest_groups(tables, &scope, this, By::Channel)?,
                filed: listed(Filter { from: Some(from), to: Some(to), ..Filter::default() }, DIGEST_ROWS_MAX)?,
                overdue: listed(Filter { overdue: Some(true), ..open() }, DIGEST_ROWS_MAX)?,
                oldest: listed(open(), OLDEST)?,
            })
        })
        .await
    }

    /// The requests behind one number of a digest, of the same read models; newest filed first.
    pub async fn digest_rows(
        &self,
        sight: &Sight,
        ask: &DigestRows,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Answer<Page<RequestRow>> {
        let kind = ask.query.kind;
        let day = if ask.before { kind.before(ask.query.date) } else { ask.query.date };
        let (from, to) = self.digest_span(kind, day);
        let span = Span { from: micros(from), to: micros(to) };
        let (sight, ask, limit, now) = (sight.clone(), ask.clone(), limit.clamp(1, LIMIT_MAX), self.now());
        self.ask(move |tables| {
            let scope = Scope::of(tables, &sight, ask.query.community.as_ref())?;
            let keys = query::digest_rows(tables, &scope, span, &ask, cursor, limit + 1)?;
            query::page_of(keys, limit, |keys| query::rows(tables, keys, now))
        })
        .await
    }

    /// A digest as JSON with the names of its places, for a workbook.
    pub async fn named(&self, digest: &Digest) -> Answer<Value> {
        let mut told = serde_json::to_value(digest).unwrap_or_default();
        let all = &Sight::All;
        let of = |community: &CommunityId, slug: &str| format!("{community}/{slug}");
        let communities = self.communities(all).await?.into_iter().map(|view| (view.slug.to_string(), view.name));
        let units = self.units(all, None).await?.into_iter();
        let units = units.map(|view| (of(&view.community, view.slug.as_str()), view.name));
        let grids = self.grids(all, None).await?.into_iter();
        let grids = grids.map(|view| (of(&view.community, view.slug.as_str()), view.name));
        told["names"] = json!({
            "communities": communities.collect::<BTreeMap<_, _>>(),
            "units": units.collect::<BTreeMap<_, _>>(),
            "grids": grids.collect::<BTreeMap<_, _>>(),
        });
        Ok(told)
    }

    /// Beginning and end of the period that a day lies in; `from` included, `to` not.
    pub fn digest_span(&self, kind: DigestKind, day: Date) -> (Timestamp, Timestamp) {
        let (first, last) = kind.period(day);
        (self.midnight(first), self.midnight(last.tomorrow().unwrap_or(last)))
    }

    /// The end of the period, when its digest is whole.
    pub fn digest_is_due(&self, query: &DigestQuery) -> Timestamp {
        self.digest_span(query.kind, query.date).1
    }

    fn midnight(&self, day: Date) -> Timestamp {
        day.to_zoned(self.0.parts.policy.zone.clone()).map_or(Timestamp::MAX, |midnight| midnight.timestamp())
    }
}
