//! A time policy is published, or tried first.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::Action;

use super::body::PolicyBody;
use super::{Answer, PreviewShape, published};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::problem::Problem;

/// Publishes a version of a community's time policy.
///
/// Open due times are worked out anew when it takes effect, with every pause and extension (R13).
#[utoipa::path(
    post,
    path = "/api/v1/policies",
    tag = "policies",
    request_body = PolicyBody,
    responses((status = 201, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn publish(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::PublishPolicy)?;
    let caller = ask.caller()?;
    let body: PolicyBody = ask.json()?;
    Ok(published(ask.site.app.publish_policy(&caller, body.into()).await?))
}

/// Says what publishing would move, without doing so.
#[utoipa::path(
    post,
    path = "/api/v1/policies/preview",
    tag = "policies",
    request_body = PolicyBody,
    responses((status = 200, body = PreviewShape), Refused),
    security(("token" = [])),
)]
pub(super) async fn preview(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::PublishPolicy)?;
    let caller = ask.caller()?;
    let body: PolicyBody = ask.json()?;
    let preview = ask.site.app.preview_policy(&caller, &body.into()).await?;
    Ok(Json(PreviewShape::from(preview)).into_response())
}
