//! The static files, each at an address that carries a part of its hash, so that browsers keep it for ever.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use rust_embed::{Embed, EmbeddedFile};

#[derive(Embed)]
#[folder = "static/"]
#[exclude = "*.txt"]
#[exclude = "vendor/SHA256SUMS"]
struct Files;

const HASH_DIGITS: usize = 12;
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Address of every file by its name.
static ADDRESSES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let hash = |file: EmbeddedFile| HEXLOWER.encode(&file.metadata.sha256_hash())[..HASH_DIGITS].to_owned();
    let address = |name: &str| Some(format!("/static/{}/{name}", hash(Files::get(name)?)));
    Files::iter().filter_map(|name| Some((name.to_string(), address(&name)?))).collect()
});

/// Where `name` is served, such as `/static/0123456789ab/sandan.css`.
pub fn asset(name: &str) -> String {
    ADDRESSES.get(name).cloned().unwrap_or_else(|| format!("/static/0/{name}"))
}

/// Answers `/static/{hash}/{name}`. The hash only keeps copies apart; any serves the file of this program.
pub async fn serve(Path((_, name)): Path<(String, String)>) -> Response {
    let Some(file) = Files::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FOR_EVER)], file.data.into_owned()).into_response()
}
