//! `/digests/rows`: the requests behind one number of a digest, as they stood when it was told.

use std::str::FromStr;

use sandan_domain::CommunityId;
use sandan_views::{
    By, Cursor, DigestFigure, DigestGroup, DigestPart, DigestQuery, DigestRows, Page, RateRows, RatesQuery, RequestRow,
    Side, Sight, Views, Which, Without,
};

use super::digest::{Told, told};
use super::ledger;
use super::names::Names;
use super::show;
use crate::pages::fields::address;
use crate::pages::form::Form;
use crate::pages::ledger::{About, LedgerPage};
use crate::pages::texts::Texts;
use crate::pages::visit::{Answer, Visit, page};
use crate::problem::Problem;

const LINES: usize = 50;
/// The fields of an address that say which number is opened, beside those of the digest.
const FIELDS: [&str; 8] = ["figure", "before", "by", "group", "of", "rate", "side", "without"];

/// Which number.
enum Number {
    Figure(DigestRows),
    Rate(RateRows),
}

pub(crate) async fn show(visit: Visit) -> Answer {
    let Told { query, views } = told(&visit).await?;
    let number = number(&visit, &query, &views).ok_or_else(Problem::not_found)?;
    let cursor: Option<Cursor> = visit.query.get("cursor").and_then(|cursor| cursor.parse().ok());
    let rows = number.rows(&views, &visit.sight().await?, cursor).await?;
    let part = number.part().and_then(|part| part.community.as_ref());
    let names = Names::of(&visit.site.views, rows.items.iter().map(|row| &row.community).chain(part)).await?;
    let t = visit.t;
    let digest = format!("{} · {}", t.of("digest", query.kind.name()), period(&query, number.is_before(), t));
    let next = rows.next_cursor.map(|next| here(&visit, &query, Some(&next.to_string())));
    page(&LedgerPage {
        t,
        shell: visit.shell(t.s("digest-rows-title")),
        heading: t.s("digest-rows-title"),
        about: Some(About {
            text: format!("{digest} · {}", number.says(&names, t)),
            href: super::digest::here("/digests", query.kind, query.date, slug(&query)),
            back: t.s("digest-rows-back"),
        }),
        filtered: false,
        form: Form::empty("ledger"),
        communities: Vec::new(),
        states: Vec::new(),
        lights: Vec::new(),
        units: Vec::new(),
        grids: Vec::new(),
        channels: Vec::new(),
        categories: Vec::new(),
        lines: show::lines(&rows.items, &names, &visit.calendar().as_of(visit.site.views.digest_is_due(&query))),
        first: cursor.map(|_| here(&visit, &query, None)),
        next,
    })
}

impl Number {
    async fn rows(&self, views: &Views, sight: &Sight, cursor: Option<Cursor>) -> Result<Page<RequestRow>, Problem> {
        Ok(match self {
            Self::Figure(ask) => views.digest_rows(sight, ask, cursor, LINES).await?,
            Self::Rate(ask) => views.rate_rows(sight, ask, cursor, LINES).await?,
        })
    }

    const fn part(&self) -> Option<&DigestPart> {
        match self {
            Self::Figure(ask) => ask.part.as_ref(),
            Self::Rate(_) => None,
        }
    }

    const fn is_before(&self) -> bool {
        matches!(self, Self::Figure(DigestRows { before: true, .. }))
    }

    fn says(&self, names: &Names, t: Texts) -> String {
        match self {
            Self::Rate(ask) => {
                let says = ledger::says(ask, t);
                if ask.which == Which::Satisfaction { format!("{says}{}", t.s("digest-rows-ballots")) } else { says }
            }
            Self::Figure(ask) => {
                let part = ask.part.as_ref().map(|part| format!(" · {}", part_name(part, names, t)));
                let says = format!("{}{}", t.of("digest", ask.figure.name()), part.unwrap_or_default());
                match ask.figure {
                    DigestFigure::Returns => format!("{says}{}", t.s("digest-rows-returns")),
                    _ => says,
                }
            }
        }
    }
}

/// Where the rows behind a figure stand.
pub(super) fn of_figure(query: &DigestQuery, figure: DigestFigure, before: bool) -> String {
    link(query, &[("figure", Some(figure.name())), ("before", before.then_some("true"))])
}

/// Where the rows behind a group's figure stand.
pub(super) fn of_group(query: &DigestQuery, figure: DigestFigure, by: By, group: &DigestGroup) -> String {
    let of = group.community.as_ref().map(CommunityId::as_str);
    let fields = [("by", Some(by.name())), ("group", group.group.as_deref()), ("of", of)];
    link(query, &[&[("figure", Some(figure.name()))], fields.as_slice()].concat())
}

/// Where the rows behind a number of a rate stand.
pub(super) fn of_rate(query: &DigestQuery, which: Which, side: &str) -> String {
    link(query, &[("rate", Some(which.name())), ("side", Some(side))])
}

fn link(query: &DigestQuery, more: &[(&'static str, Option<&str>)]) -> String {
    let date = query.date.to_string();
    let fields = [("kind", Some(query.kind.name())), ("date", Some(date.as_str())), ("community", slug(query))];
    address("/digests/rows", &[fields.as_slice(), more].concat())
}

/// The same rows from another place on.
fn here(visit: &Visit, query: &DigestQuery, cursor: Option<&str>) -> String {
    let given = FIELDS.iter().map(|field| (*field, visit.query.get(field)));
    link(query, &given.chain([("cursor", cursor)]).collect::<Vec<_>>())
}

fn slug(query: &DigestQuery) -> Option<&str> {
    query.community.as_ref().map(CommunityId::as_str)
}

fn number(visit: &Visit, query: &DigestQuery, views: &Views) -> Option<Number> {
    let word = |name: &str| visit.query.get(name);
    if let Some(rate) = word("rate") {
        let (from, to) = views.digest_span(query.kind, query.date);
        let query = RatesQuery { community: query.community.clone(), from: Some(from), to: Some(to), by: None };
        let side = if visit.query.is("side", "numerator") { Side::Numerator } else { Side::Denominator };
        let without = word("without").and_then(|text| Without::from_str(text).ok());
        return Some(Number::Rate(RateRows { query, group: None, which: rate.parse().ok()?, side, without }));
    }
    let part = word("by").and_then(|by| by.parse().ok()).map(|by| DigestPart {
        by,
        group: word("group").map(str::to_owned),
        community: word("of").and_then(|slug| slug.parse().ok()),
    });
    let (figure, before) = (word("figure")?.parse().ok()?, visit.query.is("before", "true"));
    Some(Number::Figure(DigestRows { query: query.clone(), figure, before, part }))
}

fn period(query: &DigestQuery, before: bool, t: Texts) -> String {
    let day = if before { query.kind.before(query.date) } else { query.date };
    super::digest::days(query.kind.period(day), t)
}

/// A group as people call it.
fn part_name(part: &DigestPart, names: &Names, t: Texts) -> String {
    let Some(group) = &part.group else { return t.s("digest-none-of") };
    match part.by {
        By::Channel | By::Category => super::digest::word(part.by, group, t),
        By::Unit => part.community.as_ref().map_or_else(|| group.clone(), |of| names.unit_of(of, group)),
        By::Grid => {
            let grid = part.community.as_ref().zip(group.parse().ok());
            grid.map_or_else(|| group.clone(), |(of, grid)| names.grid(of, &grid))
        }
    }
}
