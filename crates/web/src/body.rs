//! Reads a body within its limit.

use axum::body::Body;
use axum::http::StatusCode;
use bytes::{Bytes, BytesMut};
use futures::StreamExt;

use crate::problem::Problem;

/// How much of a body that is too large is still read and thrown away. A client that is cut off while it
/// writes never reads why.
const DRAINED_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The whole body, if it has at most `max` bytes.
pub(crate) async fn read(body: Body, max: usize) -> Result<Bytes, Problem> {
    let mut stream = body.into_data_stream();
    let mut kept = BytesMut::new();
    let mut seen = 0_usize;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| broken())?;
        seen = seen.saturating_add(chunk.len());
        if seen <= max {
            kept.extend_from_slice(&chunk);
        } else if seen > max.saturating_add(DRAINED_BYTES_MAX) {
            break;
        }
    }
    if seen > max { Err(too_large(max)) } else { Ok(kept.freeze()) }
}

pub(crate) fn too_large(max: usize) -> Problem {
    let english = format!("the body is too large; at most {max} bytes are allowed");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", english).with("max", max)
}

fn broken() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "broken-body", "the body broke off")
}
