//! What a list is read by.
//!
//! One condition *drives*: an index begins with it and goes on in the order of filing, so that a page costs what
//! it shows. Where the condition allows several values (communities, categories), each is asked apart and the
//! answers are merged. The other conditions are checked row by row.

use rusqlite::Connection;
use sandan_domain::time::Light;

use super::Answer;
use super::conditions::{categories, codes_in, number};
use super::keys::{Keys, Order};
use super::scope::Scope;
use crate::answer::State;
use crate::ask::Filter;
use crate::fold::Coded;

/// More streams than this are not merged: the list is read in the order of filing instead.
const STREAMS_MAX: usize = 256;

/// Streams of one driving condition.
pub(super) struct Drive {
    pub from: &'static str,
    /// Of the table that drives: `r` or `t`.
    pub table: char,
    pub condition: &'static str,
    pub values: Vec<Vec<i64>>,
}

/// Chooses the condition of fewest rows, as far as that can be told without counting.
pub(super) fn drive(connection: &Connection, scope: &Scope, ask: &Keys<'_>) -> Answer<Drive> {
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
    if let (Order::Due, Some(state)) = (ask.order, filter.state) {
        let condition = "r.community = ? AND r.state = ?";
        let values = pairs(&communities, &[state.code()]);
        return Ok(Drive { from: "request r INDEXED BY request_due", table: 'r', condition, values });
    }
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

fn pairs(first: &[i64], second: &[i64]) -> Vec<Vec<i64>> {
    first.iter().flat_map(|a| second.iter().map(|b| vec![*a, *b])).collect()
}
