//! Digests of the ledger (R26).

use jiff::Timestamp;
use jiff::civil::Date;

use crate::answer::Digest;
use crate::ask::{By, DigestQuery, Filter};
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
        let (from, to) = (self.midnight(first), self.midnight(last.tomorrow().unwrap_or(last)));
        let before = self.midnight(query.kind.period(query.kind.before(query.date)).0);
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

    /// The end of the period, when its digest is whole.
    pub fn digest_is_due(&self, query: &DigestQuery) -> Timestamp {
        let last = query.kind.period(query.date).1;
        self.midnight(last.tomorrow().unwrap_or(last))
    }

    fn midnight(&self, day: Date) -> Timestamp {
        day.to_zoned(self.0.parts.policy.zone.clone()).map_or(Timestamp::MAX, |midnight| midnight.timestamp())
    }
}
