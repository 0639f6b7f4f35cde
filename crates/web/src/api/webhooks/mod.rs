//! Endpoints of webhooks and the outbox, for administrators.

mod keep;
mod notices;
mod shape;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::site::Site;

pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(keep::list, keep::add))
        .routes(routes!(keep::remove))
        .routes(routes!(keep::ping))
        .routes(routes!(keep::rotate))
        .routes(routes!(keep::replay))
        .routes(routes!(notices::list))
        .routes(routes!(notices::retry))
}
