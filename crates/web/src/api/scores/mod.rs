//! Two-way scoring 双向打分 (R23): what is entered, and the score sheet of a year.

mod enter;
mod shape;
mod show;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::site::Site;

pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(show::show))
        .routes(routes!(show::entries))
        .routes(routes!(enter::hours))
        .routes(routes!(enter::check_in))
        .routes(routes!(enter::strike_out))
        .routes(routes!(enter::commitments))
        .routes(routes!(enter::rate_community))
}
