//! The board's counters: what a request's row adds to them. They are changed by the difference of the row
//! before and after, so that they can't drift from the rows.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use rusqlite::Connection;

use super::row::Row;
use super::time::time;
use crate::ViewsError;
use crate::answer::State;

/// What a counter counts. With the community and a key it names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i64)]
pub(crate) enum Figure {
    /// Key: the state.
    State = 0,
    /// Open requests. Key: the light.
    Light = 1,
    /// Open requests, late. Key: 0.
    Overdue = 2,
    /// Key: the day, counted from 1970 in the policy's zone.
    Filed = 3,
    Closed = 4,
    /// Open requests that the unit leads. Key: the unit.
    UnitGreen = 5,
    UnitYellow = 6,
    UnitRed = 7,
    UnitOverdue = 8,
    UnitReturns = 9,
    /// Until it handed them back (R4).
    UnitLostSeconds = 10,
    /// Open requests. Key: the grid.
    GridGreen = 11,
    GridYellow = 12,
    GridRed = 13,
    GridOverdue = 14,
    /// Late arrivals: it came with under a fifth of the time left (R4). Key: the unit, as below.
    UnitLate = 15,
    /// Completions, and those within the limit's length of the unit's own hours (R4).
    UnitDone = 16,
    UnitOwnOnTime = 17,
    /// Time in its hands until it completed or handed back.
    UnitHeldSeconds = 18,
}

impl Figure {
    const UNIT: [Self; 3] = [Self::UnitGreen, Self::UnitYellow, Self::UnitRed];
    const GRID: [Self; 3] = [Self::GridGreen, Self::GridYellow, Self::GridRed];

    /// Also kept for all communities together, under community 0.
    const fn is_totalled(self) -> bool {
        matches!(self, Self::State | Self::Light | Self::Overdue | Self::Filed | Self::Closed)
    }
}

/// Changes of counters, gathered over a batch.
#[derive(Debug, Default)]
pub(super) struct Figures(HashMap<(Figure, i64, i64), i64>);

impl Figures {
    pub fn add(&mut self, figure: Figure, community: i64, key: i64, by: i64) {
        *self.0.entry((figure, community, key)).or_default() += by;
        if figure.is_totalled() {
            *self.0.entry((figure, 0, key)).or_default() += by;
        }
    }

    /// The row `before`, if there was one, became `after`.
    pub fn change(&mut self, before: Option<&Row>, after: &Row, zone: &TimeZone) {
        match before {
            Some(before) if counted(before) == counted(after) => return,
            Some(before) => self.count(before, -1),
            None => self.add(Figure::Filed, after.community, day(after.filed_at, zone), 1),
        }
        self.count(after, 1);
        // What a session sends back does not count as closed on its day any more (R22).
        let closed_on = |row: &Row| row.closed_at.filter(|_| row.state == State::Closed).map(|at| day(at, zone));
        let (was, is) = (before.and_then(closed_on), closed_on(after));
        if was != is {
            for (on, by) in [(was, -1), (is, 1)] {
                if let Some(on) = on {
                    self.add(Figure::Closed, after.community, on, by);
                }
            }
        }
    }

    fn count(&mut self, row: &Row, by: i64) {
        self.add(Figure::State, row.community, row.state.code(), by);
        if !row.state.is_open() {
            return;
        }
        self.add(Figure::Light, row.community, row.light, by);
        let light = usize::try_from(row.light).unwrap_or_default().min(2);
        let groups = [
            (Some(0), None, Figure::Overdue),
            (row.lead, Some(Figure::UNIT[light]), Figure::UnitOverdue),
            (row.grid, Some(Figure::GRID[light]), Figure::GridOverdue),
        ];
        for (key, figure, overdue) in groups {
            let Some(key) = key else { continue };
            if let Some(figure) = figure {
                self.add(figure, row.community, key, by);
            }
            if row.overdue {
                self.add(overdue, row.community, key, by);
            }
        }
    }

    pub fn write(self, connection: &Connection) -> Result<(), ViewsError> {
        let sql = "INSERT INTO counter (kind, community, key, n) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (kind, community, key) DO UPDATE SET n = n + ?4";
        let mut statement = connection.prepare_cached(sql)?;
        for ((figure, community, key), by) in self.0.into_iter().filter(|(_, by)| *by != 0) {
            statement.execute((figure as i64, community, key, by))?;
        }
        Ok(())
    }
}

/// What of a row the counters see.
fn counted(row: &Row) -> (State, i64, bool, Option<i64>) {
    (row.state, row.light, row.overdue, row.lead)
}

fn day(at: i64, zone: &TimeZone) -> i64 {
    day_number(zone.to_datetime(time(at)).date())
}

/// Days since 1970.
pub(crate) fn day_number(date: jiff::civil::Date) -> i64 {
    let begin = jiff::civil::date(1970, 1, 1);
    date.since(begin).map_or(0, |span| i64::from(span.get_days()))
}
