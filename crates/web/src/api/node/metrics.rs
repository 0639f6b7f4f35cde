//! Figures for Prometheus, for this machine and for administrators.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sandan_app::{Action, Refusal};

use crate::api::description::Refused;
use crate::identity::Who;
use crate::problem::Problem;
use crate::site::Site;

/// Shows the node's figures to this machine, or to an administrator.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "node",
    responses((status = 200, content_type = "text/plain", body = String), Refused),
    security((), ("token" = []))
)]
pub(super) async fn metrics(State(site): State<Site>, who: Who) -> Result<Response, Problem> {
    if !who.loopback && !who.may(Action::Operate) {
        return Err(Refusal::forbidden("figures are for this machine, or an administrator's token").into());
    }
    measure(&site).await;
    let figures = site.metrics.as_ref().map(|metrics| metrics.render()).unwrap_or_default();
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], figures).into_response())
}

/// What is only looked up when somebody asks.
#[allow(clippy::cast_precision_loss)]
async fn measure(site: &Site) {
    if let Ok(head) = site.app.log().head().await {
        metrics::gauge!("sandan_log_position").set(head.position as f64);
    }
    for model in site.views.status().await.unwrap_or_default() {
        metrics::gauge!("sandan_view_position", "model" => model.name).set(model.position as f64);
        let lag = model.head.saturating_sub(model.position);
        metrics::gauge!("sandan_views_lag", "model" => model.name).set(lag as f64);
        metrics::gauge!("sandan_views_generation", "model" => model.name).set(f64::from(model.generation));
    }
    metrics::gauge!("sandan_writes_in_flight").set(site.door.under_way() as f64);
}
