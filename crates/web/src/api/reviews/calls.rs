//! Whom the hotline rings up: those whom no channel reaches, from the opening of their round on (R18).

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

/// Somebody to be rung up.
#[derive(Serialize, ToSchema)]
#[schema(as = CallToMake)]
#[allow(dead_code)]
struct CallShape {
    request: Uuid,
    number: String,
    community: String,
    round: u32,
    person: Uuid,
    name: Option<String>,
    /// `null`: only a visit reaches them.
    phone: Option<String>,
    closes_at: Timestamp,
    /// How often they were rung up in this round.
    calls: u32,
    /// What came of it last: `reached`, `no_answer`, `wrong_number` or `declined`.
    outcome: Option<String>,
    called_at: Option<Timestamp>,
    /// What the request is about, in a few words.
    about: Option<String>,
}

/// Lists the calls to make, in the order in which they came.
#[utoipa::path(
    get,
    path = "/api/v1/calls",
    tag = "reviews",
    params(PageQuery),
    responses((status = 200, body = List<CallShape>), Refused),
    security(("token" = [])),
)]
pub(super) async fn calls(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::Call)?;
    let PageQuery { cursor, limit } = ask.query()?;
    let (cursor, limit) = (list::cursor(cursor.as_deref())?, list::limit(limit.as_deref())?);
    let page = ask.site.views.calls(&reach::sight(&ask).await?, cursor, limit).await?;
    Ok(Json(page).into_response())
}
