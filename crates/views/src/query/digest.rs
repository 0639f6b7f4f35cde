//! Counts for a digest: one pass over the requests of the communities, grouped.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use sandan_domain::Category;

use super::rates::channel_name;
use super::rows::slug;
use super::scope::list;
use super::{Answer, Scope};
use crate::answer::{DigestFigures, DigestGroup, State};
use crate::ask::By;

/// A period in microseconds, its end not included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub from: i64,
    pub to: i64,
}

/// What a digest groups by, with the column that says it. The unit is the one that leads, or led last.
const fn column(by: By) -> &'static str {
    match by {
        By::Unit => "coalesce(lead, fact_unit)",
        By::Grid => "grid",
        By::Category => "category",
        By::Channel => "channel",
    }
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
    let open = State::ALL.into_iter().filter(|state| state.is_open()).map(State::code).collect::<Vec<_>>();
    let open = list(&open).replace('[', "(").replace(']', ")");
    let within = |column: &str| format!("coalesce(sum({column} >= ?1 AND {column} < ?2), 0)");
    let sql = format!(
        "SELECT {group}, {}, {}, {}, {}, {}, coalesce(sum(iif(filed_at >= ?1 AND filed_at < ?2, returns, 0)), 0),
                coalesce(sum(state IN {open}), 0), coalesce(sum(state IN {open} AND overdue <> 0), 0)
         FROM request WHERE community IN (SELECT value FROM json_each(?3)) GROUP BY 1",
        within("filed_at"),
        within("triaged_at"),
        within("dispatched_at"),
        within("completed_at"),
        within("closed_at"),
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
