//! What everybody may see of a project, in words.

use sandan_domain::ProjectId;
use sandan_domain::evaluation::Verdict;
use sandan_domain::project::{Phase, Plan, Stage, light};
use sandan_views::{RequestView, Sight};

use super::names::Names;
use super::show;
use crate::pages::line::Choice;
use crate::pages::moment::Calendar;
use crate::pages::project::{ProjectLine, ProjectView, RoundRow, ServedBy, ServedRow, StageRow};
use crate::pages::visit::Visit;
use crate::problem::Problem;

pub(super) fn line(visit: &Visit, id: ProjectId, plan: &Plan, community: &str, names: &Names) -> ProjectLine {
    ProjectLine {
        href: format!("/projects/{id}"),
        title: plan.title.clone(),
        community: community.to_owned(),
        unit: names.unit(&plan.community, &plan.unit),
        phase: plan.phase.name(),
        light: light_of(visit, plan),
        stages_done: plan.stages.len() - plan.stages_open(),
        stages: plan.stages.len(),
    }
}

fn light_of(visit: &Visit, plan: &Plan) -> &'static str {
    match plan.phase {
        Phase::Closed(_) => "none",
        _ => show::light(light(plan, visit.site.app.clock().now())),
    }
}

/// `links`: the visitor may look at the requests themselves.
pub(super) async fn view(visit: &Visit, id: ProjectId, plan: &Plan, links: bool) -> Result<ProjectView, Problem> {
    let calendar = visit.calendar();
    let all = visit.site.views.communities(&Sight::All).await?;
    let names = Names::of(&visit.site.views, std::iter::once(&plan.community)).await?;
    let (due, closing) = match &plan.phase {
        Phase::Working | Phase::InReview => (None, None),
        Phase::Rework(due) => (Some(calendar.due(due.at)), None),
        Phase::Closed(closing) => (None, Some(show::closing(*closing))),
    };
    Ok(ProjectView {
        href: format!("/projects/{id}"),
        title: plan.title.clone(),
        community: show::community_name(&all, &plan.community),
        responsible: plan.responsible.clone(),
        unit: Choice::new(plan.unit.as_str(), names.unit(&plan.community, &plan.unit)),
        phase: plan.phase.name(),
        light: light_of(visit, plan),
        reworks: plan.reworks(),
        due,
        stages: plan.stages.iter().enumerate().map(|(place, stage)| stage_row(place, stage, &calendar)).collect(),
        answer: plan.answer.clone(),
        registered: plan.registered.len(),
        rounds: rounds(visit, plan, &calendar).await?,
        requests: requests(visit, plan, links).await?,
        closing,
        closed_because: plan.closed_because.clone(),
    })
}

fn stage_row(place: usize, stage: &Stage, calendar: &Calendar) -> StageRow {
    StageRow {
        nth: place + 1,
        name: stage.name.clone(),
        due: calendar.due(stage.due),
        done: stage.done.map(|at| calendar.moment(at)),
        is_late: stage.done.unwrap_or(calendar.now) >= stage.due,
        form: None,
    }
}

async fn rounds(visit: &Visit, plan: &Plan, calendar: &Calendar) -> Result<Vec<RoundRow>, Problem> {
    let mut rows = Vec::new();
    for (place, id) in plan.reviews.iter().enumerate().rev() {
        let session = visit.site.app.evaluation(*id).await?;
        let Some(poll) = session.poll() else { continue };
        let result = session.results().and_then(|results| results.first());
        rows.push(RoundRow {
            href: format!("/evaluations/{id}"),
            nth: place + 1,
            is_open: plan.review() == Some(*id) && !poll.voting_is_over(calendar.now),
            voting_until: calendar.moment(poll.voting_until),
            electorate: poll.electorate.len(),
            tokens: poll.issued.len(),
            figures: result.filter(|result| result.is_shown()).map(|result| (result.valid, result.dissatisfied)),
            verdict: result.map(|result| result.verdict.name()),
            is_bad: result.is_some_and(|result| result.verdict == Verdict::PutRight),
        });
    }
    Ok(rows)
}

/// By the desk's words or the category: a resident's own are never public (R5).
async fn requests(visit: &Visit, plan: &Plan, links: bool) -> Result<Vec<ServedRow>, Problem> {
    let t = visit.t;
    let mut rows = Vec::new();
    for id in &plan.requests {
        let Some(view) = visit.site.views.request(&Sight::All, *id).await? else { continue };
        let category = || view.category.as_ref().map(|category| show::category(category, t));
        rows.push(ServedRow {
            title: view.public_title.clone().or_else(category).unwrap_or_else(|| t.s("no-title")),
            number: view.number.to_string(),
            state: view.state.name(),
            href: links.then(|| format!("/requests/{id}")),
        });
    }
    Ok(rows)
}

/// The project that serves a request, with the way to the vote for whoever holds a code.
pub(super) async fn served_by(visit: &Visit, view: &RequestView, code: &str) -> Result<Option<ServedBy>, Problem> {
    let Some(id) = view.project else { return Ok(None) };
    let plan = visit.site.app.project(id).await?;
    let vote = |review| format!("/evaluations/{review}/vote#{code}");
    Ok(Some(ServedBy {
        href: format!("/projects/{id}"),
        title: plan.title.clone(),
        vote: plan.review().map(vote).filter(|_| !code.is_empty()),
    }))
}
