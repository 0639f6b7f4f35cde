//! Whom the hotline rings up about a vote without a name (R18).

use axum::response::Response;
use jiff::Timestamp;
use sandan_app::Action;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::list::{self, List, PageQuery};
use crate::problem::Problem;

/// Somebody who may take part, has no address for an invitation, and has drawn no token.
#[derive(Serialize, ToSchema)]
#[schema(as = VoterToCall)]
struct Line {
    person: uuid::Uuid,
    name: Option<String>,
    /// `null`: only a visit reaches them.
    phone: Option<String>,
    /// Until when they can draw their token.
    drawing_until: Timestamp,
}

/// Lists the calls to make while tokens are drawn; none afterwards.
#[utoipa::path(
    get,
    path = "/api/v1/evaluations/{id}/calls",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path), PageQuery),
    responses((status = 200, body = List<Line>), Refused),
    security(("token" = [])),
)]
pub(super) async fn calls(id: Id, ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::Call)?;
    let PageQuery { cursor, limit } = ask.query()?;
    let found = ask.site.app.unreached(&ask.who.caller, id.evaluation()).await?;
    let session = ask.site.app.evaluation(id.evaluation()).await?;
    let drawing_until = session.poll().map_or(Timestamp::MIN, |poll| poll.drawing_until);
    let lines = found.into_iter();
    let items = lines.map(|it| Line { person: it.person.0, name: it.name, phone: it.phone, drawing_until }).collect();
    let limit = list::limit(limit.as_deref())?;
    list::page(items, |line: &Line| line.person.to_string(), cursor.as_deref(), limit)
}
