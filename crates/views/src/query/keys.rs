//! Which requests a list shows, and in which order: only their keys, from indexes.
//!
//! One condition *drives*: an index begins with it and goes on in the order of filing, so that a page costs what
//! it shows. Where the condition allows several values (communities, categories), each is asked apart and the
//! answers are merged. The other conditions are checked row by row.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use sandan_domain::time::Light;

use super::Answer;
use super::scope::{Scope, list};
use crate::answer::State;
use crate::ask::{Cursor, Filter};
use crate::fold::{Coded, micros};

/// More streams than this are not merged: the list is read in the order of filing instead.
const STREAMS_MAX: usize = 256;

/// One of the units leads or assists.
const ON_TEAM: &str = "EXISTS (SELECT 1 FROM team t WHERE t.unit IN (SELECT value FROM json_each(?))
                       AND t.live IN (0, 1) AND t.filed_at = r.filed_at AND t.seq = r.seq)";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Newest,
    Oldest,
}

/// What to list.
#[derive(Clone, Debug)]
pub(crate) struct Keys<'a> {
    pub filter: &'a Filter,
    /// Further conditions, on `r`.
    pub only: Vec<String>,
    pub order: Order,
    /// The last key that was given.
    pub after: Option<Cursor>,
    pub limit: usize,
}

/// Streams of one driving condition.
struct Drive {
    from: &'static str,
    /// Of the table that drives: `r` or `t`.
    table: char,
    condition: &'static str,
    values: Vec<Vec<i64>>,
}

/// Time of filing and number of the requests, in order; at most `limit`.
pub(crate) fn keys(connection: &Connection, scope: &Scope, ask: &Keys<'_>) -> Answer<Vec<Cursor>> {
    let drive = drive(connection, scope, ask)?;
    let (conditions, values) = conditions(connection, scope, ask, drive.table != 't')?;
    let (sign, direction, table) = match ask.order {
        Order::Newest => ('<', "DESC", drive.table),
        Order::Oldest => ('>', "ASC", drive.table),
    };
    let mut sql = format!("SELECT {table}.filed_at, {table}.seq FROM {} WHERE {}", drive.from, drive.condition);
    conditions.iter().for_each(|condition| sql.push_str(&format!(" AND {condition}")));
    if ask.after.is_some() {
        sql.push_str(&format!(" AND ({table}.filed_at, {table}.seq) {sign} (?, ?)"));
    }
    sql.push_str(&format!(" ORDER BY {table}.filed_at {direction}, {table}.seq {direction} LIMIT ?"));
    let mut statement = connection.prepare_cached(&sql)?;
    let mut keys = Vec::new();
    for stream in &drive.values {
        let stream = stream.iter().copied().map(Value::from);
        let after = ask.after.iter().flat_map(|after| [after.key.into(), after.seq.into()]);
        let limit = i64::try_from(ask.limit).unwrap_or(i64::MAX);
        let bound = stream.chain(values.iter().cloned()).chain(after).chain([limit.into()]);
        let found =
            statement.query_map(params_from_iter(bound), |row| Ok(Cursor { key: row.get(0)?, seq: row.get(1)? }))?;
        for key in found {
            keys.push(key?);
        }
    }
    match ask.order {
        Order::Newest => keys.sort_unstable_by(|a, b| b.cmp(a)),
        Order::Oldest => keys.sort_unstable(),
    }
    // A unit may stand on a request twice: live and, for a moment, not.
    keys.dedup();
    keys.truncate(ask.limit);
    Ok(keys)
}

fn drive(connection: &Connection, scope: &Scope, ask: &Keys<'_>) -> Answer<Drive> {
    let filter = ask.filter;
    if filter.number.is_some() {
        let values = vec![vec![number(filter).unwrap_or_default()]];
        return Ok(Drive {
            from: "request r INDEXED BY request_number",
            table: 'r',
            condition: "r.number = ?",
            values,
        });
    }
    if let Some(unit) = &filter.unit {
        let units = codes_in(connection, scope, "unit", unit.as_str())?;
        let live = filter.open.map_or(vec![0, 1], |open| vec![i64::from(open)]);
        return Ok(Drive {
            from: "team t CROSS JOIN request r ON r.seq = t.seq",
            table: 't',
            condition: "t.unit = ? AND t.live = ?",
            values: pairs(&units, &live),
        });
    }
    if let Some(grid) = &filter.grid {
        let values = codes_in(connection, scope, "grid", grid.as_str())?.into_iter().map(|grid| vec![grid]).collect();
        return Ok(Drive { from: "request r INDEXED BY request_grid", table: 'r', condition: "r.grid = ?", values });
    }
    let communities = scope.listed(connection)?;
    let narrow = narrow(connection, filter)?;
    let streams = narrow.as_ref().map_or(communities.len(), |(_, _, values)| communities.len() * values.len());
    Ok(match (narrow, scope) {
        (Some((from, condition, values)), _) if streams <= STREAMS_MAX => {
            Drive { from, table: 'r', condition, values: pairs(&communities, &values) }
        }
        (None, Scope::Some(_)) if streams <= STREAMS_MAX => Drive {
            from: "request r INDEXED BY request_rates",
            table: 'r',
            condition: "r.community = ?",
            values: communities.into_iter().map(|community| vec![community]).collect(),
        },
        _ => Drive {
            from: "request r INDEXED BY request_filed",
            table: 'r',
            condition: "true",
            values: vec![Vec::new()],
        },
    })
}

type Narrow = (&'static str, &'static str, Vec<i64>);

/// The condition of few rows, if there is one: its index, and the values it allows.
fn narrow(connection: &Connection, filter: &Filter) -> Answer<Option<Narrow>> {
    let alarm = match filter.light {
        Some(light @ (Light::Yellow | Light::Red)) => Some(light),
        _ => (filter.overdue == Some(true)).then_some(Light::Red),
    };
    if let Some(light) = alarm {
        let (from, condition) = ("request r INDEXED BY request_alarm", "r.community = ? AND r.alarm = ?");
        return Ok(Some((from, condition, vec![light.code()])));
    }
    if filter.category.is_some() {
        let (from, condition) = ("request r INDEXED BY request_category", "r.community = ? AND r.category = ?");
        return Ok(Some((from, condition, categories(connection, filter)?)));
    }
    let states: Vec<i64> = match (filter.state, filter.open) {
        (Some(state), _) => vec![state.code()],
        (None, Some(open)) => State::ALL.into_iter().filter(|state| state.is_open() == open).map(State::code).collect(),
        (None, None) => Vec::new(),
    };
    if !states.is_empty() {
        let (from, condition) = ("request r INDEXED BY request_state", "r.community = ? AND r.state = ?");
        return Ok(Some((from, condition, states)));
    }
    Ok(filter.channel.map(|channel| {
        let (from, condition) = ("request r INDEXED BY request_channel", "r.community = ? AND r.channel = ?");
        (from, condition, vec![channel.code()])
    }))
}

/// `unit_too`: the unit does not drive, so it is checked as well.
fn conditions(
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

/// The same conditions for requests that are known by their numbers: newest first.
pub(crate) fn among(connection: &Connection, scope: &Scope, filter: &Filter, seqs: &[i64]) -> Answer<Vec<i64>> {
    let ask = Keys { filter, only: Vec::new(), order: Order::Newest, after: None, limit: 0 };
    let (conditions, values) = conditions(connection, scope, &ask, true)?;
    let mut sql = "SELECT r.seq FROM request r WHERE r.seq IN (SELECT value FROM json_each(?))".to_owned();
    conditions.iter().for_each(|condition| sql.push_str(&format!(" AND {condition}")));
    sql.push_str(" ORDER BY r.seq DESC");
    let mut statement = connection.prepare_cached(&sql)?;
    let bound = [Value::from(list(seqs))].into_iter().chain(values);
    let found = statement.query_map(params_from_iter(bound), |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn number(filter: &Filter) -> Option<i64> {
    filter.number.and_then(|number| number.to_string().parse().ok())
}

/// That category and those below.
fn categories(connection: &Connection, filter: &Filter) -> Answer<Vec<i64>> {
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

fn pairs(first: &[i64], second: &[i64]) -> Vec<Vec<i64>> {
    first.iter().flat_map(|a| second.iter().map(|b| vec![*a, *b])).collect()
}
