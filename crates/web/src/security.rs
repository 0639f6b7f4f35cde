//! Headers that every answer carries, and the guard against pages of other sites.

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use tower_http::csrf::CsrfLayer;
use tower_http::sensitive_headers::{SetSensitiveRequestHeadersLayer, SetSensitiveResponseHeadersLayer};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::headers;
use crate::settings::Settings;
use crate::site::Site;

/// Nothing comes from another host, and nothing is written into the page: no inline script, no inline style.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Two years.
const STRICT_TRANSPORT_SECURITY: &str = "max-age=63072000";

const PERMISSIONS_POLICY: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/// Puts the headers onto every answer that does not bring its own.
pub(crate) fn protect(mut router: Router<Site>, settings: &Settings) -> Router<Site> {
    let mut always = vec![
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // An address can hold a tracking code.
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        // Most answers are about somebody; what is not says so itself.
        (header::CACHE_CONTROL, "no-store"),
    ];
    if settings.secure {
        always.push((header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY));
    }
    for (name, value) in always {
        router = router.layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)));
    }
    router
        .layer(same_site(settings))
        .layer(SetSensitiveResponseHeadersLayer::new([header::SET_COOKIE]))
        .layer(SetSensitiveRequestHeadersLayer::new([header::AUTHORIZATION, header::COOKIE, headers::TRACKING_CODE]))
}

/// Browsers say where a call comes from; one from another site is refused. Programs say nothing and pass.
fn same_site(settings: &Settings) -> CsrfLayer {
    let layer = CsrfLayer::new();
    match &settings.public_url {
        // A public URL that is no origin was refused when the settings were read.
        Some(url) => layer.clone().add_trusted_origin(url).unwrap_or(layer),
        None => layer,
    }
}
