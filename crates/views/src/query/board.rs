//! The live board: sums of few counters, and two short lists.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rusqlite::{Connection, OptionalExtension};
use sandan_domain::time::Light;

use super::keys::{Keys, Order, keys};
use super::rows::{rows, slug};
use super::scope::list;
use super::{Answer, Scope};
use crate::answer::{Board, Day, GridFigures, Lights, RequestRow, State, UnitFigures};
use crate::ask::Filter;
use crate::fold::{Coded, Figure};
use crate::store::read_head;

/// Lines of the board's lists.
const LIST: usize = 10;
/// Units or grids on the board.
const GROUPS_MAX: usize = 200;
const DAYS: i64 = 30;

pub(crate) fn board(connection: &Connection, scope: &Scope, zone: &TimeZone, now: Timestamp) -> Answer<Board> {
    let totals = scope.of_totals();
    let states = sums(connection, Figure::State, &totals)?;
    let lights = lights_of(&sums(connection, Figure::Light, &totals)?);
    let days = days(connection, &totals, zone, now)?;
    let by_state = State::ALL.map(|state| (state, sum_of(&states, state.code()))).to_vec();
    let red = Filter { light: Some(Light::Red), open: Some(true), ..Filter::default() };
    Ok(Board {
        position: read_head(connection)?.position,
        open: by_state.iter().filter(|(state, _)| state.is_open()).map(|(_, count)| count).sum(),
        by_state,
        by_light: lights,
        overdue: sum_of(&sums(connection, Figure::Overdue, &totals)?, 0),
        by_unit: by_unit(connection, scope)?,
        by_grid: by_grid(connection, scope)?,
        today: days.last().copied().unwrap_or(Day { date: zone.to_datetime(now).date(), filed: 0, closed: 0 }),
        days,
        newest: listed(connection, scope, &Filter::default(), Order::Newest, now)?,
        red: listed(connection, scope, &red, Order::Oldest, now)?,
    })
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

type Sums = HashMap<i64, i64>;

fn sums(connection: &Connection, figure: Figure, communities: &str) -> Answer<Sums> {
    let sql = "SELECT key, sum(n) FROM counter
               WHERE kind = ? AND community IN (SELECT value FROM json_each(?)) GROUP BY key";
    let mut statement = connection.prepare_cached(sql)?;
    let sums = statement.query_map((figure as i64, communities), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(sums.collect::<Result<_, _>>()?)
}

/// The same of figures that are not kept for all together.
fn sums_by_key(connection: &Connection, scope: &Scope, figure: Figure) -> Answer<Sums> {
    let Scope::Some(codes) = scope else {
        let sql = "SELECT key, n FROM counter WHERE kind = ?";
        let mut statement = connection.prepare_cached(sql)?;
        let sums = statement.query_map([figure as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
        return Ok(sums.collect::<Result<_, _>>()?);
    };
    sums(connection, figure, &list(codes))
}

fn sum_of(sums: &Sums, key: i64) -> u64 {
    sums.get(&key).and_then(|sum| u64::try_from(*sum).ok()).unwrap_or_default()
}

fn lights_of(sums: &Sums) -> Lights {
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

/// Figures of units or grids, by code.
struct Groups {
    lights: HashMap<i64, Lights>,
    overdue: Sums,
}

impl Groups {
    fn read(connection: &Connection, scope: &Scope, lights: [Figure; 3], overdue: Figure) -> Answer<Self> {
        let [green, yellow, red] = lights;
        let mut lights: HashMap<i64, Lights> = HashMap::new();
        for (figure, light) in [(green, Light::Green), (yellow, Light::Yellow), (red, Light::Red)] {
            for (key, count) in sums_by_key(connection, scope, figure)? {
                let lights = lights.entry(key).or_default();
                let count = u64::try_from(count).unwrap_or_default();
                match light {
                    Light::Green => lights.green = count,
                    Light::Yellow => lights.yellow = count,
                    Light::Red => lights.red = count,
                }
            }
        }
        Ok(Self { lights, overdue: sums_by_key(connection, scope, overdue)? })
    }

    fn open(&self, key: i64) -> u64 {
        let lights = self.lights.get(&key).copied().unwrap_or_default();
        lights.green + lights.yellow + lights.red
    }
}

fn by_unit(connection: &Connection, scope: &Scope) -> Answer<Vec<UnitFigures>> {
    let lights = [Figure::UnitGreen, Figure::UnitYellow, Figure::UnitRed];
    let groups = Groups::read(connection, scope, lights, Figure::UnitOverdue)?;
    let returns = sums_by_key(connection, scope, Figure::UnitReturns)?;
    let lost = sums_by_key(connection, scope, Figure::UnitLostSeconds)?;
    let mut units: Vec<i64> = groups.lights.keys().chain(returns.keys()).copied().collect();
    units.sort_unstable();
    units.dedup();
    units.retain(|unit| groups.open(*unit) > 0 || sum_of(&returns, *unit) > 0);
    let lights = |unit: &i64| groups.lights.get(unit).copied().unwrap_or_default();
    units.sort_by_key(|unit| std::cmp::Reverse((lights(unit).red, groups.open(*unit))));
    let sql = "SELECT c.slug, u.slug, u.name FROM unit u JOIN community c ON c.code = u.community WHERE u.code = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let mut figures = Vec::new();
    for unit in units.into_iter().take(GROUPS_MAX) {
        let read = |row: &rusqlite::Row<'_>| {
            Ok(UnitFigures {
                community: slug(row, 0)?,
                unit: slug(row, 1)?,
                name: row.get(2)?,
                open: groups.open(unit),
                overdue: sum_of(&groups.overdue, unit),
                lights: lights(&unit),
                returns: sum_of(&returns, unit),
                lost_in_hours: sum_of(&lost, unit) / 3_600,
            })
        };
        figures.extend(statement.query_row([unit], read).optional()?);
    }
    Ok(figures)
}

fn by_grid(connection: &Connection, scope: &Scope) -> Answer<Vec<GridFigures>> {
    let lights = [Figure::GridGreen, Figure::GridYellow, Figure::GridRed];
    let groups = Groups::read(connection, scope, lights, Figure::GridOverdue)?;
    let mut grids: Vec<i64> = groups.lights.keys().copied().filter(|grid| groups.open(*grid) > 0).collect();
    grids.sort_unstable();
    grids.sort_by_key(|grid| std::cmp::Reverse(groups.open(*grid)));
    let sql = "SELECT c.slug, g.slug, g.name FROM grid g JOIN community c ON c.code = g.community WHERE g.code = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let mut figures = Vec::new();
    for grid in grids.into_iter().take(GROUPS_MAX) {
        let read = |row: &rusqlite::Row<'_>| {
            Ok(GridFigures {
                community: slug(row, 0)?,
                grid: slug(row, 1)?,
                name: row.get(2)?,
                open: groups.open(grid),
                overdue: sum_of(&groups.overdue, grid),
                lights: groups.lights.get(&grid).copied().unwrap_or_default(),
            })
        };
        figures.extend(statement.query_row([grid], read).optional()?);
    }
    Ok(figures)
}
