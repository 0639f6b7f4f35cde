//! What is entered for a year's scores: hours with evidence, bare check-ins, commitments, and how units rate the community.

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, CheckIn, EnterCommitments, EnterHours, RateCommunity, Receipt, Scored, StrikeOut};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
#[schema(as = ScoreEntered)]
struct Entered {
    position: u64,
}

fn entered(receipt: &Receipt<Scored>) -> Response {
    answer::written(StatusCode::CREATED, receipt.position, Entered { position: receipt.position })
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EnterHoursBody {
    /// Slug. Required.
    community: Option<String>,
    /// Slug of the unit that they served for. Required.
    unit: Option<String>,
    /// Kept as a keyed hash. Required.
    phone: Option<String>,
    /// Such as `2026-11-02`; its year is the one that it counts in. Required.
    day: Option<String>,
    /// 1 to 1,440. Required.
    minutes: Option<i64>,
    /// Required.
    activity: Option<String>,
    /// How the community knows. Required.
    evidence: Option<String>,
}

/// Enters hours that somebody of a unit served, with their evidence.
#[utoipa::path(
    post,
    path = "/api/v1/scores/hours",
    tag = "scores",
    request_body = EnterHoursBody,
    responses((status = 201, body = Entered), Refused),
    security(("token" = [])),
)]
pub(super) async fn hours(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::EnterHours)?;
    let caller = ask.caller()?;
    let EnterHoursBody { community, unit, phone, day, minutes, activity, evidence } = ask.json()?;
    let input = EnterHours { community, unit, phone, day, minutes, activity, evidence };
    Ok(entered(&ask.site.app.enter_hours(&caller, input).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckInBody {
    /// Slug. Required.
    community: Option<String>,
    /// Slug. Required.
    unit: Option<String>,
    /// Kept as a keyed hash. Required.
    phone: Option<String>,
    /// Required.
    day: Option<String>,
}

/// Enters that somebody scanned the check-in code, once a day: presence, which scores nothing by itself.
#[utoipa::path(
    post,
    path = "/api/v1/scores/check-ins",
    tag = "scores",
    request_body = CheckInBody,
    responses((status = 201, body = Entered), Refused),
    security(("token" = [])),
)]
pub(super) async fn check_in(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::EnterHours)?;
    let caller = ask.caller()?;
    let CheckInBody { community, unit, phone, day } = ask.json()?;
    let input = CheckIn { community, unit, phone, day };
    Ok(entered(&ask.site.app.check_in(&caller, input).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StrikeOutBody {
    /// Slug. Required.
    community: Option<String>,
    /// Required.
    year: Option<i64>,
    /// Its number in the year. Required.
    entry: Option<i64>,
    /// Required.
    reason: Option<String>,
}

/// Strikes out an entry of hours or of a check-in that was a mistake.
#[utoipa::path(
    post,
    path = "/api/v1/scores/strike-outs",
    tag = "scores",
    request_body = StrikeOutBody,
    responses((status = 201, body = Entered), Refused),
    security(("token" = [])),
)]
pub(super) async fn strike_out(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::EnterHours)?;
    let caller = ask.caller()?;
    let StrikeOutBody { community, year, entry, reason } = ask.json()?;
    let input = StrikeOut { community, year, entry, reason };
    Ok(entered(&ask.site.app.strike_out(&caller, input).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EnterCommitmentsBody {
    /// Slug. Required.
    community: Option<String>,
    /// Required.
    year: Option<i64>,
    /// Slug. Required.
    unit: Option<String>,
    /// Commitments that fell due in the year. Required.
    due: Option<i64>,
    /// Of these, kept in time. Required.
    kept: Option<i64>,
    /// Required.
    evidence: Option<String>,
}

/// Enters how many of a unit's commitments fell due and were kept; the last entry holds.
#[utoipa::path(
    post,
    path = "/api/v1/scores/commitments",
    tag = "scores",
    request_body = EnterCommitmentsBody,
    responses((status = 201, body = Entered), Refused),
    security(("token" = [])),
)]
pub(super) async fn commitments(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::EnterHours)?;
    let caller = ask.caller()?;
    let EnterCommitmentsBody { community, year, unit, due, kept, evidence } = ask.json()?;
    let input = EnterCommitments { community, year, unit, due, kept, evidence };
    Ok(entered(&ask.site.app.enter_commitments(&caller, input).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RateCommunityBody {
    /// Slug. Required.
    community: Option<String>,
    /// Required.
    year: Option<i64>,
    /// Requests come to whom they belong: one of the five answers. Required.
    dispatch: Option<String>,
    /// Help where the unit can't go on alone. Required.
    support: Option<String>,
    /// Questions are answered in time. Required.
    response: Option<String>,
}

/// A unit rates the community; its last answer of the year holds.
#[utoipa::path(
    post,
    path = "/api/v1/scores/community-ratings",
    tag = "scores",
    request_body = RateCommunityBody,
    responses((status = 201, body = Entered), Refused),
    security(("token" = [])),
)]
pub(super) async fn rate_community(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RateCommunity)?;
    let caller = ask.caller()?;
    let RateCommunityBody { community, year, dispatch, support, response } = ask.json()?;
    let input = RateCommunity { community, year, dispatch, support, response };
    Ok(entered(&ask.site.app.rate_community(&caller, input).await?))
}
