//! The JSON API for programs, under `/api/v1`.

mod after;
pub(crate) use after::wait;
pub(crate) mod answer;
mod ask;
pub mod description;
mod digests;
pub(crate) mod evaluations;
mod faults;
mod honours;
mod id;
mod instant;
mod json;
mod list;
mod live;
mod me;
mod node;
mod organisation;
mod policies;
mod projects;
mod query;
mod rates;
mod reach;
mod requests;
mod reviews;
mod scores;
mod webhooks;

use axum::Router;
use serde::Deserialize;
use utoipa::{OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use ask::unsupported;

use crate::site::Site;

/// A body or a query without fields.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Every call but the streams.
pub(crate) fn router() -> Router<Site> {
    calls().into()
}

/// Calls whose answer goes on until the reader has enough.
pub(crate) fn streams() -> Router<Site> {
    followed().into()
}

/// All of them, described.
fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::with_openapi(description::Api::openapi()).merge(calls()).merge(followed())
}

fn calls() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .merge(requests::router())
        .merge(organisation::router())
        .merge(policies::router())
        .merge(rates::router())
        .merge(reviews::router())
        .merge(digests::router())
        .merge(evaluations::router())
        .merge(projects::router())
        .merge(honours::router())
        .merge(scores::router())
        .merge(webhooks::router())
        .merge(node::router())
        .routes(routes!(me::me))
        .routes(routes!(description::openapi))
}

fn followed() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(live::live))
}
