//! A photo in a form, or as a body of its own; and forms in which a file can stand for a field.

use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use sandan_app::Refusal;
use sandan_domain::InputError;

use crate::api::unsupported;
use crate::body::too_large;
use crate::problem::Problem;

/// What was sent.
pub(crate) struct Upload {
    pub photo: Bytes,
    pub media_type: Option<String>,
    pub tracking_code: Option<String>,
}

/// Reads `bytes`, which came as `kind`.
pub(crate) async fn read(bytes: Bytes, kind: &str, max: usize) -> Result<Upload, Problem> {
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence.starts_with("image/") {
        return whole(bytes, essence, max);
    }
    if essence != "multipart/form-data" {
        return Err(unsupported("multipart/form-data, or a photo itself"));
    }
    form(bytes, kind, max).await
}

fn whole(photo: Bytes, media_type: String, max: usize) -> Result<Upload, Problem> {
    if photo.len() > max {
        return Err(too_large(max));
    }
    Ok(Upload { photo, media_type: Some(media_type), tracking_code: None })
}

/// The fields of a form, files as text. Where a text can't be read its wrong signs are replaced, and its reader complains.
pub(crate) async fn fields(bytes: Bytes, kind: &str, max: usize) -> Result<Vec<(String, String)>, Problem> {
    if bytes.len() > max {
        return Err(too_large(max));
    }
    let (mut form, mut fields) = (open(bytes, kind).await?, Vec::new());
    while let Some(field) = form.next_field().await.map_err(|error| wrong(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|error| wrong(&error))?;
        fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    Ok(fields)
}

async fn open(bytes: Bytes, kind: &str) -> Result<Multipart, Problem> {
    let mut request = Request::new(Body::from(bytes));
    request.headers_mut().insert(CONTENT_TYPE, kind.parse().map_err(|_| unsupported("multipart/form-data"))?);
    // The body is in memory, within its limit, already.
    DefaultBodyLimit::disable().apply(&mut request);
    Multipart::from_request(request, &()).await.map_err(|_| broken())
}

async fn form(bytes: Bytes, kind: &str, max: usize) -> Result<Upload, Problem> {
    let mut form = open(bytes, kind).await?;
    let (mut photo, mut tracking_code) = (None, None);
    while let Some(field) = form.next_field().await.map_err(|error| wrong(&error))? {
        if field.name() == Some("tracking_code") {
            tracking_code = Some(field.text().await.map_err(|error| wrong(&error))?);
        } else if photo.is_none() && (field.file_name().is_some() || field.name() == Some("photo")) {
            let media_type = field.content_type().map(str::to_owned);
            photo = Some((field.bytes().await.map_err(|error| wrong(&error))?, media_type));
        }
    }
    let (photo, media_type) = photo.ok_or_else(|| Refusal::field("photo", InputError::Missing))?;
    if photo.len() > max {
        return Err(too_large(max));
    }
    Ok(Upload { photo, media_type, tracking_code })
}

fn wrong(error: &MultipartError) -> Problem {
    tracing::debug!(%error, "a form can't be read");
    broken()
}

fn broken() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "broken-form", "the form breaks off or is none")
}
