//! A photo, for those who may see its request.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::mask::Audience;
use crate::api::Nothing;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::{AttachmentPath, Id};
use crate::problem::Problem;

/// Shows a photo.
#[utoipa::path(
    get,
    path = "/api/v1/requests/{id}/attachments/{attachment}",
    tag = "requests",
    params(
        ("id" = uuid::Uuid, Path),
        ("attachment" = uuid::Uuid, Path),
        ("tracking_code" = Option<String>, Query),
    ),
    responses((status = 200, content_type = "image/*", body = Vec<u8>), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn attachment(
    Id(id): Id,
    AttachmentPath(attachment): AttachmentPath,
    ask: Ask,
) -> Result<Response, Problem> {
    let audience = Audience::of(&ask, id).await?;
    let Nothing {} = ask.query()?;
    let view = ask.site.views.request(&audience.sight, id).await?.ok_or_else(Problem::not_found)?;
    let photo = view.attachments.into_iter().find(|photo| photo.id.0 == attachment).ok_or_else(Problem::not_found)?;
    let bytes = ask.site.app.attachments().get(&photo.hash).await.map_err(|error| {
        tracing::error!(%error, "a photo could not be fetched");
        Problem::unavailable("the photos can't be reached")
    })?;
    let kind = HeaderValue::from_str(&photo.media_type).map_err(|_| Problem::failed())?;
    Ok(([(header::CONTENT_TYPE, kind)], Body::from(bytes.ok_or_else(Problem::not_found)?)).into_response())
}
