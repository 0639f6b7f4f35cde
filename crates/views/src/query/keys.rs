//! Which requests a list shows, and in which order: only their keys, from indexes.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::Answer;
use super::conditions::conditions;
use super::drive::drive;
use super::scope::{Scope, list};
use crate::ask::{Cursor, Filter};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Newest,
    Oldest,
    /// What is due first, of requests in one state.
    Due,
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

/// Time of filing, or the due time, and number of the requests, in order; at most `limit`.
pub(crate) fn keys(connection: &Connection, scope: &Scope, ask: &Keys<'_>) -> Answer<Vec<Cursor>> {
    let drive = drive(connection, scope, ask)?;
    let (conditions, values) = conditions(connection, scope, ask, drive.table != 't')?;
    let table = drive.table;
    let (key, sign, direction) = match ask.order {
        Order::Newest => ("filed_at", '<', "DESC"),
        Order::Oldest => ("filed_at", '>', "ASC"),
        Order::Due => ("due_at", '>', "ASC"),
    };
    let mut sql = format!("SELECT {table}.{key}, {table}.seq FROM {} WHERE {}", drive.from, drive.condition);
    conditions.iter().for_each(|condition| sql.push_str(&format!(" AND {condition}")));
    if ask.after.is_some() {
        sql.push_str(&format!(" AND ({table}.{key}, {table}.seq) {sign} (?, ?)"));
    }
    sql.push_str(&format!(" ORDER BY {table}.{key} {direction}, {table}.seq {direction} LIMIT ?"));
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
        Order::Oldest | Order::Due => keys.sort_unstable(),
    }
    // A unit may stand on a request twice: live and, for a moment, not.
    keys.dedup();
    keys.truncate(ask.limit);
    Ok(keys)
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
