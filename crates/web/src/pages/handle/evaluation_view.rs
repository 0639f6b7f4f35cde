//! What everybody may see of an evaluation, in words.

use sandan_domain::EvaluationId;
use sandan_domain::evaluation::{Lots, Poll, Screening, Session, Stage, SubjectResult, Verdict, draw};
use sandan_domain::lots::hash_of;
use sandan_views::Sight;

use super::show;
use crate::pages::evaluation::{BallotRow, Figures, LotsView, ResultRow, SentBackRow, View, Vote};
use crate::pages::moment::Calendar;
use crate::pages::texts::Texts;
use crate::pages::visit::Visit;
use crate::problem::Problem;

pub(super) fn title(t: Texts, session: &Session) -> String {
    if let Some((_, round)) = session.occasion.project() {
        let name = session.subjects.first().map_or("", |subject| &subject.name);
        return t.a2("evaluation-project", "title", name, "round", round);
    }
    let key = if session.occasion.is_appraisal() { "evaluation-year" } else { "evaluation-quarter" };
    t.a(key, "occasion", session.occasion.to_string())
}

pub(super) async fn view(visit: &Visit, id: EvaluationId, session: &Session) -> Result<View, Problem> {
    view_by(visit, &visit.calendar(), id, session).await
}

/// The same as it is kept: every date has its year.
pub(super) async fn record(visit: &Visit, id: EvaluationId, session: &Session) -> Result<View, Problem> {
    view_by(visit, &visit.calendar().with_years(), id, session).await
}

async fn view_by(visit: &Visit, calendar: &Calendar, id: EvaluationId, session: &Session) -> Result<View, Problem> {
    let t = visit.t;
    let all = visit.site.views.communities(&Sight::All).await?;
    let count = |screening| session.volunteers.values().filter(|volunteer| volunteer.screening == screening).count();
    let vote = |poll: &Poll| Vote {
        fingerprint: poll.fingerprint.clone(),
        drawing_until: calendar.moment(poll.drawing_until),
        voting_until: calendar.moment(poll.voting_until),
        electorate: poll.electorate.len(),
        tokens: poll.issued.len(),
        ballots: poll.ballots.len(),
    };
    Ok(View {
        href: format!("/evaluations/{id}"),
        title: title(t, session),
        community: show::community_name(&all, &session.community),
        stage: stage(session, calendar.now),
        called_off: session.called_off().map(str::to_owned),
        is_appraisal: session.occasion.is_appraisal(),
        project: session.occasion.project().map(|(project, _)| format!("/projects/{project}")),
        criteria: session.criteria.clone(),
        places: session.places,
        subjects: session.subjects.iter().map(|subject| subject.name.clone()).collect(),
        sign_up_until: calendar.moment(session.sign_up_until),
        seed_hash: session.seed_hash.clone(),
        signed_up: session.volunteers.len(),
        admitted: count(Screening::Admitted),
        refused: count(Screening::Refused),
        lots: session.lots().map(|lots| lots_view(session, lots)),
        vote: session.poll().map(vote),
        results: session.results().unwrap_or_default().iter().map(|result| row(session, result)).collect(),
        sent_back: sent_back(visit, id, session).await?,
    })
}

/// A vote whose time is over is not voted on any more, and not counted yet.
pub(super) fn stage(session: &Session, now: jiff::Timestamp) -> &'static str {
    match &session.stage {
        Stage::Voting(_, poll) if poll.voting_is_over(now) => "counting",
        stage => stage.name(),
    }
}

/// The draw made again in front of whoever looks.
fn lots_view(session: &Session, lots: &Lots) -> LotsView {
    let numbers = |numbers: &[u32]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let (admitted, places) = (session.admitted(), usize::try_from(session.places).unwrap_or(usize::MAX));
    LotsView {
        is_seed: hash_of(&lots.seed) == session.seed_hash,
        is_same: draw(&lots.seed, &admitted, places) == lots.chosen,
        admitted: numbers(&admitted),
        chosen: numbers(&lots.chosen),
        by_lot: lots.by_lot,
        seed: lots.seed.clone(),
    }
}

fn row(session: &Session, result: &SubjectResult) -> ResultRow {
    let name = session.subject(&result.subject).map(|subject| subject.name.clone());
    ResultRow {
        name: name.unwrap_or_else(|| result.subject.to_string()),
        figures: result.is_shown().then(|| Figures {
            valid: result.valid,
            dissatisfied: result.dissatisfied,
            ratings: result.ratings.to_vec(),
            reasons: result.reasons.iter().map(|(reason, count)| (reason.name(), *count)).collect(),
        }),
        verdict: result.verdict.name(),
        is_bad: matches!(result.verdict, Verdict::PutRight | Verdict::Accountable) || result.no_renewal,
        no_renewal: result.no_renewal,
    }
}

async fn sent_back(visit: &Visit, id: EvaluationId, session: &Session) -> Result<Vec<SentBackRow>, Problem> {
    let (mut rows, mut notes) = (Vec::new(), visit.site.app.notes(id).await?);
    for (request, why) in &session.sent_back {
        let known = visit.site.views.request(&Sight::All, *request).await?;
        let number = known.map_or_else(|| request.to_string(), |view| view.number.to_string());
        let (href, note) = (format!("/requests/{request}"), notes.remove(request));
        rows.push(SentBackRow { number, href, why: why.name(), note });
    }
    Ok(rows)
}

/// The published list, by token.
pub(super) fn ballots(t: Texts, session: &Session) -> Vec<BallotRow> {
    let Some(poll) = session.poll() else { return Vec::new() };
    let name = |answer: &sandan_domain::evaluation::Answer| {
        let subject = session.subject(&answer.subject).map_or("", |subject| &subject.name);
        let reasons: Vec<String> = answer.reasons.iter().map(|reason| t.of("why", reason.name())).collect();
        let reasons = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join(", ")) };
        format!("{subject}: {}{reasons}", t.of("rating", answer.rating.name()))
    };
    let row = |(token, answers): (&String, &Vec<sandan_domain::evaluation::Answer>)| BallotRow {
        token: token.clone(),
        answers: session.published(answers).map(|shown| shown.map(name).collect()).unwrap_or_default(),
    };
    poll.ballots.iter().map(row).collect()
}
