//! Ballots by the way they came in, and the reasons that were picked.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::rates::query::{self, Asked, Texts};
use crate::api::reach;
use crate::problem::Problem;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// Slug; those below it count too.
    community: Option<String>,
    /// On requests filed from this time or date on.
    from: Option<String>,
    /// On requests filed before this time or date.
    to: Option<String>,
    /// Recorded time: as it stood then.
    as_of: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = BallotFigures)]
#[allow(dead_code)]
struct Shape {
    by_channel: Vec<WayShape>,
    /// In the order of the list.
    reasons: Vec<PickedShape>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = BallotsOfChannel)]
#[allow(dead_code)]
struct WayShape {
    /// `web`, `kiosk`, `qr`, `phone` or `paper`; the last two were entered by the staff.
    channel: String,
    valid: u64,
    satisfied: u64,
    dissatisfied: u64,
    /// Of the dissatisfied: their appeal was upheld (R19a).
    appealed: u64,
    /// Satisfied ÷ valid; `null` without a ballot.
    rate: Option<f64>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ReasonPicked)]
#[allow(dead_code)]
struct PickedShape {
    reason: String,
    /// Dissatisfied ballots with it.
    ballots: u64,
}

/// Shows ballots by the way they came in, and how often each reason was picked.
#[utoipa::path(
    get,
    path = "/api/v1/ballots",
    tag = "reviews",
    params(Query),
    responses((status = 200, body = Shape), Refused),
    security(("token" = [])),
)]
pub(super) async fn ballots(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::See)?;
    let Query { community, from, to, as_of } = ask.query()?;
    let (community, from, to, as_of) = (community.as_deref(), from.as_deref(), to.as_deref(), as_of.as_deref());
    let Asked { query, views } = query::read(&ask, Texts { community, from, to, as_of, by: None }).await?;
    Ok(Json(views.ballots(&reach::sight(&ask).await?, &query).await?).into_response())
}
