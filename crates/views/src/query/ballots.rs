//! Ballots by the way they came in, and the reasons that were picked: of requests filed in a period, like the rates.

use std::collections::BTreeMap;

use rusqlite::Connection;
use sandan_domain::review::{Reason, Via};

use super::{Answer, Scope};
use crate::answer::{BallotFigures, ReasonFigures, ViaFigures};
use crate::ask::RatesQuery;
use crate::fold::{Coded, micros, rating_of};

/// `query.by` is not asked: every way is a line.
pub(crate) fn ballots(connection: &Connection, scope: &Scope, query: &RatesQuery) -> Answer<BallotFigures> {
    let sql = "SELECT b.via, b.rating, coalesce(b.appeal, 0), b.reasons
               FROM request r INDEXED BY request_rates JOIN ballot b ON b.seq = r.seq
               WHERE r.community = ? AND r.filed_at >= ? AND r.filed_at < ? AND r.ballots > 0";
    let mut statement = connection.prepare_cached(sql)?;
    let (from, to) = (query.from.map_or(i64::MIN, micros), query.to.map_or(i64::MAX, micros));
    let mut ways = Via::ALL.map(|channel| ViaFigures {
        channel,
        valid: 0,
        satisfied: 0,
        dissatisfied: 0,
        appealed: 0,
        rate: None,
    });
    let mut picked: BTreeMap<String, u64> = BTreeMap::new();
    for community in scope.listed(connection)? {
        let mut rows = statement.query((community, from, to))?;
        while let Some(row) = rows.next()? {
            let (via, rating, appeal): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let Some(way) = ways.iter_mut().find(|way| way.channel.code() == via) else { continue };
            way.valid += 1;
            let is_dissatisfied = rating_of(rating).is_dissatisfied();
            *(if is_dissatisfied { &mut way.dissatisfied } else { &mut way.satisfied }) += 1;
            way.appealed += u64::from(appeal == 1);
            if is_dissatisfied {
                let codes: String = row.get(3)?;
                for code in codes.split_whitespace() {
                    *picked.entry(code.to_owned()).or_default() += 1;
                }
            }
        }
    }
    for way in &mut ways {
        way.rate = (way.valid > 0).then(|| way.satisfied as f64 / way.valid as f64);
    }
    Ok(BallotFigures { by_channel: ways.to_vec(), reasons: in_the_lists_order(&picked) })
}

/// All of the list, and after them what the list has no longer.
fn in_the_lists_order(picked: &BTreeMap<String, u64>) -> Vec<ReasonFigures> {
    let figures =
        |code: &str| ReasonFigures { reason: code.to_owned(), ballots: picked.get(code).copied().unwrap_or(0) };
    let listed = Reason::all().iter().map(|reason| figures(reason.code));
    let gone = picked.keys().filter(|code| Reason::find(code).is_none());
    listed.chain(gone.map(|code| figures(code))).collect()
}
