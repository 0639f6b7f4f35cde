//! Everything that happened to a request, in order.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_domain::category::Language;
use sandan_views::TimelineItem;

use super::mask::Audience;
use super::shape::TimelineShape;
use super::timeline_text;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::list::{self, List, PageQuery};
use crate::problem::Problem;

/// Lists every event about a request, of all streams, in order.
#[utoipa::path(
    get,
    path = "/api/v1/requests/{id}/timeline",
    tag = "requests",
    params(("id" = uuid::Uuid, Path), ("tracking_code" = Option<String>, Query), PageQuery),
    responses((status = 200, body = List<TimelineShape>), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn timeline(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let audience = Audience::of(&ask, id).await?;
    let query: PageQuery = ask.query()?;
    let cursor = list::cursor(query.cursor.as_deref())?;
    let limit = list::limit(query.limit.as_deref())?;
    if ask.site.views.community_of(id).await?.is_none() {
        return Err(Problem::not_found());
    }
    let page = ask.site.views.timeline(&audience.sight, id, cursor, limit).await?;
    let language = ask.who.language;
    let items = page.items.into_iter().map(|item| told(audience.eyes.moment(item), language)).collect();
    Ok(Json(List { items, next_cursor: page.next_cursor.map(|cursor| cursor.to_string()) }).into_response())
}

/// The event with a sentence that says what happened.
fn told(mut item: TimelineItem, language: Language) -> TimelineItem {
    item.text = Some(timeline_text::sentence(&item, language));
    item
}
