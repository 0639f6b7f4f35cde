//! Digests of the ledger (R26): a day, a week, a month, as they stood at their end.

mod rows;
mod shape;
mod show;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::site::Site;

pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(show::show)).routes(routes!(rows::rows))
}
