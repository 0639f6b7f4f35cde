//! Adding, listing and removing endpoints, and what can be done with one.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sandan_app::Action;
use sandan_app::notices::NewEndpoint;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::shape::EndpointShape;
use crate::api::Nothing;
use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::list::{self, List, PageQuery};
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookBody)]
pub(super) struct Body {
    /// https, or http on the program's own machine. Required.
    url: Option<String>,
    /// `events` unless given: CloudEvents of everything. `notices`: what people are to be told, for gateways.
    feed: Option<String>,
    /// Slug: only that one and those below.
    community: Option<String>,
    /// Names of events, or beginnings that end in `.*`.
    types: Option<Vec<String>>,
    /// Events with persons' words, instead of `null` in their place.
    personal: Option<bool>,
    description: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WebhookSecret)]
pub(super) struct Secret {
    id: Uuid,
    /// `whsec_…`, as in Standard Webhooks. Shown this once.
    secret: String,
    position: u64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WebhookDone)]
pub(super) struct Done {
    id: Uuid,
    /// Of a ping: what `webhook-id` will say.
    message: Option<Uuid>,
    position: u64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReplayBody)]
pub(super) struct ReplayBody {
    /// The last position that is not told again; from the first unless given.
    after: Option<u64>,
}

/// Lists endpoints and how far each was told.
#[utoipa::path(
    get,
    path = "/api/v1/webhooks",
    tag = "notices",
    params(PageQuery),
    responses((status = 200, body = List<EndpointShape>), Refused),
    security(("token" = [])),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::ManageEndpoints)?;
    let PageQuery { cursor, limit } = ask.query()?;
    let limit = list::limit(limit.as_deref())?;
    let mut standing = ask.site.app.notices(&ask.who.caller).await?;
    let endpoints = ask.site.app.endpoints(&ask.who.caller).await?;
    let shape = |endpoint: sandan_app::notices::Endpoint| {
        let told = standing.endpoints.iter().position(|told| told.id == endpoint.id);
        EndpointShape::of(endpoint, told.map(|place| standing.endpoints.swap_remove(place)))
    };
    let items = endpoints.into_iter().map(shape).collect();
    list::page(items, |shape: &EndpointShape| shape.id.to_string(), cursor.as_deref(), limit)
}

/// Adds an endpoint, which is told what happens from now on.
#[utoipa::path(
    post,
    path = "/api/v1/webhooks",
    tag = "notices",
    request_body = Body,
    responses((status = 201, body = Secret), Refused),
    security(("token" = [])),
)]
pub(super) async fn add(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::ManageEndpoints)?;
    let caller = ask.caller()?;
    let Body { url, feed, community, types, personal, description } = ask.json()?;
    let (types, personal) = (types.unwrap_or_default(), personal.unwrap_or_default());
    let new = NewEndpoint { url, feed, community, types, personal, description };
    let (endpoint, secret) = ask.site.app.add_endpoint(&caller, new).await?;
    let position = head(&ask).await?;
    Ok(answer::written(StatusCode::CREATED, position, Secret { id: endpoint.id, secret, position }))
}

/// Removes an endpoint; what waits for it is dropped.
#[utoipa::path(
    delete,
    path = "/api/v1/webhooks/{id}",
    tag = "notices",
    params(("id" = Uuid, Path)),
    responses((status = 204), Refused),
    security(("token" = [])),
)]
pub(super) async fn remove(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::ManageEndpoints)?;
    ask.site.app.remove_endpoint(&ask.who.caller, id.0).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Sends a message that says nothing but that it works.
#[utoipa::path(
    post,
    path = "/api/v1/webhooks/{id}/ping",
    tag = "notices",
    params(("id" = Uuid, Path)),
    responses((status = 202, body = Done), Refused),
    security(("token" = [])),
)]
pub(super) async fn ping(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::ManageEndpoints)?;
    let caller = ask.caller()?;
    let Nothing {} = ask.json()?;
    let message = Some(ask.site.app.ping_endpoint(&caller, id.0).await?);
    let position = head(&ask).await?;
    Ok(answer::written(StatusCode::ACCEPTED, position, Done { id: id.0, message, position }))
}

/// Makes a new secret; until the next one the secret before it signs too.
#[utoipa::path(
    post,
    path = "/api/v1/webhooks/{id}/rotate",
    tag = "notices",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = Secret), Refused),
    security(("token" = [])),
)]
pub(super) async fn rotate(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::ManageEndpoints)?;
    let caller = ask.caller()?;
    let Nothing {} = ask.json()?;
    let secret = ask.site.app.rotate_endpoint(&caller, id.0).await?;
    let position = head(&ask).await?;
    Ok(answer::written(StatusCode::OK, position, Secret { id: id.0, secret, position }))
}

/// Tells an endpoint everything after a position once more, also one that was disabled.
#[utoipa::path(
    post,
    path = "/api/v1/webhooks/{id}/replay",
    tag = "notices",
    params(("id" = Uuid, Path)),
    request_body = ReplayBody,
    responses((status = 202, body = Done), Refused),
    security(("token" = [])),
)]
pub(super) async fn replay(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::ManageEndpoints)?;
    let caller = ask.caller()?;
    let ReplayBody { after } = ask.json()?;
    ask.site.app.replay_endpoint(&caller, id.0, after.unwrap_or_default()).await?;
    let position = head(&ask).await?;
    Ok(answer::written(StatusCode::ACCEPTED, position, Done { id: id.0, message: None, position }))
}

/// These wishes append no event: whoever waits waits for nothing new.
pub(super) async fn head(ask: &Ask) -> Result<u64, Problem> {
    let head = ask.site.app.log().head().await.map_err(sandan_app::Refusal::from)?;
    Ok(head.position)
}
