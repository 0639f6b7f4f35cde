//! Call-backs by period, and the calls of one.

use rusqlite::{Connection, OptionalExtension, Row};
use sandan_domain::review::CallOutcome;
use sandan_domain::{CallbackId, RequestId};

use super::rows::{number, optional_time, position, slug};
use super::{Answer, Scope};
use crate::answer::{CallFigures, CallbackCall, CallbackView};
use crate::fold::{call_of, rating_of, time};

const VIEW: &str =
    "SELECT k.id, c.slug, k.from_at, k.to_at, k.size, k.hash, k.committed_at, k.position, k.seed, k.drawn_at
                    FROM callback k JOIN community c ON c.code = k.community";

/// All periods of the communities, the newest first.
pub(crate) fn callbacks(connection: &Connection, scope: &Scope) -> Answer<Vec<CallbackView>> {
    let only = scope.within("k.community");
    let sql = format!("{VIEW} WHERE {only} ORDER BY k.from_at DESC, k.id");
    let mut statement = connection.prepare_cached(&sql)?;
    let views = statement.query_map([], read)?.collect::<Result<Vec<_>, _>>()?;
    views.into_iter().map(|view| whole(connection, view)).collect()
}

pub(crate) fn callback(connection: &Connection, id: CallbackId) -> Answer<Option<CallbackView>> {
    let sql = format!("{VIEW} WHERE k.id = ?");
    let view = connection.prepare_cached(&sql)?.query_row([id.0], read).optional()?;
    view.map(|view| whole(connection, view)).transpose()
}

fn read(row: &Row<'_>) -> rusqlite::Result<CallbackView> {
    Ok(CallbackView {
        id: CallbackId(row.get(0)?),
        community: slug(row, 1)?,
        from: time(row.get(2)?),
        to: time(row.get(3)?),
        size: row.get(4)?,
        hash: row.get(5)?,
        committed_at: time(row.get(6)?),
        position: position(row, 7)?,
        seed: row.get(8)?,
        drawn_at: optional_time(row, 9)?,
        candidates: Vec::new(),
        sample: Vec::new(),
        calls: CallFigures::default(),
    })
}

fn whole(connection: &Connection, mut view: CallbackView) -> Answer<CallbackView> {
    let sql = "SELECT request, nth, outcome, answer FROM callback_request WHERE callback = ? ORDER BY request";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([view.id.0])?;
    let mut sample: Vec<(i64, RequestId)> = Vec::new();
    while let Some(row) = rows.next()? {
        let request = RequestId(row.get(0)?);
        view.candidates.push(request);
        let Some(nth) = row.get::<_, Option<i64>>(1)? else { continue };
        sample.push((nth, request));
        let calls = &mut view.calls;
        match row.get::<_, Option<i64>>(2)?.map(call_of) {
            None => calls.to_make += 1,
            Some(CallOutcome::Reached) => calls.reached += 1,
            Some(CallOutcome::NoAnswer) => calls.no_answer += 1,
            Some(CallOutcome::WrongNumber) => calls.wrong_number += 1,
            Some(CallOutcome::Declined) => calls.declined += 1,
        }
        if let Some(answer) = row.get::<_, Option<i64>>(3)? {
            calls.answers.add(rating_of(answer));
        }
    }
    sample.sort_unstable();
    view.sample = sample.into_iter().map(|(_, request)| request).collect();
    Ok(view)
}

/// The sample with names and telephones: for the hotline alone.
pub(crate) fn callback_calls(connection: &Connection, id: CallbackId) -> Answer<Vec<CallbackCall>> {
    let sql = "SELECT k.request, r.number, w.name, w.phone, k.outcome, k.answer, k.called_at
               FROM callback_request k LEFT JOIN request r ON r.id = k.request LEFT JOIN words w ON w.seq = r.seq
               WHERE k.callback = ? AND k.nth IS NOT NULL ORDER BY k.nth";
    let mut statement = connection.prepare_cached(sql)?;
    let calls = statement.query_map([id.0], |row| {
        let is_known = row.get::<_, Option<i64>>(1)?.is_some();
        Ok(CallbackCall {
            request: RequestId(row.get(0)?),
            number: if is_known { Some(number(row, 1)?) } else { None },
            name: row.get(2)?,
            phone: row.get(3)?,
            outcome: row.get::<_, Option<i64>>(4)?.map(call_of),
            answer: row.get::<_, Option<i64>>(5)?.map(rating_of),
            called_at: optional_time(row, 6)?,
        })
    })?;
    Ok(calls.collect::<Result<_, _>>()?)
}
