//! The log can be reached and the read models have caught up with it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sandan_views::{ModelStatus, Running};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Plain;
use crate::site::Site;

/// Under load a model is always a few events behind. Behind by more, it has not caught up.
const LAG_MAX: u64 = 1_000;

#[derive(Serialize, ToSchema)]
pub(super) struct Readiness {
    /// `ready`; `degraded` where it does its work by a longer way; `unavailable` where something is not well.
    status: &'static str,
    log: LogReadiness,
    models: Vec<ModelReadiness>,
    /// `in_process`, `connected`, or `down`: then nodes hear of each other through the log, a little later.
    bus: &'static str,
}

#[derive(Serialize, ToSchema)]
struct LogReadiness {
    reachable: bool,
    position: Option<u64>,
    generation: Option<u32>,
}

#[derive(Serialize, ToSchema)]
struct ModelReadiness {
    name: &'static str,
    ready: bool,
    /// The last event in it.
    position: u64,
    /// The last event of the log.
    head: u64,
    /// `running`, `poisoned` or `rebuilding`.
    state: &'static str,
    /// What stopped it.
    reason: Option<String>,
}

/// Says whether the node is ready: each read model, and the log.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "node",
    responses((status = 200, body = Readiness), (status = 503, body = Readiness)),
    security(())
)]
pub(super) async fn readyz(State(site): State<Site>) -> Response {
    let readiness = look(&site).await;
    let is_unavailable = readiness.status == "unavailable";
    let status = if is_unavailable { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    let mut response = (status, Json(readiness)).into_response();
    response.extensions_mut().insert(Plain);
    response
}

async fn look(site: &Site) -> Readiness {
    let head = site.app.log().head().await.ok();
    let models: Vec<_> = match site.views.status().await {
        Ok(models) => models.iter().map(model).collect(),
        Err(error) => {
            tracing::warn!(%error, "the read models don't say where they stand");
            Vec::new()
        }
    };
    let all_well = head.is_some() && !models.is_empty() && models.iter().all(|model| model.ready);
    let log = LogReadiness {
        reachable: head.is_some(),
        position: head.map(|head| head.position),
        generation: head.map(|head| head.generation),
    };
    let bus = match site.settings.bus.as_ref().map(|bus| *bus.borrow()) {
        None => "in_process",
        Some(true) => "connected",
        Some(false) => "down",
    };
    let status = match (all_well, bus) {
        (false, _) => "unavailable",
        (true, "down") => "degraded",
        (true, _) => "ready",
    };
    Readiness { status, log, models, bus }
}

fn model(status: &ModelStatus) -> ModelReadiness {
    let (state, reason) = match &status.state {
        Running::Running => ("running", None),
        Running::Poisoned { position, reason } => ("poisoned", Some(format!("position {position}: {reason}"))),
        Running::Rebuilding { .. } => ("rebuilding", None),
    };
    let ready = reason.is_none() && status.head.saturating_sub(status.position) <= LAG_MAX;
    let ModelStatus { name, position, head, .. } = *status;
    ModelReadiness { name, ready, position, head, state, reason }
}
