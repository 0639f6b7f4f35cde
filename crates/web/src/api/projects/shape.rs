//! A project as everybody may see it.

use jiff::Timestamp;
use sandan_domain::ProjectId;
use sandan_domain::project::{Phase, Plan, Stage, light};
use sandan_domain::request::Closing;
use sandan_domain::time::Light;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
#[schema(as = Project)]
pub(super) struct Shape {
    pub id: uuid::Uuid,
    pub community: String,
    pub name: String,
    pub title: String,
    /// Who answers for it.
    pub responsible: String,
    pub unit: String,
    /// Ids of the requests that it serves.
    pub requests: Vec<uuid::Uuid>,
    pub stages: Vec<StageShape>,
    /// `working`, `in_review`, `rework` or `closed`.
    pub phase: &'static str,
    /// `green`, `yellow` or `red`.
    #[schema(value_type = String)]
    pub light: Light,
    /// Counts from 1 and rises when rework is ordered.
    pub round: u32,
    /// The rework's limit (R12).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub rework_due: Option<Timestamp>,
    /// `satisfied`, `unrated` or `dissatisfied`.
    #[schema(value_type = Option<String>)]
    pub closing: Option<Closing>,
    /// Why the oversight board closed it (R19). Public.
    pub closing_reason: Option<String>,
    /// What residents were told when it was last finished.
    pub answer: Option<String>,
    /// How many registered for the review.
    pub registered: usize,
    /// The evaluation that is voted on.
    pub review: Option<uuid::Uuid>,
    /// The evaluations of all rounds.
    pub reviews: Vec<uuid::Uuid>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ProjectStage)]
pub(super) struct StageShape {
    pub name: String,
    /// The first instant that is too late.
    #[schema(value_type = String, format = DateTime)]
    pub due: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub done: Option<Timestamp>,
}

pub(super) fn shape(id: ProjectId, plan: &Plan, now: Timestamp) -> Shape {
    let stage = |Stage { name, due, done }: &Stage| StageShape { name: name.clone(), due: *due, done: *done };
    let (rework_due, closing) = match &plan.phase {
        Phase::Working | Phase::InReview => (None, None),
        Phase::Rework(due) => (Some(due.at), None),
        Phase::Closed(closing) => (None, Some(*closing)),
    };
    Shape {
        id: id.0,
        community: plan.community.to_string(),
        name: plan.name.to_string(),
        title: plan.title.clone(),
        responsible: plan.responsible.clone(),
        unit: plan.unit.to_string(),
        requests: plan.requests.iter().map(|request| request.0).collect(),
        stages: plan.stages.iter().map(stage).collect(),
        phase: plan.phase.name(),
        light: light(plan, now),
        round: plan.round,
        rework_due,
        closing,
        closing_reason: plan.closed_because.clone(),
        answer: plan.answer.clone(),
        registered: plan.registered.len(),
        review: plan.review().map(|review| review.0),
        reviews: plan.reviews.iter().map(|review| review.0).collect(),
    }
}
