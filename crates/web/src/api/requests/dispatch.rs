//! 派单: to one unit, to several, or to the pool.

use axum::response::Response;
use sandan_app::{Action, Dispatch};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DispatchBody)]
pub(super) struct Body {
    /// One unit.
    unit: Option<String>,
    /// Several units; the first leads (R1).
    units: Option<Vec<String>>,
    /// Open to be claimed (R3).
    pool: Option<bool>,
    /// How many units may claim it from the pool; 1 unless given.
    slots: Option<u32>,
    /// For the unit.
    note: Option<String>,
}

/// Hands a request to units or to the pool.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/dispatch",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn dispatch(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Dispatch, id).await?;
    let Body { unit, units, pool, slots, note } = body;
    let input = Dispatch { unit, units, pool, slots, note };
    let answer = ask.site.app.dispatch(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
