//! What reviews ask of the staff beyond one request: calls, what waits for the oversight board, figures of ballots, the
//! list of reasons, and whose telephones are a unit's staff's.

mod ballots;
mod callbacks;
mod calls;
mod members;
mod reasons;
mod watch;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::site::Site;

pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(ballots::ballots))
        .routes(routes!(callbacks::commit))
        .routes(routes!(callbacks::draw))
        .routes(routes!(callbacks::call))
        .routes(routes!(callbacks::list))
        .routes(routes!(callbacks::show))
        .routes(routes!(calls::calls))
        .routes(routes!(members::keep, members::list))
        .routes(routes!(reasons::reasons))
        .routes(routes!(watch::watch))
}
