//! The reasons that a dissatisfied resident can pick from, in both languages.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_domain::category::Language;
use sandan_domain::review::{About, Reason};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::list::List;

#[derive(Serialize, ToSchema)]
#[schema(as = BallotReason)]
struct Shape {
    code: &'static str,
    /// `work` or `dispatch`: what it finds fault with.
    about: &'static str,
    zh: &'static str,
    en: &'static str,
}

/// Lists them in the order in which they are offered.
#[utoipa::path(
    get,
    path = "/api/v1/ballot-reasons",
    tag = "reviews",
    responses((status = 200, body = List<Shape>)),
    security(()),
)]
pub(super) async fn reasons() -> Response {
    let shape = |reason: &Reason| Shape {
        code: reason.code,
        about: if reason.about == About::Dispatch { "dispatch" } else { "work" },
        zh: reason.name(Language::Zh),
        en: reason.name(Language::En),
    };
    Json(List { items: Reason::all().iter().map(shape).collect(), next_cursor: None }).into_response()
}
