//! Rates (R27), from one index: exact, and as fast as the index is read.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::conditions::codes_in;
use super::keys::{Keys, Order, keys};
use super::rows::slug;
use super::scope::one_of;
use super::{Answer, Scope};
use crate::answer::{Rate, RatesRow, WithoutAppealed, WithoutUnreasonable};
use crate::ask::{By, Cursor, Filter, RateRows, RatesQuery, Side, Which, Without};
use crate::fold::{COMPLETED, Coded, ON_TIME, RESPONDED, REVIEWED, REWORKED, SOLVED, UNREASONABLE, channel_of, micros};

/// Counts of one group.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    filed: u64,
    responded: u64,
    completed: u64,
    solved: u64,
    on_time: u64,
    reviewed: u64,
    reworked: u64,
    ballots: u64,
    satisfied: u64,
    struck: u64,
}

/// The counts of one group, apart by whether the requests were ruled beyond law or reason (R6b).
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    others: Counts,
    unreasonable: Counts,
}

impl Group {
    fn add(&mut self, other: &Self) {
        self.others.add(&other.others);
        self.unreasonable.add(&other.unreasonable);
    }

    fn row(&self) -> RatesRow {
        let mut all = self.others;
        all.add(&self.unreasonable);
        let without = self.others.row();
        let without_unreasonable = WithoutUnreasonable {
            requests: self.unreasonable.filed,
            response: without.response,
            resolution: without.resolution,
            satisfaction: without.satisfaction,
            on_time: without.on_time,
            rework: without.rework,
        };
        let without_appealed = WithoutAppealed {
            ballots: all.struck,
            satisfaction: Rate::new(all.satisfied, all.ballots.saturating_sub(all.struck)),
        };
        RatesRow { without_unreasonable, without_appealed, ..all.row() }
    }
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.filed += other.filed;
        self.responded += other.responded;
        self.completed += other.completed;
        self.solved += other.solved;
        self.on_time += other.on_time;
        self.reviewed += other.reviewed;
        self.reworked += other.reworked;
        self.ballots += other.ballots;
        self.satisfied += other.satisfied;
        self.struck += other.struck;
    }

    fn row(&self) -> RatesRow {
        RatesRow {
            group: None,
            community: None,
            response: Rate::new(self.responded, self.filed),
            resolution: Rate::new(self.solved, self.completed),
            satisfaction: Rate::new(self.satisfied, self.ballots),
            on_time: Rate::new(self.on_time, self.completed),
            rework: Rate::new(self.reworked, self.reviewed),
            ..RatesRow::default()
        }
    }
}

const fn column(by: Option<By>) -> &'static str {
    match by {
        None => "NULL",
        Some(By::Unit) => "fact_unit",
        Some(By::Grid) => "grid",
        Some(By::Category) => "category",
        Some(By::Channel) => "channel",
    }
}

/// One row, or with `by` one a group, by name.
pub(crate) fn rates(connection: &Connection, scope: &Scope, query: &RatesQuery) -> Answer<Vec<RatesRow>> {
    let groups = counts(connection, scope, query)?;
    let Some(by) = query.by else {
        let mut all = Group::default();
        groups.values().for_each(|counts| all.add(counts));
        return Ok(vec![all.row()]);
    };
    let mut rows = Vec::with_capacity(groups.len());
    for (code, counts) in groups {
        rows.push(named(connection, by, code, counts.row())?);
    }
    rows.sort_by(|a, b| {
        (&a.community.as_ref().map(|c| c.as_str()), &a.group)
            .cmp(&(&b.community.as_ref().map(|c| c.as_str()), &b.group))
    });
    Ok(rows)
}

fn counts(connection: &Connection, scope: &Scope, query: &RatesQuery) -> Answer<BTreeMap<Option<i64>, Group>> {
    let group = column(query.by);
    let bit = |bit: i64| format!("sum(facts & {bit} <> 0)");
    let sql = format!(
        "SELECT {group}, count(*), {}, {}, {}, {}, {}, {}, sum(ballots), sum(satisfied), sum(struck),
                facts & {UNREASONABLE} <> 0
         FROM request INDEXED BY request_rates
         WHERE community = ? AND filed_at >= ? AND filed_at < ? GROUP BY 1, 12",
        bit(RESPONDED),
        bit(COMPLETED),
        bit(SOLVED),
        bit(ON_TIME),
        bit(REVIEWED),
        bit(REWORKED),
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let (from, to) = (query.from.map_or(i64::MIN, micros), query.to.map_or(i64::MAX, micros));
    let mut groups: BTreeMap<Option<i64>, Group> = BTreeMap::new();
    for community in scope.listed(connection)? {
        let mut rows = statement.query((community, from, to))?;
        while let Some(row) = rows.next()? {
            let count =
                |column| Ok::<_, rusqlite::Error>(u64::try_from(row.get::<_, i64>(column)?).unwrap_or_default());
            let counts = Counts {
                filed: count(1)?,
                responded: count(2)?,
                completed: count(3)?,
                solved: count(4)?,
                on_time: count(5)?,
                reviewed: count(6)?,
                reworked: count(7)?,
                ballots: count(8)?,
                satisfied: count(9)?,
                struck: count(10)?,
            };
            let group = groups.entry(row.get(0)?).or_default();
            let side = if row.get(11)? { &mut group.unreasonable } else { &mut group.others };
            side.add(&counts);
        }
    }
    Ok(groups)
}

fn named(connection: &Connection, by: By, code: Option<i64>, row: RatesRow) -> Answer<RatesRow> {
    let Some(code) = code else { return Ok(row) };
    let sql = match by {
        By::Channel => return Ok(RatesRow { group: Some(channel_name(code)), ..row }),
        By::Unit => "SELECT u.slug, c.slug FROM unit u JOIN community c ON c.code = u.community WHERE u.code = ?",
        By::Grid => "SELECT g.slug, c.slug FROM grid g JOIN community c ON c.code = g.community WHERE g.code = ?",
        By::Category => {
            let sql = "SELECT path FROM category WHERE code = ?";
            let path = connection.prepare_cached(sql)?.query_row([code], |row| row.get(0)).optional()?;
            return Ok(RatesRow { group: path, ..row });
        }
    };
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_row([code], |found| Ok((found.get(0)?, slug(found, 1)?))).optional()?;
    Ok(match found {
        Some((group, community)) => RatesRow { group: Some(group), community: Some(community), ..row },
        None => row,
    })
}

pub(super) fn channel_name(code: i64) -> String {
    let name = serde_json::to_value(channel_of(code)).ok();
    name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Keys of the requests behind one number, newest filed first.
pub(crate) fn rate_rows(
    connection: &Connection,
    scope: &Scope,
    ask: &RateRows,
    after: Option<Cursor>,
    limit: usize,
) -> Answer<Vec<Cursor>> {
    let filter = Filter { from: ask.query.from, to: ask.query.to, ..Filter::default() };
    let mut only = vec![counted(ask.which, ask.side)];
    match (ask.without, ask.which, ask.side) {
        (Some(Without::Unreasonable), _, _) => only.push(format!("r.facts & {UNREASONABLE} = 0")),
        (Some(Without::Appealed), Which::Satisfaction, Side::Denominator) => {
            only.push("r.ballots > r.struck".to_owned());
        }
        _ => {}
    }
    if let Some(by) = ask.query.by {
        only.push(in_group(connection, scope, by, ask.group.as_deref())?);
    }
    keys(connection, scope, &Keys { filter: &filter, only, order: Order::Newest, after, limit })
}

fn counted(which: Which, side: Side) -> String {
    let bit = |bit: i64| format!("r.facts & {bit} <> 0");
    match (which, side) {
        (Which::Response, Side::Numerator) => bit(RESPONDED),
        (Which::Response, Side::Denominator) => "true".to_owned(),
        (Which::Resolution, Side::Numerator) => bit(SOLVED),
        (Which::Resolution | Which::OnTime, Side::Denominator) => bit(COMPLETED),
        (Which::OnTime, Side::Numerator) => bit(ON_TIME),
        (Which::Satisfaction, Side::Numerator) => "r.satisfied > 0".to_owned(),
        (Which::Satisfaction, Side::Denominator) => "r.ballots > 0".to_owned(),
        (Which::Rework, Side::Numerator) => bit(REWORKED),
        (Which::Rework, Side::Denominator) => bit(REVIEWED),
    }
}

fn in_group(connection: &Connection, scope: &Scope, by: By, group: Option<&str>) -> Answer<String> {
    let column = column(Some(by));
    let Some(group) = group else { return Ok(format!("r.{column} IS NULL")) };
    let codes = match by {
        By::Unit => codes_in(connection, scope, "unit", group)?,
        By::Grid => codes_in(connection, scope, "grid", group)?,
        By::Category => {
            let sql = "SELECT code FROM category WHERE path = ?";
            let code = connection.prepare_cached(sql)?.query_row([group], |row| row.get(0)).optional()?;
            code.into_iter().collect()
        }
        By::Channel => {
            let channel: Option<sandan_domain::request::Channel> = serde_json::from_value(group.into()).ok();
            channel.into_iter().map(Coded::code).collect()
        }
    };
    Ok(one_of(&format!("r.{column}"), &codes))
}
