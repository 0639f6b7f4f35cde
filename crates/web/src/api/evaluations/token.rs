//! A token is drawn: who it is for is known, and what it is remains unseen (R21).

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, DrawToken, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::lookup;
use crate::problem::Problem;

/// Not limited by address: in a meeting everybody draws behind one. Wrong codes are.
pub(crate) const ROUTE: &str = "/api/v1/evaluations/{id}/tokens";

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DrawTokenBody)]
pub(super) struct Body {
    /// The volunteer's own; on a project's review that of a registration or of a request that it serves. Required.
    tracking_code: Option<String>,
    /// Base 64 of the blinded serial. Required.
    blinded: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SignedToken)]
struct Answer {
    /// Base 64 of the blind signature.
    signature: String,
    position: u64,
}

/// Signs a blinded serial: the same again and again, another never.
#[utoipa::path(
    post,
    path = "/api/v1/evaluations/{id}/tokens",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = Answer), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn draw(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::DrawToken)?;
    lookup::before(&ask.site, &ask.who)?;
    let code = ask.code();
    let Body { tracking_code, blinded } = ask.json()?;
    let input = DrawToken { code: code.or(tracking_code), blinded };
    let caller = ask.caller()?;
    match ask.site.app.draw_token(&caller, id.evaluation(), &input).await {
        Ok(signed) => {
            let answer = Answer { signature: signed.signature, position: signed.position };
            Ok(answer::written(StatusCode::OK, signed.position, answer))
        }
        Err(Refusal::NotFound) => Err(lookup::failed(&ask.site, &ask.who)),
        Err(refusal) => Err(refusal.into()),
    }
}
