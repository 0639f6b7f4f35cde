//! One request as it stands, for the staff, or for whoever holds its tracking code.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_domain::request::ServiceRequest;
use sandan_views::RequestView;

use super::mask::Audience;
use super::shape::RequestShape;
use crate::api::Nothing;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

/// Shows a request.
///
/// Staff see those of their communities; residents send the tracking code in the query, or in
/// `Sandan-Tracking-Code`. Units never see who asked or who rated.
#[utoipa::path(
    get,
    path = "/api/v1/requests/{id}",
    tag = "requests",
    params(("id" = uuid::Uuid, Path), ("tracking_code" = Option<String>, Query)),
    responses((status = 200, body = RequestShape), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn get(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let audience = Audience::of(&ask, id).await?;
    let Nothing {} = ask.query()?;
    let view = ask.site.views.request(&audience.sight, id).await?.ok_or_else(Problem::not_found)?;
    let view = as_the_surviving(&ask, &audience, audience.eyes.request(view)).await?;
    let steps = match &*ask.site.app.request(id).await? {
        ServiceRequest::Filed(case) => case.permitted_names(),
        ServiceRequest::Absent => Vec::new(),
    };
    Ok(Json(Shown { view, permitted: steps }).into_response())
}

/// R5: whoever filed a merged request gets the same answer.
async fn as_the_surviving(ask: &Ask, audience: &Audience, view: RequestView) -> Result<RequestView, Problem> {
    if view.merged_into.is_none() {
        return Ok(view);
    }
    let id = ask.site.app.surviving(view.id).await?;
    let surviving = ask.site.views.request(&audience.sight, id).await?;
    Ok(match surviving {
        Some(surviving) => view.answered_as(surviving),
        None => view,
    })
}

#[derive(serde::Serialize)]
struct Shown {
    #[serde(flatten)]
    view: RequestView,
    /// The steps that its state permits, whoever takes them.
    permitted: Vec<&'static str>,
}
