//! The live board: sums of few counters, and two short lists.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rusqlite::Connection;
use sandan_domain::time::Light;

use super::groups::{by_community, by_grid, by_unit};
use super::keys::{Keys, Order, keys};
use super::rows::rows;
use super::{Answer, Scope};
use crate::answer::{Board, Day, Lights, RequestRow, State};
use crate::ask::Filter;
use crate::fold::{Coded, Figure};
use crate::store::read_head;

/// Lines of the board's lists.
const LIST: usize = 10;
const DAYS: i64 = 30;

pub(crate) fn board(connection: &Connection, scope: &Scope, zone: &TimeZone, now: Timestamp) -> Answer<Board> {
    let totals = scope.of_totals();
    let lights = lights_of(&sums(connection, Figure::Light, &totals)?);
    let days = days(connection, &totals, zone, now)?;
    let by_state = by_state(connection, scope)?;
    let red = Filter { light: Some(Light::Red), open: Some(true), ..Filter::default() };
    Ok(Board {
        position: read_head(connection)?.position,
        open: by_state.iter().filter(|(state, _)| state.is_open()).map(|(_, count)| count).sum(),
        by_state,
        by_light: lights,
        overdue: sum_of(&sums(connection, Figure::Overdue, &totals)?, 0),
        by_unit: by_unit(connection, scope)?,
        by_grid: by_grid(connection, scope)?,
        by_community: by_community(connection, scope)?,
        today: days.last().copied().unwrap_or(Day { date: zone.to_datetime(now).date(), filed: 0, closed: 0 }),
        days,
        newest: listed(connection, scope, &Filter::default(), Order::Newest, now)?,
        red: listed(connection, scope, &red, Order::Oldest, now)?,
    })
}

/// How many requests are in each state, in the order of [`State::ALL`].
pub(crate) fn by_state(connection: &Connection, scope: &Scope) -> Answer<Vec<(State, u64)>> {
    let states = sums(connection, Figure::State, &scope.of_totals())?;
    Ok(State::ALL.map(|state| (state, sum_of(&states, state.code()))).to_vec())
}

fn listed(
    connection: &Connection,
    scope: &Scope,
    filter: &Filter,
    order: Order,
    now: Timestamp,
) -> Answer<Vec<RequestRow>> {
    let ask = Keys { filter, only: Vec::new(), order, after: None, limit: LIST };
    rows(connection, &keys(connection, scope, &ask)?, now)
}

pub(super) type Sums = HashMap<i64, i64>;

pub(super) fn sums(connection: &Connection, figure: Figure, communities: &str) -> Answer<Sums> {
    let sql = "SELECT key, sum(n) FROM counter
               WHERE kind = ? AND community IN (SELECT value FROM json_each(?)) GROUP BY key";
    let mut statement = connection.prepare_cached(sql)?;
    let sums = statement.query_map((figure as i64, communities), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(sums.collect::<Result<_, _>>()?)
}

pub(super) fn sum_of(sums: &Sums, key: i64) -> u64 {
    sums.get(&key).and_then(|sum| u64::try_from(*sum).ok()).unwrap_or_default()
}

pub(super) fn lights_of(sums: &Sums) -> Lights {
    Lights {
        green: sum_of(sums, Light::Green.code()),
        yellow: sum_of(sums, Light::Yellow.code()),
        red: sum_of(sums, Light::Red.code()),
    }
}

fn days(connection: &Connection, communities: &str, zone: &TimeZone, now: Timestamp) -> Answer<Vec<Day>> {
    let today = zone.to_datetime(now).date();
    let last = crate::fold::day_number(today);
    let (filed, closed) = (
        sums_between(connection, Figure::Filed, communities, last)?,
        sums_between(connection, Figure::Closed, communities, last)?,
    );
    let day = |back: i64| {
        let date = today.checked_sub(back.days()).unwrap_or(today);
        Day { date, filed: sum_of(&filed, last - back), closed: sum_of(&closed, last - back) }
    };
    Ok((0..DAYS).rev().map(day).collect())
}

fn sums_between(connection: &Connection, figure: Figure, communities: &str, last: i64) -> Answer<Sums> {
    let sql = "SELECT key, sum(n) FROM counter WHERE kind = ?1 AND key BETWEEN ?3 AND ?4
               AND community IN (SELECT value FROM json_each(?2)) GROUP BY key";
    let mut statement = connection.prepare_cached(sql)?;
    let bound = (figure as i64, communities, last - DAYS + 1, last);
    let sums = statement.query_map(bound, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(sums.collect::<Result<_, _>>()?)
}
