//! Why a request is due when it is: every stretch of its time, with the reason for which it counts or doesn't.

use axum::Json;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sandan_app::DueExplained;
use sandan_app::policies::Standing;
use sandan_domain::time::{Explanation, Ground, Item, Source};
use sandan_views::Suspensions;
use serde::Serialize;
use utoipa::ToSchema;

use super::mask::Audience;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
#[schema(as = DueExplained)]
struct Shape {
    due_at: Timestamp,
    started_at: Timestamp,
    /// Such as `15 days`.
    limit: String,
    /// `running`, `suspended`, or `over`: then it is of the limit that ran last.
    standing: &'static str,
    suspended_since: Option<Timestamp>,
    overdue: bool,
    /// The limit by its name in policies, and its number in the rule book.
    rule: Option<&'static str>,
    rule_number: Option<&'static str>,
    /// The class of requests that sets the limit; `null`: the general one does.
    class: Option<String>,
    policy: Option<SourceShape>,
    calendar: Option<SourceShape>,
    /// Years that it reaches into and of which the calendar knows only the weekends.
    years_missing: Vec<i16>,
    /// In order and without a gap from the start to the due time, or to now while the clock stands still. Empty
    /// where an older program did not write down what the due time follows from.
    items: Vec<ItemShape>,
}

/// A policy or a calendar.
#[derive(Serialize, ToSchema)]
#[schema(as = DueSource)]
struct SourceShape {
    /// `null`: it ships with the program.
    community: Option<String>,
    version: u32,
    name: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DueItem)]
struct ItemShape {
    from: Timestamp,
    to: Timestamp,
    counted: bool,
    /// `running office_hours day make_up_day extension start_day weekend holiday outside_office_hours paused`.
    #[schema(value_type = String)]
    ground: Ground,
    /// The occasion of a holiday or a make-up day; why the clock stood still.
    name: Option<String>,
    /// Days that it adds to a limit in days, seconds to one in hours.
    days: u32,
    seconds: i64,
}

/// Explains the due time: the stretches that count add up to the limit, and the last one ends at the due time.
#[utoipa::path(
    get,
    path = "/api/v1/requests/{id}/due",
    tag = "requests",
    params(("id" = uuid::Uuid, Path), ("tracking_code" = Option<String>, Query)),
    responses((status = 200, body = Shape), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn due(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let audience = Audience::of(&ask, id).await?;
    let told = ask.site.app.explain(id).await?;
    let pauses = ask.site.views.suspensions(&audience.sight, audience.eyes, id).await?;
    Ok(Json(shape(told, &pauses)).into_response())
}

fn shape(told: DueExplained, pauses: &Suspensions) -> Shape {
    let DueExplained { due, standing, suspended_since, overdue, explanation, .. } = told;
    let standing = match standing {
        Standing::Running => "running",
        Standing::Suspended => "suspended",
        Standing::Over => "over",
    };
    let source = |source: &Source| SourceShape {
        community: source.community.as_ref().map(ToString::to_string),
        version: source.version,
        name: source.name.clone(),
    };
    let of = |get: fn(&Explanation) -> &Source| explanation.as_ref().map(|told| source(get(told)));
    Shape {
        due_at: due.at,
        started_at: due.started,
        limit: due.limit.to_string(),
        standing,
        suspended_since,
        overdue,
        rule: explanation.as_ref().map(|told| told.rule.name()),
        rule_number: explanation.as_ref().map(|told| told.rule.number()),
        class: explanation.as_ref().and_then(|told| told.class.clone()),
        policy: of(|told| &told.policy),
        calendar: of(|told| &told.calendar),
        years_missing: explanation.as_ref().map(|told| told.years_missing.clone()).unwrap_or_default(),
        items: explanation
            .map(|told| told.items)
            .unwrap_or_default()
            .into_iter()
            .map(|one| item(one, pauses))
            .collect(),
    }
}

fn item(item: Item, pauses: &Suspensions) -> ItemShape {
    let Item { from, to, counted, ground, name, days, seconds } = item;
    let why = (ground == Ground::Paused).then(|| pauses.reason_before(to)).flatten();
    ItemShape { from, to, counted, ground, name: name.or(why), days, seconds }
}
