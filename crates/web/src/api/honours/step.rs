//! A question about an honour is asked, answered, and settled.

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, AskOpinion, GiveOpinion, Honoured, Receipt};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HonourBody)]
pub(super) struct AskBody {
    /// Slug. Required.
    community: Option<String>,
    /// Slug. Required.
    unit: Option<String>,
    /// What the honour is called. Required.
    honour: Option<String>,
    /// An instant, or a date, whose midnight begins the period of the figures. Required.
    from: Option<String>,
    /// Not included; not in the future. Required.
    to: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HonourOpinionBody)]
pub(super) struct OpinionBody {
    /// `supports`, `reserved` or `opposes`. Required.
    opinion: Option<String>,
    /// Published as it stands. Required.
    reason: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HonourReasonBody)]
pub(super) struct ReasonBody {
    /// Published as it stands.
    reason: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = HonourChanged)]
struct Changed {
    id: Uuid,
    position: u64,
}

fn changed(status: StatusCode, receipt: Receipt<Honoured>) -> Response {
    let body = Changed { id: receipt.outcome.id.0, position: receipt.position };
    answer::written(status, receipt.position, body)
}

/// Asks a community what it thinks of honouring one of its units.
#[utoipa::path(
    post,
    path = "/api/v1/honours",
    tag = "honours",
    request_body = AskBody,
    responses((status = 201, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn ask(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::ProposeHonour)?;
    let caller = ask.caller()?;
    let AskBody { community, unit, honour, from, to } = ask.json()?;
    let input = AskOpinion { community, unit, honour, from, to };
    Ok(changed(StatusCode::CREATED, ask.site.app.ask_opinion(&caller, input).await?))
}

/// Says what the community thinks. The unit's figures are written down with it, as they stand now.
#[utoipa::path(
    post,
    path = "/api/v1/honours/{id}/opinion",
    tag = "honours",
    params(("id" = Uuid, Path)),
    request_body = OpinionBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn give(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::GiveOpinion)?;
    let caller = ask.caller()?;
    let OpinionBody { opinion, reason } = ask.json()?;
    let figures = crate::honours::figures(&ask.site, id.honour()).await?;
    let input = GiveOpinion { opinion, reason };
    Ok(changed(StatusCode::OK, ask.site.app.give_opinion(&caller, id.honour(), input, figures).await?))
}

/// Proposes the unit, once its community has answered. Where it opposes, a reason is required.
#[utoipa::path(
    post,
    path = "/api/v1/honours/{id}/proposal",
    tag = "honours",
    params(("id" = Uuid, Path)),
    request_body = ReasonBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn propose(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::ProposeHonour)?;
    let caller = ask.caller()?;
    let ReasonBody { reason } = ask.json()?;
    Ok(changed(StatusCode::OK, ask.site.app.propose_honour(&caller, id.honour(), reason).await?))
}

/// The unit is not proposed after all. A reason is required.
#[utoipa::path(
    post,
    path = "/api/v1/honours/{id}/drop",
    tag = "honours",
    params(("id" = Uuid, Path)),
    request_body = ReasonBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn let_go(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::ProposeHonour)?;
    let caller = ask.caller()?;
    let ReasonBody { reason } = ask.json()?;
    Ok(changed(StatusCode::OK, ask.site.app.drop_honour(&caller, id.honour(), reason).await?))
}
