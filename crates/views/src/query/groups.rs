//! The board's figures by unit and by grid.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};
use sandan_domain::time::Light;

use super::board::{Sums, lights_of, sum_of, sums};
use super::rows::slug;
use super::scope::list;
use super::{Answer, Scope};
use crate::answer::{CommunityFigures, GridFigures, Lights, UnitFigures};
use crate::fold::Figure;

/// Units, grids or communities on the board.
const GROUPS_MAX: usize = 200;

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

pub(super) fn by_unit(connection: &Connection, scope: &Scope) -> Answer<Vec<UnitFigures>> {
    let lights = [Figure::UnitGreen, Figure::UnitYellow, Figure::UnitRed];
    let groups = Groups::read(connection, scope, lights, Figure::UnitOverdue)?;
    let returns = sums_by_key(connection, scope, Figure::UnitReturns)?;
    let lost = sums_by_key(connection, scope, Figure::UnitLostSeconds)?;
    let late = sums_by_key(connection, scope, Figure::UnitLate)?;
    let done = sums_by_key(connection, scope, Figure::UnitDone)?;
    let own_on_time = sums_by_key(connection, scope, Figure::UnitOwnOnTime)?;
    let held = sums_by_key(connection, scope, Figure::UnitHeldSeconds)?;
    let mut units: Vec<i64> = groups.lights.keys().chain(returns.keys()).chain(done.keys()).copied().collect();
    units.sort_unstable();
    units.dedup();
    units.retain(|unit| groups.open(*unit) > 0 || sum_of(&returns, *unit) > 0 || sum_of(&done, *unit) > 0);
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
                late_arrivals: sum_of(&late, unit),
                done: sum_of(&done, unit),
                own_on_time: sum_of(&own_on_time, unit),
                held_in_hours: sum_of(&held, unit) / 3_600,
            })
        };
        figures.extend(statement.query_row([unit], read).optional()?);
    }
    Ok(figures)
}

pub(super) fn by_grid(connection: &Connection, scope: &Scope) -> Answer<Vec<GridFigures>> {
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

pub(super) fn by_community(connection: &Connection, scope: &Scope) -> Answer<Vec<CommunityFigures>> {
    let communities = list(&scope.listed(connection)?);
    let overdue = sums_by_community(connection, Figure::Overdue, &communities)?;
    let mut statement = connection.prepare_cached("SELECT slug, name FROM community WHERE code = ?")?;
    let mut all = Vec::new();
    for (code, lights) in sums_by_community(connection, Figure::Light, &communities)? {
        let lights = lights_of(&lights);
        let open = lights.green + lights.yellow + lights.red;
        let overdue = overdue.get(&code).map_or(0, |sums| sum_of(sums, 0));
        let read = |row: &rusqlite::Row<'_>| {
            Ok(CommunityFigures { community: slug(row, 0)?, name: row.get(1)?, open, overdue, lights })
        };
        all.extend(statement.query_row([code], read).optional()?);
    }
    all.sort_by(|one, other| {
        let weight = |figures: &CommunityFigures| std::cmp::Reverse((figures.lights.red, figures.open));
        weight(one).cmp(&weight(other)).then_with(|| one.community.cmp(&other.community))
    });
    all.truncate(GROUPS_MAX);
    Ok(all)
}

fn sums_by_community(connection: &Connection, figure: Figure, communities: &str) -> Answer<HashMap<i64, Sums>> {
    let sql = "SELECT community, key, n FROM counter WHERE kind = ? AND community IN (SELECT value FROM json_each(?))";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((figure as i64, communities))?;
    let mut sums: HashMap<i64, Sums> = HashMap::new();
    while let Some(row) = rows.next()? {
        sums.entry(row.get(0)?).or_default().insert(row.get(1)?, row.get(2)?);
    }
    Ok(sums)
}
