//! What must hold of every request in a list.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::Answer;
use super::keys::Keys;
use super::scope::{Scope, list};
use crate::answer::State;
use crate::ask::Filter;
use crate::fold::{Coded, micros};

/// One of the units leads or assists.
const ON_TEAM: &str = "EXISTS (SELECT 1 FROM team t WHERE t.unit IN (SELECT value FROM json_each(?))
                       AND t.live IN (0, 1) AND t.filed_at = r.filed_at AND t.seq = r.seq)";

/// Conditions on `r`, and their values in order. `unit_too`: the unit does not drive, so it is checked as well.
pub(super) fn conditions(
    connection: &Connection,
    scope: &Scope,
    ask: &Keys<'_>,
    unit_too: bool,
) -> Answer<(Vec<String>, Vec<Value>)> {
    let filter = ask.filter;
    let mut conditions = ask.only.clone();
    let mut values: Vec<Value> = Vec::new();
    let mut must = |condition: &str, value: Value| {
        conditions.push(condition.to_owned());
        values.push(value);
    };
    if let Scope::Some(codes) = scope {
        must("r.community IN (SELECT value FROM json_each(?))", list(codes).into());
    }
    if let Some(state) = filter.state {
        must("r.state = ?", state.code().into());
    }
    if let Some(number) = number(filter) {
        must("r.number = ?", number.into());
    }
    if let Some(unit) = filter.unit.as_ref().filter(|_| unit_too) {
        must(ON_TEAM, list(&codes_in(connection, scope, "unit", unit.as_str())?).into());
    }
    if let Some(grid) = &filter.grid {
        must(
            "r.grid IN (SELECT value FROM json_each(?))",
            list(&codes_in(connection, scope, "grid", grid.as_str())?).into(),
        );
    }
    if filter.category.is_some() {
        must("r.category IN (SELECT value FROM json_each(?))", list(&categories(connection, filter)?).into());
    }
    if let Some(channel) = filter.channel {
        must("r.channel = ?", channel.code().into());
    }
    if let Some(urgency) = filter.urgency {
        must("r.urgency = ?", urgency.code().into());
    }
    if let Some(light) = filter.light {
        must("r.light = ?", light.code().into());
    }
    if let Some(overdue) = filter.overdue {
        must("r.overdue = ?", overdue.into());
    }
    if let Some(from) = filter.from {
        must("r.filed_at >= ?", micros(from).into());
    }
    if let Some(to) = filter.to {
        must("r.filed_at < ?", micros(to).into());
    }
    if let Some(open) = filter.open {
        let ended = State::ALL.into_iter().filter(|state| !state.is_open()).map(State::code).collect::<Vec<_>>();
        let condition = if open { "NOT IN" } else { "IN" };
        must(&format!("r.state {condition} (SELECT value FROM json_each(?))"), list(&ended).into());
    }
    Ok((conditions, values))
}

pub(super) fn number(filter: &Filter) -> Option<i64> {
    filter.number.and_then(|number| number.to_string().parse().ok())
}

/// That category and those below.
pub(super) fn categories(connection: &Connection, filter: &Filter) -> Answer<Vec<i64>> {
    let Some(category) = &filter.category else { return Ok(Vec::new()) };
    let path = category.as_str();
    let sql = "SELECT code FROM category WHERE path = ?1 OR (path > ?1 || '/' AND path < ?1 || '0')";
    let mut statement = connection.prepare_cached(sql)?;
    let codes = statement.query_map([path], |row| row.get(0))?;
    Ok(codes.collect::<Result<_, _>>()?)
}

/// Units or grids with this slug; a slug is unique in its community only.
pub(super) fn codes_in(connection: &Connection, scope: &Scope, table: &str, slug: &str) -> Answer<Vec<i64>> {
    let sql = match table {
        "unit" => "SELECT code, community FROM unit WHERE slug = ?",
        _ => "SELECT code, community FROM grid WHERE slug = ?",
    };
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([slug], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows: Vec<(i64, i64)> = rows.collect::<Result<_, _>>()?;
    Ok(rows.into_iter().filter(|(_, community)| scope.includes(*community)).map(|(code, _)| code).collect())
}
