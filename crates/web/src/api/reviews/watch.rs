//! What waits for the oversight board: bursts of joiners (R14), requests called unreasonable (R6b), appeals (R19a).

use axum::Json;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sandan_app::Action;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::list::{self, List, PageQuery};
use crate::api::reach;
use crate::problem::Problem;

/// One matter.
#[derive(Serialize, ToSchema)]
#[schema(as = Watched)]
#[allow(dead_code)]
struct WatchShape {
    /// `burst`, `unreasonable` or `appeal`.
    kind: String,
    request: Uuid,
    number: String,
    community: String,
    public_title: Option<String>,
    at: Timestamp,
    /// Of a burst: so many joined in a short time.
    joiners: Option<u32>,
    /// Of an appeal: the ballot's name.
    ballot: Option<Uuid>,
    /// Who proposed or appealed.
    unit: Option<String>,
}

/// Lists what waits for the oversight board, in the order in which it came.
#[utoipa::path(
    get,
    path = "/api/v1/watch",
    tag = "reviews",
    params(PageQuery),
    responses((status = 200, body = List<WatchShape>), Refused),
    security(("token" = [])),
)]
pub(super) async fn watch(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::DecideAppeal)?;
    let PageQuery { cursor, limit } = ask.query()?;
    let (cursor, limit) = (list::cursor(cursor.as_deref())?, list::limit(limit.as_deref())?);
    let page = ask.site.views.watched(&reach::sight(&ask).await?, cursor, limit).await?;
    Ok(Json(page).into_response())
}
