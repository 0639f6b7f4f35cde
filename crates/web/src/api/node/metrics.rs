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
        metrics::gauge!("sandan_log_generation").set(f64::from(head.generation));
    }
    for model in site.views.status().await.unwrap_or_default() {
        let (position, lag) = (model.position as f64, model.head.saturating_sub(model.position) as f64);
        metrics::gauge!("sandan_views_position", "model" => model.name).set(position);
        metrics::gauge!("sandan_views_lag", "model" => model.name).set(lag);
        metrics::gauge!("sandan_views_generation", "model" => model.name).set(f64::from(model.generation));
    }
    measure_promises(site).await;
    metrics::gauge!("sandan_writes_in_flight").set(site.door.under_way() as f64);
    metrics::gauge!("sandan_states_held").set(site.app.states_held() as f64);
}

/// By the program's clock: of a rehearsal the seconds are its own.
async fn measure_promises(site: &Site) {
    if let Ok(next) = site.app.log().next_timer().await {
        let late = next.map_or(0.0, |due| site.app.clock().now().duration_since(due).as_secs_f64().max(0.0));
        metrics::gauge!("sandan_timers_overdue_seconds").set(late);
    }
    for lease in site.app.log().leases().await.unwrap_or_default() {
        let left = lease.expires.duration_since(jiff::Timestamp::now()).as_secs_f64();
        metrics::gauge!("sandan_lease_seconds", "job" => lease.job).set(left);
    }
}
