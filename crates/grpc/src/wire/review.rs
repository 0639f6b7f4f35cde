//! Calls to make, what waits for the oversight board, and call-backs.

use sandan_views::{CallFigures, CallRow, CallbackView, Page, WatchRow};

use super::time::time;
use super::words::number;
use crate::v1;

pub(crate) fn calls(page: Page<CallRow>) -> v1::ListCallsResponse {
    let next_cursor = page.next_cursor.map(|next| next.to_string()).unwrap_or_default();
    v1::ListCallsResponse { items: page.items.into_iter().map(call).collect(), next_cursor }
}

fn call(row: CallRow) -> v1::CallToMake {
    v1::CallToMake {
        request: row.request.to_string(),
        number: row.number.to_string(),
        community: row.community.to_string(),
        round: row.round,
        person: row.person.to_string(),
        name: row.name,
        phone: row.phone,
        closes_at: Some(time(row.closes_at)),
        calls: row.calls,
        outcome: row.outcome.map_or(0, |outcome| number::<v1::CallOutcome>(&outcome)),
        called_at: row.called_at.map(time),
        about: row.about,
    }
}

pub(crate) fn watched(page: Page<WatchRow>) -> v1::ListWatchedResponse {
    let next_cursor = page.next_cursor.map(|next| next.to_string()).unwrap_or_default();
    v1::ListWatchedResponse { items: page.items.into_iter().map(matter).collect(), next_cursor }
}

fn matter(row: WatchRow) -> v1::Watched {
    v1::Watched {
        kind: number::<v1::watched::Kind>(&row.kind),
        request: row.request.to_string(),
        number: row.number.to_string(),
        community: row.community.to_string(),
        public_title: row.public_title,
        at: Some(time(row.at)),
        joiners: row.joiners,
        ballot: row.ballot.map(|ballot| ballot.to_string()),
        unit: row.unit.map(|unit| unit.to_string()),
    }
}

pub(crate) fn callbacks(view: CallbackView) -> v1::GetCallbacksResponse {
    let ids = |ids: Vec<sandan_domain::RequestId>| ids.iter().map(ToString::to_string).collect();
    v1::GetCallbacksResponse {
        id: view.id.to_string(),
        community: view.community.to_string(),
        from: Some(time(view.from)),
        to: Some(time(view.to)),
        size: view.size,
        hash: view.hash,
        committed_at: Some(time(view.committed_at)),
        position: view.position,
        seed: view.seed,
        drawn_at: view.drawn_at.map(time),
        candidates: ids(view.candidates),
        sample: ids(view.sample),
        calls: Some(figures(view.calls)),
    }
}

fn figures(figures: CallFigures) -> v1::CallbackFigures {
    let CallFigures { to_make, reached, no_answer, wrong_number, declined, answers } = figures;
    v1::CallbackFigures { to_make, reached, no_answer, wrong_number, declined, answers: Some(answers.into()) }
}
