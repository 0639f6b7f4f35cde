//! Who had a request, and for how long.

use axum::Json;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sandan_domain::request::{Capacity, Hand, HandsTold, Holder, Spell};
use serde::Serialize;
use utoipa::ToSchema;

use super::mask::Audience;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
#[schema(as = Hands)]
struct Shape {
    /// In order and without a gap while it was open.
    items: Vec<HandShape>,
    /// An owner's stretches together.
    totals: Vec<TotalShape>,
    /// Its whole open life: the sum of the items, and of the totals.
    total: SpellShape,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Hand)]
struct HandShape {
    /// A unit or `desk`.
    owner: String,
    /// `desk duty_desk pool committee unit verification review`: in what capacity.
    #[schema(value_type = String)]
    kind: Capacity,
    /// The clock stood still meanwhile (R11).
    suspended: bool,
    from: Timestamp,
    /// `null`: they have it now.
    to: Option<Timestamp>,
    #[serde(flatten)]
    spell: SpellShape,
}

#[derive(Serialize, ToSchema)]
#[schema(as = HandsTotal)]
struct TotalShape {
    owner: String,
    #[serde(flatten)]
    spell: SpellShape,
}

/// How long, by the clock and in office hours.
#[derive(Serialize, ToSchema)]
#[schema(as = Spell)]
struct SpellShape {
    seconds: i64,
    hours: f64,
    /// By the office hours and the calendar that hold in the community now.
    working_seconds: i64,
    working_hours: f64,
}

/// Says who had it, from when to when, and for how long (R1): the times in everyone's hands are the request's whole life.
#[utoipa::path(
    get,
    path = "/api/v1/requests/{id}/hands",
    tag = "requests",
    params(("id" = uuid::Uuid, Path), ("tracking_code" = Option<String>, Query)),
    responses((status = 200, body = Shape), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn hands(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    Audience::of(&ask, id).await?;
    let HandsTold { items, totals, total } = ask.site.app.hands(id).await?;
    let total_of = |(holder, sum)| TotalShape { owner: owner(&holder), spell: spell(sum) };
    let shape = Shape {
        items: items.into_iter().map(|(hand, took)| item(hand, took)).collect(),
        totals: totals.into_iter().map(total_of).collect(),
        total: spell(total),
    };
    Ok(Json(shape).into_response())
}

fn item(hand: Hand, took: Spell) -> HandShape {
    let Hand { holder, capacity, suspended, from, to } = hand;
    HandShape { owner: owner(&holder), kind: capacity, suspended, from, to, spell: spell(took) }
}

fn owner(holder: &Holder) -> String {
    holder.unit().map_or_else(|| "desk".to_owned(), ToString::to_string)
}

fn spell(Spell { seconds, working_seconds }: Spell) -> SpellShape {
    let hours = |seconds: i64| seconds as f64 / 3_600.0;
    SpellShape { seconds, hours: hours(seconds), working_seconds, working_hours: hours(working_seconds) }
}
