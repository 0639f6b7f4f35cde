//! Response, resolution and satisfaction (三率), with numerator and denominator on show, and the rows behind each
//! number (R27).

pub(super) mod query;
mod rows;
mod shape;
mod show;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::site::Site;

pub(super) use shape::{RatesShape as RatesOfAll, RowShape as RateGroup};

pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(show::show)).routes(routes!(rows::rows))
}
