//! Lines of lists, by their numbers.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use sandan_domain::{Category, RequestId, RequestNumber};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as NotRead;

use super::Answer;
use crate::answer::{LedgerRow, RequestRow, State};
use crate::ask::{Cursor, Page};
use crate::fold::{Limits, channel_of, closing_of, shown, time, urgency_of};

const ROW: &str = "SELECT r.seq, r.id, r.number, c.slug, r.state, r.round, u.slug, r.owner, o.slug, r.open_slots,
        r.channel, k.path, r.urgency, w.title, w.public_title, substr(w.description, 1, 200), g.slug, r.filed_at,
        r.triaged_at, r.dispatched_at, r.claimed_at, r.completed_at, r.closed_at, r.due_at, r.due_started,
        r.suspended, r.solved, r.returns, r.closing, r.merged_into, r.signers, r.electorate, r.valid,
        r.dissatisfied, r.position, r.supervised IS NOT NULL
    FROM request r
    JOIN community c ON c.code = r.community
    JOIN words w ON w.seq = r.seq
    LEFT JOIN unit u ON u.code = r.lead
    LEFT JOIN unit o ON o.code = r.owner
    LEFT JOIN grid g ON g.code = r.grid
    LEFT JOIN category k ON k.code = r.category
    WHERE r.seq = ?";

/// The requests with these keys, in this order.
pub(crate) fn rows(connection: &Connection, keys: &[Cursor], now: Timestamp) -> Answer<Vec<RequestRow>> {
    let mut statement = connection.prepare_cached(ROW)?;
    let mut rows = Vec::with_capacity(keys.len());
    for key in keys {
        rows.extend(statement.query_row([key.seq], |row| read(row, now)).optional()?);
    }
    Ok(rows)
}

/// A page of a list that was asked for one key more than the page holds.
pub(crate) fn page_of<T>(
    mut keys: Vec<Cursor>,
    limit: usize,
    fill: impl FnOnce(&[Cursor]) -> Answer<Vec<T>>,
) -> Answer<Page<T>> {
    let more = keys.len() > limit;
    keys.truncate(limit);
    let next_cursor = keys.last().copied().filter(|_| more);
    Ok(Page { items: fill(&keys)?, next_cursor })
}

pub(crate) fn ledger_rows(connection: &Connection, keys: &[Cursor], now: Timestamp) -> Answer<Vec<LedgerRow>> {
    let sql = "SELECT description, name, phone, address, answer, unsolved_reason, ended_reason, external_id, likes,
                      against FROM words WHERE seq = ?";
    let mut words = connection.prepare_cached(sql)?;
    let mut ledger = Vec::with_capacity(keys.len());
    for (request, key) in rows(connection, keys, now)?.into_iter().zip(keys) {
        let units = units(connection, key.seq)?;
        ledger.push(words.query_row([key.seq], |row| {
            Ok(LedgerRow {
                request,
                units,
                description: row.get(0)?,
                requester_name: row.get(1)?,
                requester_phone: row.get(2)?,
                address: row.get(3)?,
                answer: row.get(4)?,
                unsolved_reason: row.get(5)?,
                ended_reason: row.get(6)?,
                external_id: row.get(7)?,
                likes: row.get(8)?,
                against: row.get(9)?,
            })
        })?);
    }
    Ok(ledger)
}

/// The units on a request, the lead first.
pub(super) fn units(connection: &Connection, seq: i64) -> Answer<Vec<sandan_domain::UnitId>> {
    let sql = "SELECT units FROM request WHERE seq = ?";
    let codes: String = connection.prepare_cached(sql)?.query_row([seq], |row| row.get(0))?;
    let mut statement = connection.prepare_cached("SELECT slug FROM unit WHERE code = ?")?;
    let mut units = Vec::new();
    for code in codes.split(' ').filter_map(|code| code.parse::<i64>().ok()) {
        units.extend(statement.query_row([code], |row| slug(row, 0)).optional()?);
    }
    Ok(units)
}

pub(super) fn read(row: &Row<'_>, now: Timestamp) -> rusqlite::Result<RequestRow> {
    let state = State::of_code(row.get(4)?).unwrap_or(State::Filed);
    let (round, due_at) = (row.get(5)?, row.get(23)?);
    let (due_started, suspended, supervised) = (row.get(24)?, row.get(25)?, row.get(35)?);
    let limits = Limits { open: state.is_open(), due_at, due_started, suspended, round, supervised };
    let (light, overdue) = shown(&limits, now);
    Ok(RequestRow {
        id: RequestId(row.get(1)?),
        number: number(row, 2)?,
        community: slug(row, 3)?,
        state,
        round,
        unit: optional_slug(row, 6)?,
        owner: owner(row, 7)?,
        open_slots: row.get(9)?,
        channel: channel_of(row.get(10)?),
        category: category(row, 11)?,
        urgency: urgency_of(row.get(12)?),
        title: row.get(13)?,
        public_title: row.get(14)?,
        excerpt: row.get(15)?,
        grid: optional_slug(row, 16)?,
        filed_at: time(row.get(17)?),
        triaged_at: optional_time(row, 18)?,
        dispatched_at: optional_time(row, 19)?,
        claimed_at: optional_time(row, 20)?,
        completed_at: optional_time(row, 21)?,
        closed_at: optional_time(row, 22)?,
        due_at: Some(time(due_at)),
        light,
        overdue,
        solved: row.get(26)?,
        returns: row.get(27)?,
        reworks: round.saturating_sub(1),
        closing: row.get::<_, Option<i64>>(28)?.map(closing_of),
        merged_into: row.get::<_, Option<_>>(29)?.map(RequestId),
        co_signers: row.get::<_, u32>(30)?.saturating_sub(1),
        electorate: row.get(31)?,
        valid: row.get(32)?,
        dissatisfied: row.get(33)?,
        position: position(row, 34)?,
    })
}

/// Two columns: the owner's code and, if it is a unit's, its slug.
pub(super) fn owner(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    match row.get::<_, Option<i64>>(column)? {
        None => Ok(None),
        Some(0) => Ok(Some("desk".to_owned())),
        Some(_) => row.get(column + 1),
    }
}

/// Slugs were checked before they came into the log.
pub(super) fn slug<T: std::str::FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|_| unreadable(column, "slug"))
}

pub(super) fn optional_slug<T: std::str::FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    let text = row.get_ref(column)?.as_str_or_null()?;
    text.map(|text| text.parse().map_err(|_| unreadable(column, "slug"))).transpose()
}

pub(super) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<RequestNumber> {
    let number: i64 = row.get(column)?;
    format!("{number:09}").parse().map_err(|_| unreadable(column, "number"))
}

pub(super) fn category(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Category>> {
    let path = row.get_ref(column)?.as_str_or_null()?;
    path.map(|path| read_category(path).ok_or_else(|| unreadable(column, "category"))).transpose()
}

pub(super) fn read_category(path: &str) -> Option<Category> {
    Category::deserialize(IntoDeserializer::<NotRead>::into_deserializer(path)).ok()
}

pub(super) fn optional_time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(time))
}

pub(super) fn position(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or_default())
}

fn unreadable(column: usize, what: &'static str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, what.into())
}
