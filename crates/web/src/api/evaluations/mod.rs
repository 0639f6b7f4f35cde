//! Evaluations: the quarterly session (R22) and the yearly appraisal (R17, R25), with ballots without a name (R21).

mod announce;
mod calls;
mod cast;
mod run;
mod shape;
mod show;
mod token;
mod volunteer;

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Evaluated, Receipt};
use sandan_domain::EvaluationId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer;
use super::id::Id;
use crate::site::Site;

pub(crate) use cast::ROUTE as CAST_ROUTE;
pub(crate) use token::ROUTE as TOKEN_ROUTE;

pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(show::list, announce::announce))
        .routes(routes!(show::show))
        .routes(routes!(show::ballots, cast::cast))
        .routes(routes!(volunteer::list, volunteer::sign_up))
        .routes(routes!(volunteer::mine))
        .routes(routes!(calls::calls))
        .routes(routes!(run::screen))
        .routes(routes!(run::draw))
        .routes(routes!(run::open))
        .routes(routes!(token::draw))
        .routes(routes!(run::end))
        .routes(routes!(run::call_off))
        .routes(routes!(run::close))
        .routes(routes!(run::send_back))
}

/// An evaluation was changed.
#[derive(Serialize, ToSchema)]
#[schema(as = EvaluationChanged)]
struct Changed {
    id: uuid::Uuid,
    position: u64,
}

fn changed(receipt: Receipt<Evaluated>) -> Response {
    let (id, position) = (receipt.outcome.evaluation.0, receipt.position);
    answer::written(StatusCode::OK, position, Changed { id, position })
}

impl Id {
    /// The same path's id where it is an evaluation's.
    const fn evaluation(&self) -> EvaluationId {
        EvaluationId(self.0.0)
    }
}
