//! Projects (项目, R29): several requests met by one planned piece of work, with an item review of their own (R14, R16).
//!
//! The vote itself is an evaluation's: `review` names it, and tokens, ballots and results are where evaluations' are.

mod open;
mod register;
mod run;
mod shape;
mod show;

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Planned, Receipt};
use sandan_domain::ProjectId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer;
use super::id::Id;
use crate::site::Site;

pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(show::list, open::open))
        .routes(routes!(show::show))
        .routes(routes!(run::add_request))
        .routes(routes!(run::stage_done))
        .routes(routes!(register::list, register::register))
        .routes(routes!(run::finish))
        .routes(routes!(run::close))
}

/// A project was changed.
#[derive(Serialize, ToSchema)]
#[schema(as = ProjectChanged)]
struct Changed {
    id: uuid::Uuid,
    position: u64,
}

fn changed(status: StatusCode, receipt: &Receipt<Planned>) -> Response {
    let (id, position) = (receipt.outcome.project.0, receipt.position);
    answer::written(status, position, Changed { id, position })
}

impl Id {
    /// The same path's id where it is a project's.
    const fn project(&self) -> ProjectId {
        ProjectId(self.0.0)
    }
}
