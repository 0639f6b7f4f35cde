//! Looking at evaluations: everybody may.

use axum::Json;
use axum::response::{IntoResponse, Response};

use super::shape::{BallotShape, Shape, ballots as published, shape};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::list::{self, CommunityQuery, List, PageQuery};
use crate::problem::Problem;

/// A community's evaluations, by occasion.
#[utoipa::path(
    get,
    path = "/api/v1/evaluations",
    tag = "evaluations",
    params(CommunityQuery),
    responses((status = 200, body = List<Shape>), Refused),
    security(()),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    let query: CommunityQuery = ask.query()?;
    let community = query.community()?;
    ask.site.app.place("community", &community).await?;
    let found = ask.site.app.evaluations(&community).await?;
    let mut items: Vec<Shape> = Vec::new();
    for (id, session) in &found {
        items.push(shape(*id, session, &ask.site.app.notes(*id).await?));
    }
    list::page(items, |item| item.occasion.clone(), query.cursor.as_deref(), list::limit(query.limit.as_deref())?)
}

/// One evaluation as it stands.
#[utoipa::path(
    get,
    path = "/api/v1/evaluations/{id}",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Shape), Refused),
    security(()),
)]
pub(super) async fn show(id: Id, ask: Ask) -> Result<Response, Problem> {
    let session = ask.site.app.evaluation(id.evaluation()).await?;
    let notes = ask.site.app.notes(id.evaluation()).await?;
    Ok(Json(shape(id.evaluation(), &session, &notes)).into_response())
}

/// The ballots that are in the log, by token: every voter finds their own, and everybody can count.
#[utoipa::path(
    get,
    path = "/api/v1/evaluations/{id}/ballots",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path), PageQuery),
    responses((status = 200, body = List<BallotShape>), Refused),
    security(()),
)]
pub(super) async fn ballots(id: Id, ask: Ask) -> Result<Response, Problem> {
    let PageQuery { cursor, limit } = ask.query()?;
    let session = ask.site.app.evaluation(id.evaluation()).await?;
    let limit = list::limit(limit.as_deref())?;
    list::page(published(&session), |ballot| ballot.token.clone(), cursor.as_deref(), limit)
}
