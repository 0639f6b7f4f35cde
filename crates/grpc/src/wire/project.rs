//! A project as everybody may see it, and who registered for its review.

use jiff::Timestamp;
use sandan_app::RegisteredLine;
use sandan_domain::ProjectId;
use sandan_domain::project::{Phase, Plan, Stage, light};

use super::count;
use super::time::time;
use super::words::{named, number};
use crate::v1;

pub(crate) fn shown(id: ProjectId, plan: &Plan, now: Timestamp) -> v1::Project {
    let stage = |stage: &Stage| v1::ProjectStage {
        name: stage.name.clone(),
        due: Some(time(stage.due)),
        done: stage.done.map(time),
    };
    let (rework_due, closing) = match &plan.phase {
        Phase::Working | Phase::InReview => (None, 0),
        Phase::Rework(due) => (Some(time(due.at)), 0),
        Phase::Closed(closing) => (None, number::<v1::Closing>(closing)),
    };
    v1::Project {
        id: id.to_string(),
        community: plan.community.to_string(),
        name: plan.name.to_string(),
        title: plan.title.clone(),
        responsible: plan.responsible.clone(),
        unit: plan.unit.to_string(),
        requests: plan.requests.iter().map(ToString::to_string).collect(),
        stages: plan.stages.iter().map(stage).collect(),
        phase: named::<v1::project::Phase>(plan.phase.name()),
        light: number::<v1::Light>(&light(plan, now)),
        round: plan.round,
        rework_due,
        closing,
        closing_reason: plan.closed_because.clone(),
        answer: plan.answer.clone(),
        registered: count(plan.registered.len()),
        review: plan.review().map(|review| review.to_string()),
        reviews: plan.reviews.iter().map(ToString::to_string).collect(),
    }
}

pub(crate) fn registered(line: RegisteredLine) -> v1::RegisteredLine {
    let RegisteredLine { name, phone, token, .. } = line;
    v1::RegisteredLine { name, phone, token }
}
