//! The request list (需求清单) of the staff.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::Action;

use super::filter::Query;
use super::shape::RowShape;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::faults::Faults;
use crate::api::list::{self, List};
use crate::api::{after, reach};
use crate::problem::Problem;

/// Lists requests, newest filed first.
#[utoipa::path(
    get,
    path = "/api/v1/requests",
    tag = "requests",
    params(Query),
    responses((status = 200, body = List<RowShape>), Refused),
    security(("token" = [])),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::See)?;
    let query: Query = ask.query()?;
    let mut faults = Faults::default();
    let cursor = faults.note(list::cursor(query.cursor.as_deref()));
    let limit = faults.note(list::limit(query.limit.as_deref()));
    let sight = reach::sight(&ask).await?;
    let filter = query.filter(&ask, &mut faults).await?;
    let filter = faults.or(filter)?;
    if let (Some(_), Some(position)) = (&filter.q, ask.after()?) {
        after::wait_search(&ask.site, position).await?;
    }
    let page = ask.site.views.requests(&sight, &filter, cursor, limit).await?;
    Ok(Json(page).into_response())
}
