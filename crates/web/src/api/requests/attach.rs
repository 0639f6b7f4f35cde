//! A photo of what is asked for, or of the work (R6): from a resident with the code, or a unit on the request.

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, Attach};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::reach;
use crate::multipart::{self, Upload};
use crate::photo;
use crate::problem::Problem;

/// A form with the photo, and the tracking code where a resident sends it.
#[derive(ToSchema)]
#[schema(as = AttachBody)]
#[allow(dead_code)]
struct Form {
    tracking_code: Option<String>,
    /// JPEG, PNG or WebP, at most 10 MiB.
    #[schema(value_type = String, format = Binary)]
    photo: Vec<u8>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Attached)]
struct Answer {
    /// Of the attachment.
    id: uuid::Uuid,
    /// Where it can be seen.
    url: String,
    state: String,
    position: u64,
}

/// Adds a photo, without what the camera wrote into it.
///
/// Instead of a form the body can be the photo itself, the tracking code then being in the header or the query.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/attachments",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body(content = Form, content_type = "multipart/form-data"),
    responses((status = 201, body = Answer), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn attach(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::Attach)?;
    let upload = match upload(&ask).await {
        Ok(upload) => upload,
        Err(problem) => {
            reach::judge(&ask, Action::Attach, id).await?;
            return Err(problem);
        }
    };
    let tracking_code = upload.tracking_code.or_else(|| ask.code());
    if ask.who.unit().is_none() {
        crate::lookup::holder(&ask.site, &ask.who, tracking_code.as_deref(), id).await?;
    }
    let bytes = prepared(upload.photo).await?;
    let input = Attach { tracking_code, bytes, media_type: upload.media_type };
    let attached = ask.site.app.attach(&ask.caller()?, id, input).await?;
    let attachment = attached.outcome.attachment.0;
    let url = ask.link(&format!("/api/v1/requests/{id}/attachments/{attachment}"));
    let answer = Answer { id: attachment, url, state: attached.outcome.state, position: attached.position };
    Ok(answer::written(StatusCode::CREATED, attached.position, answer))
}

async fn upload(ask: &Ask) -> Result<Upload, Problem> {
    let (bytes, kind) = ask.bytes()?;
    multipart::read(bytes, kind, ask.site.settings.attachment_bytes_max).await
}

/// Decoding takes long enough to stop others on the same thread.
async fn prepared(photo: bytes::Bytes) -> Result<bytes::Bytes, Problem> {
    tokio::task::spawn_blocking(move || photo::prepare(photo)).await.map_err(|_| Problem::failed())?
}
