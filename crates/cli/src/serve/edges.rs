//! HTTP and gRPC on one port, told apart by the content type.

use std::convert::Infallible;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use sandan_web::{Site, client_of};

use super::traces;

/// Both edges of a node: the same application, the same door.
pub fn edges(site: Site, traced: bool) -> Result<Router> {
    let grpc = sandan_grpc::router(sandan_grpc::Parts {
        app: site.app.clone(),
        views: site.views.clone(),
        door: site.door.clone(),
        settings: sandan_grpc::Settings {
            public_url: site.settings.public_url.clone(),
            secure: site.settings.secure,
            message_bytes_max: site.settings.body_bytes_max,
        },
        shutdown: site.shutdown.clone(),
    });
    let grpc = grpc.context("read the descriptors of proto/")?;
    let both = sandan_web::router(site.clone()).layer(from_fn_with_state((site, grpc), by_content_type));
    Ok(if traced { both.layer(from_fn(traces::go_on)) } else { both })
}

async fn by_content_type(State((site, grpc)): State<(Site, Router)>, request: Request, next: Next) -> Response {
    if !is_grpc(&request) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let client = client_of(&parts, &site.settings.trusted_proxies);
    parts.extensions.insert(sandan_grpc::Client(client.address));
    let answered: Result<_, Infallible> = TowerToHyperService::new(grpc).call(Request::from_parts(parts, body)).await;
    match answered {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

fn is_grpc(request: &Request) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).map(|kind| kind.as_bytes()).unwrap_or_default();
    kind.starts_with(b"application/grpc")
}
