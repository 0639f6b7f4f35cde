//! Communities, grids and units.

use rusqlite::{Connection, Row};
use sandan_domain::CommunityId;
use serde::de::DeserializeOwned;

use super::rows::{optional_slug, slug};
use super::scope::with_those_below;
use super::{Answer, Scope};
use crate::answer::{CommunityView, GridView, UnitView};
use crate::ask::Sight;

/// A community stands for itself and those below it.
pub(crate) fn sight_of(connection: &Connection, community: &CommunityId) -> Answer<Sight> {
    let mut statement = connection.prepare_cached("SELECT slug FROM community WHERE code = ?")?;
    let mut set = Vec::new();
    for code in with_those_below(connection, community)? {
        set.push(statement.query_row([code], |row| slug(row, 0))?);
    }
    if set.is_empty() {
        set.push(community.clone());
    }
    Ok(Sight::Set(set))
}

pub(crate) fn communities(connection: &Connection, sight: &Sight) -> Answer<Vec<CommunityView>> {
    let sql = "SELECT c.slug, c.name, p.slug FROM community c LEFT JOIN community p ON p.code = c.parent
               WHERE c.name IS NOT NULL ORDER BY c.slug";
    let mut statement = connection.prepare_cached(sql)?;
    let read =
        |row: &Row<'_>| Ok(CommunityView { slug: slug(row, 0)?, name: row.get(1)?, parent: optional_slug(row, 2)? });
    let all = statement.query_map([], read)?.collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().filter(|community| sight.includes(&community.slug)).collect())
}

pub(crate) fn grids(connection: &Connection, sight: &Sight, of: Option<&CommunityId>) -> Answer<Vec<GridView>> {
    let sql = "SELECT g.slug, c.slug, g.name, g.lead FROM grid g JOIN community c ON c.code = g.community
               WHERE g.community = ? AND g.name IS NOT NULL ORDER BY g.slug";
    each(connection, sight, of, sql, |row| {
        Ok(GridView { slug: slug(row, 0)?, community: slug(row, 1)?, name: row.get(2)?, lead: row.get(3)? })
    })
}

pub(crate) fn units(connection: &Connection, sight: &Sight, of: Option<&CommunityId>) -> Answer<Vec<UnitView>> {
    let sql = "SELECT u.slug, c.slug, u.name, u.categories, u.grids, u.resources, u.capacity, u.load
               FROM unit u JOIN community c ON c.code = u.community
               WHERE u.community = ? AND u.name IS NOT NULL ORDER BY u.slug";
    each(connection, sight, of, sql, |row| {
        Ok(UnitView {
            slug: slug(row, 0)?,
            community: slug(row, 1)?,
            name: row.get(2)?,
            categories: json(row, 3)?,
            grids: json(row, 4)?,
            resources: json(row, 5)?,
            capacity: row.get(6)?,
            load: u32::try_from(row.get::<_, i64>(7)?).unwrap_or_default(),
        })
    })
}

/// Of one community alone, or of all in sight.
fn each<T>(
    connection: &Connection,
    sight: &Sight,
    of: Option<&CommunityId>,
    sql: &str,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Answer<Vec<T>> {
    let scope = match of {
        Some(community) if !sight.includes(community) => return Ok(Vec::new()),
        Some(community) => Scope::of(connection, &Sight::Set(vec![community.clone()]), None)?,
        None => Scope::of(connection, sight, None)?,
    };
    let mut statement = connection.prepare_cached(sql)?;
    let mut all = Vec::new();
    for community in scope.listed(connection)? {
        for item in statement.query_map([community], &read)? {
            all.push(item?);
        }
    }
    Ok(all)
}

fn json<T: DeserializeOwned + Default>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str_or_null()?;
    Ok(text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default())
}
