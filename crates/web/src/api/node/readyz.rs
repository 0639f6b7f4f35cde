//! The log answers, the read models answer, and have caught up with it.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sandan_app::App;
use sandan_views::{ModelStatus, Running, Views, ViewsError};
use serde::Serialize;
use tokio::time::timeout;
use utoipa::ToSchema;

use crate::problem::Plain;
use crate::site::Site;

/// Under load a model is always a few events behind. Behind by more, it has not caught up.
const LAG_MAX: u64 = 1_000;
/// What has not answered by then does not answer. Load balancers give up at about the same time.
const PATIENCE: Duration = Duration::from_secs(3);

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

/// Says whether the node is ready: each read model, and the log. What does not answer within three seconds is not.
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
    let (log, models) = tokio::join!(look_at_log(&site.app), models_of(&site.views));
    let all_well = log.reachable && !models.is_empty() && models.iter().all(|model| model.ready);
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

async fn look_at_log(app: &App) -> LogReadiness {
    let unreachable = LogReadiness { reachable: false, position: None, generation: None };
    match timeout(PATIENCE, app.probe()).await {
        Ok(Ok(head)) => {
            LogReadiness { reachable: true, position: Some(head.position), generation: Some(head.generation) }
        }
        Ok(Err(error)) => {
            tracing::warn!(%error, "the log can't be read");
            unreachable
        }
        Err(_) => {
            tracing::error!(seconds = PATIENCE.as_secs(), "the log does not answer");
            unreachable
        }
    }
}

/// Asks each model's file as well. Nothing: they don't answer.
async fn models_of(views: &Views) -> Vec<ModelReadiness> {
    let asked = async {
        views.probe().await?;
        Ok::<_, ViewsError>(views.status().await?.iter().map(model).collect())
    };
    match timeout(PATIENCE, asked).await {
        Ok(Ok(models)) => models,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the read models don't say where they stand");
            Vec::new()
        }
        Err(_) => {
            tracing::error!(seconds = PATIENCE.as_secs(), "the read models do not answer");
            Vec::new()
        }
    }
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
