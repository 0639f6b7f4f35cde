//! Counts for a digest: one pass over the requests of the communities, grouped. What is counted and what is listed behind a
//! count is one condition.

use std::collections::BTreeMap;
use std::fmt::Display;

use rusqlite::{Connection, OptionalExtension};
use sandan_domain::Category;

use super::keys::{Keys, Order, keys};
use super::rates::channel_name;
use super::rows::slug;
use super::scope::{list, one_of};
use super::{Answer, Scope};
use crate::answer::{DigestFigures, DigestGroup, State};
use crate::ask::{By, Cursor, DigestFigure, DigestPart, DigestRows, Filter};
use crate::fold::Coded;

/// A period in microseconds, its end not included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub from: i64,
    pub to: i64,
}

/// What a digest groups by, with the column of `r` that says it. The unit is the one that leads, or led last.
const fn column(by: By) -> &'static str {
    match by {
        By::Unit => "coalesce(r.lead, r.fact_unit)",
        By::Grid => "r.grid",
        By::Category => "r.category",
        By::Channel => "r.channel",
    }
}

/// Which requests `r` a figure counts; the bounds are values or places of them.
fn counted(figure: DigestFigure, from: impl Display, to: impl Display) -> String {
    let within = |column: &str| format!("r.{column} >= {from} AND r.{column} < {to}");
    let open = || {
        let open = State::ALL.into_iter().filter(|state| state.is_open()).map(State::code).collect::<Vec<_>>();
        one_of("r.state", &open)
    };
    match figure {
        DigestFigure::Filed => within("filed_at"),
        DigestFigure::Triaged => within("triaged_at"),
        DigestFigure::Dispatched => within("dispatched_at"),
        DigestFigure::Completed => within("completed_at"),
        DigestFigure::Closed => within("closed_at"),
        DigestFigure::Returns => format!("{} AND r.returns > 0", within("filed_at")),
        DigestFigure::Open => open(),
        DigestFigure::Overdue => format!("{} AND r.overdue <> 0", open()),
    }
}

/// Keys of the requests behind a number, newest filed first.
pub(crate) fn digest_rows(
    connection: &Connection,
    scope: &Scope,
    span: Span,
    ask: &DigestRows,
    after: Option<Cursor>,
    limit: usize,
) -> Answer<Vec<Cursor>> {
    let mut only = vec![counted(ask.figure, span.from, span.to)];
    if let Some(part) = &ask.part {
        only.push(in_part(connection, scope, part)?);
    }
    // So that an index of the open ones drives where they are asked for.
    let filter = Filter { open: ask.figure.is_of_the_end().then_some(true), ..Filter::default() };
    keys(connection, scope, &Keys { filter: &filter, only, order: Order::Newest, after, limit })
}

fn in_part(connection: &Connection, scope: &Scope, part: &DigestPart) -> Answer<String> {
    let column = column(part.by);
    let Some(group) = &part.group else { return Ok(format!("{column} IS NULL")) };
    let codes: Vec<i64> = match part.by {
        By::Channel => {
            let channel: Option<sandan_domain::request::Channel> = serde_json::from_value(group.as_str().into()).ok();
            channel.into_iter().map(Coded::code).collect()
        }
        By::Category => {
            let sql = "SELECT code, 0 FROM category WHERE path = ?1 OR (path > ?1 || '/' AND path < ?1 || '0')";
            found(connection, sql, [group])?.into_iter().map(|(code, _)| code).collect()
        }
        By::Unit | By::Grid => {
            let table = if part.by == By::Unit { "unit" } else { "grid" };
            let sql = format!(
                "SELECT p.code, p.community FROM {table} p JOIN community c ON c.code = p.community
                 WHERE p.slug = ?1 AND c.slug = coalesce(?2, c.slug)"
            );
            let community = part.community.as_ref().map(|slug| slug.as_str());
            let places = found(connection, &sql, (group, community))?;
            places.into_iter().filter(|(_, of)| scope.includes(*of)).map(|(code, _)| code).collect()
        }
    };
    Ok(one_of(column, &codes))
}

/// Codes, and of which community they are.
fn found(connection: &Connection, sql: &str, values: impl rusqlite::Params) -> Answer<Vec<(i64, i64)>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All together.
pub(crate) fn figures(connection: &Connection, scope: &Scope, span: Span) -> Answer<DigestFigures> {
    Ok(count(connection, scope, span, "NULL")?.into_values().next().unwrap_or_default())
}

/// By group, those with nothing to say left out; the most filed first.
pub(crate) fn groups(connection: &Connection, scope: &Scope, span: Span, by: By) -> Answer<Vec<DigestGroup>> {
    let mut groups: BTreeMap<(Option<String>, Option<String>), DigestGroup> = BTreeMap::new();
    for (code, figures) in count(connection, scope, span, column(by))? {
        if figures.is_empty() {
            continue;
        }
        let named = named(connection, by, code)?;
        let community = named.community.as_ref().map(ToString::to_string);
        let group = groups.entry((community, named.group.clone())).or_insert(named);
        group.figures.add(&figures);
    }
    let mut groups: Vec<DigestGroup> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse((group.figures.filed, group.figures.open)));
    Ok(groups)
}

fn count(
    connection: &Connection,
    scope: &Scope,
    span: Span,
    group: &str,
) -> Answer<BTreeMap<Option<i64>, DigestFigures>> {
    let sums = DigestFigure::ALL.map(|figure| {
        let each = if figure == DigestFigure::Returns { "r.returns" } else { "1" };
        format!("coalesce(sum(iif({}, {each}, 0)), 0)", counted(figure, "?1", "?2"))
    });
    let sql = format!(
        "SELECT {group}, {} FROM request r WHERE r.community IN (SELECT value FROM json_each(?3)) GROUP BY 1",
        sums.join(", ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let communities = list(&scope.listed(connection)?);
    let mut rows = statement.query((span.from, span.to, communities))?;
    let mut counted = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let count = |place| Ok::<_, rusqlite::Error>(u64::try_from(row.get::<_, i64>(place)?).unwrap_or_default());
        let figures = DigestFigures {
            filed: count(1)?,
            triaged: count(2)?,
            dispatched: count(3)?,
            completed: count(4)?,
            closed: count(5)?,
            returns: count(6)?,
            open: count(7)?,
            overdue: count(8)?,
        };
        counted.insert(row.get(0)?, figures);
    }
    Ok(counted)
}

fn named(connection: &Connection, by: By, code: Option<i64>) -> Answer<DigestGroup> {
    let none = DigestGroup { group: None, name: None, community: None, figures: DigestFigures::default() };
    let Some(code) = code else { return Ok(none) };
    let sql = match by {
        By::Channel => return Ok(DigestGroup { group: Some(channel_name(code)), ..none }),
        By::Category => {
            let sql = "SELECT path FROM category WHERE code = ?";
            let path: Option<String> =
                connection.prepare_cached(sql)?.query_row([code], |row| row.get(0)).optional()?;
            let top = path.map(|path| path.split(Category::SEPARATOR).next().unwrap_or_default().to_owned());
            return Ok(DigestGroup { group: top, ..none });
        }
        By::Unit => {
            "SELECT u.slug, u.name, c.slug FROM unit u JOIN community c ON c.code = u.community WHERE u.code = ?"
        }
        By::Grid => {
            "SELECT g.slug, g.name, c.slug FROM grid g JOIN community c ON c.code = g.community WHERE g.code = ?"
        }
    };
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_row([code], |row| Ok((row.get(0)?, row.get(1)?, slug(row, 2)?))).optional()?;
    Ok(match found {
        Some((group, name, community)) => DigestGroup { group: Some(group), name, community: Some(community), ..none },
        None => none,
    })
}
