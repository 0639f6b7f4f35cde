//! Whose request it is, with the phones that the hotline calls (R18). Never for a unit.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::{Action, Refusal};

use super::shape::SignerShape;
use crate::api::Nothing;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::list::List;
use crate::api::reach;
use crate::problem::Problem;

/// Lists the residents of a request, in the order they joined.
#[utoipa::path(
    get,
    path = "/api/v1/requests/{id}/signers",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = List<SignerShape>), Refused),
    security(("token" = [])),
)]
pub(super) async fn signers(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::See)?;
    if ask.who.unit().is_some() {
        return Err(Refusal::forbidden("a unit never sees who asked (R21)").into());
    }
    let Nothing {} = ask.query()?;
    let community = ask.site.views.community_of(id).await?.ok_or_else(Problem::not_found)?;
    ask.site.app.who_may_see(&ask.who.caller, &community).await?;
    let items = ask.site.views.signers(&reach::sight(&ask).await?, id).await?;
    Ok(Json(List { items, next_cursor: None }).into_response())
}
