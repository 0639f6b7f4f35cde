//! A project is opened.

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, OpenProject, StageLine};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Changed, changed};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OpenProjectBody)]
pub(super) struct Body {
    /// Slug. Required.
    community: Option<String>,
    /// Slug, unique in the community. Required.
    name: Option<String>,
    /// Public. Required.
    title: Option<String>,
    /// Who answers for it, by name and office; public. Required.
    responsible: Option<String>,
    /// Slug of the unit that does the work. Required.
    unit: Option<String>,
    /// Ids or numbers of requests that are not completed yet: 1 to 100. Required.
    requests: Option<Vec<String>>,
    /// 1 to 50. Required.
    stages: Option<Vec<StageBody>>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StageBody)]
struct StageBody {
    /// Public. Required.
    name: Option<String>,
    /// A time, or a date, whose last midnight counts. Required.
    due: Option<String>,
}

/// Opens a project for some requests.
#[utoipa::path(
    post,
    path = "/api/v1/projects",
    tag = "projects",
    request_body = Body,
    responses((status = 201, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn open(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunProject)?;
    let caller = ask.caller()?;
    let Body { community, name, title, responsible, unit, requests, stages } = ask.json()?;
    let stage = |StageBody { name, due }| StageLine { name, due };
    let stages = stages.unwrap_or_default().into_iter().map(stage).collect();
    let requests = requests.unwrap_or_default();
    let input = OpenProject { community, name, title, responsible, unit, requests, stages };
    Ok(changed(StatusCode::CREATED, &ask.site.app.open_project(&caller, input).await?))
}
