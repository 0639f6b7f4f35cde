//! What the caller is taken for.

use axum::Json;
use sandan_app::{Refusal, Scope};
use serde::Serialize;
use utoipa::ToSchema;

use super::ask::Ask;
use super::description::Refused;
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
#[schema(as = Me)]
pub(super) struct Answer {
    role: &'static str,
    unit: Option<String>,
    /// That one and those below; `null`: all.
    community: Option<String>,
    /// Of a signed-in page.
    account: Option<String>,
}

/// Says whose token this is.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    tag = "node",
    responses((status = 200, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn me(ask: Ask) -> Result<Json<Answer>, Problem> {
    if !ask.who.is_recognised() {
        return Err(Refusal::NotSignedIn.into());
    }
    let community = match ask.who.scope() {
        Scope::All => None,
        Scope::Community(community) => Some(community.to_string()),
    };
    let unit = ask.who.unit().map(ToString::to_string);
    Ok(Json(Answer { role: ask.who.role().name(), unit, community, account: ask.who.account.clone() }))
}
