//! What is logged and counted about every call: its route's pattern, never the address itself, which can hold a
//! tracking code or a search for somebody's words.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use tracing::instrument::WithSubscriber;
use tracing::subscriber::NoSubscriber;

use crate::api::evaluations::CAST_ROUTE;
use crate::headers::REQUEST_ID;

/// A call that takes longer is worth a line in the log.
const SLOW: Duration = Duration::from_secs(2);

/// The layer around a routed call.
pub(crate) async fn measure(request: Request, next: Next) -> Response {
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    if route == CAST_ROUTE && method == "POST" {
        return without_a_trace(request, next, method, route).await;
    }
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    let span = tracing::info_span!("http", %method, %route, id);
    let start = Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status(), start.elapsed());
    span.in_scope(|| {
        if status.is_server_error() {
            tracing::warn!(status = status.as_u16(), took_ms = took.as_millis(), "answered");
        } else if took > SLOW {
            tracing::info!(status = status.as_u16(), took_ms = took.as_millis(), "answered slowly");
        } else {
            tracing::debug!(status = status.as_u16(), took_ms = took.as_millis(), "answered");
        }
    });
    count(method, route, status.as_u16(), took);
    response
}

/// A ballot without a name (R21): it is counted, and neither a line nor a span says when it came.
async fn without_a_trace(request: Request, next: Next, method: String, route: String) -> Response {
    let start = Instant::now();
    let response = next.run(request).with_subscriber(NoSubscriber::default()).await;
    count(method, route, response.status().as_u16(), start.elapsed());
    response
}

fn count(method: String, route: String, status: u16, took: Duration) {
    metrics::histogram!("sandan_http_seconds", "method" => method.clone(), "route" => route.clone())
        .record(took.as_secs_f64());
    metrics::counter!("sandan_http_requests_total", "method" => method, "route" => route, "status" => status.to_string())
        .increment(1);
}
