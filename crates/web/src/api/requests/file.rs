//! 点单: a resident files a request.

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, FileRequest, Filed};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FileBody)]
pub(super) struct Body {
    /// Slug of the community. Required.
    community: Option<String>,
    /// `web` unless given. Any token may state any.
    channel: Option<String>,
    /// A path or name, in Chinese or English.
    category: Option<String>,
    title: Option<String>,
    /// In the resident's own words, at most 20,000 characters. Required.
    description: Option<String>,
    /// `normal` or `urgent`.
    urgency: Option<String>,
    requester: Option<Requester>,
    location: Option<Location>,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Requester {
    name: Option<String>,
    /// The same phone is the same person.
    phone: Option<String>,
    /// Where notices go.
    email: Option<String>,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Location {
    address: Option<String>,
    /// Slug of a grid of the community.
    grid: Option<String>,
    /// Degrees, WGS 84.
    lat: Option<f64>,
    lng: Option<f64>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Filed)]
struct Answer {
    id: uuid::Uuid,
    /// Digits with a check digit, to be read out over a telephone.
    number: String,
    /// The resident's key to the request. Shown this once.
    tracking_code: String,
    state: String,
    position: u64,
    receipt: Receipt,
}

/// Proof that the request stands in the log.
#[derive(Serialize, ToSchema)]
struct Receipt {
    position: u64,
    /// Of the record at that position, in the chain of hashes; hexadecimal.
    hash: String,
    /// Where the resident follows the request.
    url: String,
}

/// Files a request.
#[utoipa::path(
    post,
    path = "/api/v1/requests",
    tag = "requests",
    request_body = Body,
    responses((status = 201, body = Answer), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn file(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::File)?;
    let caller = ask.caller()?;
    let filed = ask.site.app.file(&caller, input(ask.json()?)).await?;
    let Filed { request, number, tracking, state } = filed.outcome;
    let url = ask.link(&format!("/r/{tracking}"));
    let receipt = Receipt { position: filed.position, hash: filed.hash.to_string(), url };
    let (id, number, tracking_code) = (request.0, number.to_string(), tracking.to_string());
    let answer = Answer { id, number, tracking_code, state: state.to_string(), position: filed.position, receipt };
    Ok(answer::written(StatusCode::CREATED, filed.position, answer))
}

fn input(body: Body) -> FileRequest {
    let Body { community, channel, category, title, description, urgency, requester, location } = body;
    let Requester { name, phone, email } = requester.unwrap_or_default();
    let Location { address, grid, lat, lng } = location.unwrap_or_default();
    FileRequest {
        community,
        channel,
        category,
        title,
        description,
        urgency,
        name,
        phone,
        email,
        address,
        grid,
        lat,
        lng,
    }
}
