//! Calendars: holidays and make-up days, by year.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::Action;

use super::body::CalendarBody;
use super::shape::CalendarShape;
use super::{Answer, PreviewShape, Query, asked, published};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::problem::Problem;

/// Shows the calendar that holds in a community, and what it published itself.
#[utoipa::path(
    get,
    path = "/api/v1/calendars",
    tag = "policies",
    params(Query),
    responses((status = 200, body = CalendarShape), Refused),
    security(("token" = [])),
)]
pub(super) async fn show(ask: Ask) -> Result<Response, Problem> {
    let community = asked(&ask).await?;
    let view = ask.site.app.published(&ask.who.caller, &community).await?;
    Ok(Json(CalendarShape::from(&view)).into_response())
}

/// Publishes years of a community's calendar.
///
/// They hold at once in place of what was known of these years, and open due times are worked out anew (R13).
#[utoipa::path(
    post,
    path = "/api/v1/calendars",
    tag = "policies",
    request_body = CalendarBody,
    responses((status = 201, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn publish(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::PublishPolicy)?;
    let caller = ask.caller()?;
    let body: CalendarBody = ask.json()?;
    Ok(published(ask.site.app.publish_calendar(&caller, body.into()).await?))
}

/// Says what publishing would move, without doing so.
#[utoipa::path(
    post,
    path = "/api/v1/calendars/preview",
    tag = "policies",
    request_body = CalendarBody,
    responses((status = 200, body = PreviewShape), Refused),
    security(("token" = [])),
)]
pub(super) async fn preview(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::PublishPolicy)?;
    let caller = ask.caller()?;
    let body: CalendarBody = ask.json()?;
    let preview = ask.site.app.preview_calendar(&caller, &body.into()).await?;
    Ok(Json(PreviewShape::from(preview)).into_response())
}
