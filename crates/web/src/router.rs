//! All routes, and the layers around them.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;

use crate::headers::REQUEST_ID;
use crate::problem;
use crate::site::Site;
use crate::{api, measure, pages, panic, security};

/// Long enough for a photo over a slow line, and for any wait that a call may ask for.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// Smaller answers gain nothing from being compressed, in bytes.
const COMPRESSED_FROM: u64 = 1_024;

/// The whole site. Serve it with `into_make_service_with_connect_info::<SocketAddr>()`: limits, `/metrics` and
/// sign-in need the peer's address.
pub fn router(site: Site) -> Router {
    let answers = api::router()
        .merge(pages::router())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN));
    // Streams live as long as their reader: no timeout stands around them.
    let routes = answers.merge(api::streams());
    let (asked, answered) = security::sensitive();
    // One stack, from the outermost in: layers that a router takes one by one are boxed one by one.
    let frame = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(SizeAbove::new(COMPRESSED_FROM))))
        .layer(middleware::from_fn_with_state(site.clone(), problem::render))
        .layer(middleware::from_fn_with_state(site.clone(), security::headers))
        .layer(asked)
        .layer(answered)
        .layer(security::same_site(&site.settings))
        .layer(middleware::from_fn(panic::catch))
        .layer(middleware::from_fn(measure::measure))
        .layer(DefaultBodyLimit::max(site.settings.body_bytes_max));
    routes.layer(frame).with_state(site)
}
