//! The process answers.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(super) struct Health {
    /// `alive`
    status: &'static str,
    version: &'static str,
}

/// Says that the node is alive.
#[utoipa::path(get, path = "/healthz", tag = "node", responses((status = 200, body = Health)), security(()))]
pub(super) async fn healthz() -> Json<Health> {
    Json(Health { status: "alive", version: env!("CARGO_PKG_VERSION") })
}
