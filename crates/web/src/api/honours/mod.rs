//! Honours (R24): a community's opinion of a unit is asked for, answered with its figures, and then it is proposed.

mod shape;
mod show;
mod step;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::id::Id;
use crate::site::Site;

pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(show::list, step::ask))
        .routes(routes!(show::show))
        .routes(routes!(step::give))
        .routes(routes!(step::propose))
        .routes(routes!(step::let_go))
}

impl Id {
    /// The same path's id where it is an honour's.
    const fn honour(&self) -> sandan_domain::HonourId {
        sandan_domain::HonourId(self.0.0)
    }
}
