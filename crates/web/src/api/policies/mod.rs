//! Time policies and calendars of communities: what was published, what holds, and publishing.

mod body;
mod calendars;
mod publish;
mod shape;
mod show;
mod weights;

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, Preview, Published, Receipt};
use sandan_domain::CommunityId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer;
use super::ask::Ask;
use crate::problem::Problem;
use crate::site::Site;

pub(super) use weights::WeightsShape;

pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(show::show, publish::publish))
        .routes(routes!(publish::preview))
        .routes(routes!(calendars::show, calendars::publish))
        .routes(routes!(calendars::preview))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Query {
    /// Slug. Required.
    community: Option<String>,
}

/// The community that is asked about, by somebody of the staff who reaches it.
async fn asked(ask: &Ask) -> Result<CommunityId, Problem> {
    ask.permit(Action::See)?;
    let Query { community } = ask.query()?;
    let community = community.ok_or(sandan_domain::InputError::Missing).and_then(|slug| slug.trim().parse());
    Ok(community.map_err(|error| sandan_app::Refusal::field("community", error))?)
}

#[derive(Serialize, ToSchema)]
#[schema(as = PublishedVersion)]
struct Answer {
    community: String,
    /// Counts from 1 in each community.
    version: u32,
    position: u64,
}

fn published(receipt: Receipt<Published>) -> Response {
    let position = receipt.position;
    let Published { community, version } = receipt.outcome;
    answer::written(StatusCode::CREATED, position, Answer { community, version, position })
}

/// How many open due times would move, as of now.
#[derive(Serialize, ToSchema)]
#[schema(as = PolicyPreview)]
struct PreviewShape {
    /// Open requests that were looked at.
    seen: u64,
    earlier: u64,
    later: u64,
    /// Of the earlier ones those that would be overdue at once.
    overdue: u64,
    /// There are more open requests than were looked at.
    more: bool,
}

impl From<Preview> for PreviewShape {
    fn from(Preview { seen, earlier, later, overdue, more }: Preview) -> Self {
        Self { seen, earlier, later, overdue, more }
    }
}
