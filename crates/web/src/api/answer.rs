//! What accepted commands are answered with. Every one carries the position that it reached.

use axum::Json;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sandan_app::{Changed, Receipt};
use sandan_domain::RequestId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::headers::POSITION;

/// A step was taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct StepTaken {
    #[schema(value_type = uuid::Uuid)]
    id: RequestId,
    /// The request's state after the step.
    state: String,
    /// Ask with `Sandan-After: <position>` to see it.
    position: u64,
}

/// Answers with `200` and the request's state.
pub(crate) fn step(receipt: Receipt<Changed>) -> Response {
    let Changed { request, state } = receipt.outcome;
    written(StatusCode::OK, receipt.position, StepTaken { id: request, state, position: receipt.position })
}

/// Any answer to a write: the position stands in a header too.
pub(crate) fn written(status: StatusCode, position: u64, body: impl Serialize) -> Response {
    (status, [(POSITION, HeaderValue::from(position))], Json(body)).into_response()
}
