//! What holds in a community, and what it published itself.

use axum::Json;
use axum::response::{IntoResponse, Response};

use super::shape::PoliciesShape;
use super::{Query, asked};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::problem::Problem;

/// Shows the time policy that holds in a community, with all that is inherited, and its own versions.
#[utoipa::path(
    get,
    path = "/api/v1/policies",
    tag = "policies",
    params(Query),
    responses((status = 200, body = PoliciesShape), Refused),
    security(("token" = [])),
)]
pub(super) async fn show(ask: Ask) -> Result<Response, Problem> {
    let community = asked(&ask).await?;
    let view = ask.site.app.published(&ask.who.caller, &community).await?;
    Ok(Json(PoliciesShape::from(&view)).into_response())
}
