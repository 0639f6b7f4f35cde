//! 会议纪要: what everybody may see of an evaluation, to read, to print, and as a workbook to take along (R22).

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use sandan_domain::EvaluationId;
use sandan_sheets::{Cell, Leaf};
use uuid::Uuid;

use super::digest::WORKBOOK;
use super::evaluation_view::record;
use crate::pages::RATINGS;
use crate::pages::evaluation::{MinutesPage, ResultRow, View};
use crate::pages::texts::Texts;
use crate::pages::visit::{Answer, Visit, page};
use crate::problem::Problem;

pub(crate) async fn show(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    let id = EvaluationId(id);
    let session = visit.site.app.evaluation(id).await?;
    page(&MinutesPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("minutes")),
        view: record(&visit, id, &session).await?,
    })
}

/// The workbook, in the reader's language.
pub(crate) async fn file(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    let id = EvaluationId(id);
    let session = visit.site.app.evaluation(id).await?;
    let leaves = leaves(visit.t, &record(&visit, id, &session).await?);
    let writing = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut sandan_sheets::leaves(&leaves)?, &mut bytes)?;
        Ok::<_, sandan_sheets::SheetError>(bytes)
    });
    let bytes = writing.await.map_err(failed)?.map_err(failed)?;
    let headers = [
        (CONTENT_TYPE, WORKBOOK.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"sandan-minutes-{}.xlsx\"", session.occasion)),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn failed(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "minutes could not be written");
    sandan_app::Refusal::Failed(format!("write the minutes: {error}")).into()
}

/// A sheet for each part of the page, in its order.
fn leaves(t: Texts, view: &View) -> Vec<Leaf> {
    let mut leaves = vec![announced(t, view)];
    if view.lots.is_some() || view.vote.is_some() {
        leaves.push(vote(t, view));
    }
    if !view.results.is_empty() {
        leaves.push(results(t, &view.results));
        leaves.push(reasons(t, &view.results));
    }
    if !view.sent_back.is_empty() {
        leaves.push(sent_back(t, view));
    }
    leaves
}

/// A sheet of names and what stands beside them.
fn facts(name: String, facts: Vec<(String, Cell)>) -> Leaf {
    let rows = facts.into_iter().map(|(name, cell)| vec![Cell::Words(name), cell]);
    Leaf { name, head: Vec::new(), rows: rows.collect() }
}

fn announced(t: Texts, view: &View) -> Leaf {
    let mut rows = vec![
        (t.s("minutes"), Cell::Words(view.title.clone())),
        (t.s("file-community"), Cell::Words(view.community.clone())),
        (t.s("evaluation-rated"), Cell::Words(view.subjects.join("\n"))),
    ];
    if view.project.is_none() {
        rows.extend([
            (t.s("evaluation-criteria"), Cell::Words(view.criteria.clone())),
            (t.s("evaluation-places"), Cell::number(view.places)),
            (t.s("evaluation-sign-up-until"), Cell::Words(view.sign_up_until.text.clone())),
            (t.s("evaluation-signed-up"), Cell::count(view.signed_up)),
            (t.s("evaluation-admitted"), Cell::count(view.admitted)),
            (t.s("evaluation-refused"), Cell::count(view.refused)),
            (t.s("evaluation-seed-hash"), Cell::Words(view.seed_hash.clone())),
        ]);
    }
    facts(t.s("evaluation-announced"), rows)
}

fn vote(t: Texts, view: &View) -> Leaf {
    let mut rows = Vec::new();
    if let Some(lots) = &view.lots {
        rows.extend([
            (t.s("evaluation-seed"), Cell::Words(lots.seed.clone())),
            (t.s("evaluation-numbers-admitted"), Cell::Words(lots.admitted.clone())),
            (t.s("evaluation-numbers-chosen"), Cell::Words(lots.chosen.clone())),
        ]);
    }
    if let Some(vote) = &view.vote {
        rows.extend([
            (t.s("evaluation-drawing-until"), Cell::Words(vote.drawing_until.text.clone())),
            (t.s("evaluation-voting-until"), Cell::Words(vote.voting_until.text.clone())),
            (t.s("evaluation-electorate"), Cell::count(vote.electorate)),
            (t.s("evaluation-tokens"), Cell::count(vote.tokens)),
            (t.s("evaluation-ballots"), Cell::count(vote.ballots)),
            (t.s("evaluation-fingerprint"), Cell::Words(vote.fingerprint.clone())),
        ]);
    }
    facts(t.s("evaluation-vote"), rows)
}

/// Figures that are not shown on the page (R21) are not in the file either.
fn results(t: Texts, results: &[ResultRow]) -> Leaf {
    let head = [t.s("evaluation-rated"), t.s("evaluation-valid")].into_iter();
    let head = head.chain(RATINGS.iter().map(|rating| t.of("rating", rating)));
    let head = head.chain([t.s("evaluation-dissatisfied"), t.s("evaluation-verdict")]);
    let row = |row: &ResultRow| {
        let mut cells = vec![Cell::Words(row.name.clone())];
        match &row.figures {
            Some(figures) => {
                let counts = figures.ratings.iter().copied().chain([figures.dissatisfied]);
                cells.extend([figures.valid].into_iter().chain(counts).map(Cell::number));
            }
            None => {
                cells.push(Cell::Words(t.s("evaluation-too-few")));
                cells.extend((0..=RATINGS.len()).map(|_| Cell::Empty));
            }
        }
        let renewal = row.no_renewal.then(|| t.s("evaluation-no-renewal"));
        let verdict = [t.of("verdict", row.verdict)].into_iter().chain(renewal).collect::<Vec<_>>();
        cells.push(Cell::Words(verdict.join(" · ")));
        cells
    };
    Leaf { name: t.s("evaluation-results"), head: head.collect(), rows: results.iter().map(row).collect() }
}

fn reasons(t: Texts, results: &[ResultRow]) -> Leaf {
    let of = |row: &ResultRow| {
        let counted = row.figures.as_ref().map(|figures| figures.reasons.clone()).unwrap_or_default();
        let name = row.name.clone();
        let row = move |(reason, count): (&str, u32)| {
            vec![Cell::Words(name.clone()), Cell::Words(t.of("why", reason)), Cell::number(count)]
        };
        counted.into_iter().map(row).collect::<Vec<_>>()
    };
    Leaf {
        name: t.s("vote-reasons"),
        head: vec![t.s("evaluation-rated"), t.s("vote-reasons"), t.s("evaluation-ballots-count")],
        rows: results.iter().flat_map(of).collect(),
    }
}

fn sent_back(t: Texts, view: &View) -> Leaf {
    let row = |row: &crate::pages::evaluation::SentBackRow| {
        let note = row.note.clone().map_or(Cell::Empty, Cell::Words);
        vec![Cell::Words(row.number.clone()), Cell::Words(t.of("sent-back", row.why)), note]
    };
    Leaf {
        name: t.s("evaluation-sent-back"),
        head: vec![t.s("evaluation-request"), t.s("reason"), t.s("note")],
        rows: view.sent_back.iter().map(row).collect(),
    }
}
