//! Headers that every answer carries, and the guard against pages of other sites.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::csrf::CsrfLayer;
use tower_http::sensitive_headers::{SetSensitiveRequestHeadersLayer, SetSensitiveResponseHeadersLayer};

use crate::headers::TRACKING_CODE;
use crate::settings::Settings;
use crate::site::Site;

/// Nothing comes from another host, and nothing is written into the page: no inline script, no inline style.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const PERMISSIONS_POLICY: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/// Two years.
const STRICT_TRANSPORT_SECURITY: HeaderValue = HeaderValue::from_static("max-age=63072000");

const ALWAYS: [(HeaderName, HeaderValue); 7] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // An address can hold a tracking code.
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS_POLICY)),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    // Most answers are about somebody; what is not says so itself.
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// The layer: puts the headers onto every answer that does not bring its own.
pub(crate) async fn headers(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(value);
    }
    if site.settings.secure {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(STRICT_TRANSPORT_SECURITY);
    }
    response
}

/// Headers whose values are masked wherever headers are printed.
pub(crate) fn sensitive() -> (SetSensitiveRequestHeadersLayer, SetSensitiveResponseHeadersLayer) {
    let asked = [header::AUTHORIZATION, header::COOKIE, TRACKING_CODE];
    (SetSensitiveRequestHeadersLayer::new(asked), SetSensitiveResponseHeadersLayer::new([header::SET_COOKIE]))
}

/// Browsers say where a call comes from; one from another site is refused. Programs say nothing and pass.
pub(crate) fn same_site(settings: &Settings) -> CsrfLayer {
    let layer = CsrfLayer::new();
    match &settings.public_url {
        // A public URL that is no origin was refused when the settings were read.
        Some(url) => layer.clone().add_trusted_origin(url).unwrap_or(layer),
        None => layer,
    }
}
