//! The visitor's language: their choice, else what the browser says, else the place's own.

use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
pub use sandan_domain::category::Language;

/// Cookie with the visitor's choice: `zh` or `en`.
pub const COOKIE: &str = "sandan_language";

/// Pages fall back to Chinese, programs to English.
pub(crate) fn of(parts: &Parts) -> Language {
    let chosen = CookieJar::from_headers(&parts.headers).get(COOKIE).and_then(|cookie| named(cookie.value()));
    chosen.or_else(|| accepted(parts)).unwrap_or_else(|| fallback(parts.uri.path()))
}

/// The name in addresses, cookies and `lang` attributes.
pub const fn code(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh",
        Language::En => "en",
    }
}

/// Reads `zh`, `zh-CN`, `en-GB`, …
pub fn named(tag: &str) -> Option<Language> {
    match tag.split(['-', '_']).next()?.trim().to_ascii_lowercase().as_str() {
        "zh" => Some(Language::Zh),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// Whether the path is one of the API's, or one that a supervisor of machines asks.
pub(crate) fn is_for_programs(path: &str) -> bool {
    let own = ["/openapi.json", "/metrics", "/healthz", "/readyz"];
    path == "/api" || path.starts_with("/api/") || own.contains(&path)
}

fn fallback(path: &str) -> Language {
    if is_for_programs(path) { Language::En } else { Language::Zh }
}

fn accepted(parts: &Parts) -> Option<Language> {
    let header = parts.headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    preferred(header)
}

/// The language we have with the highest weight; of equals the first.
fn preferred(header: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for part in header.split(',') {
        let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
        if let Some(language) = named(tag.trim())
            && weight > best.map_or(0.0, |(highest, _)| highest)
        {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_that_we_have_is_preferred() {
        let cases = [
            ("zh-CN,zh;q=0.9,en;q=0.8", Some(Language::Zh)),
            ("de,en;q=0.3,zh;q=0.7", Some(Language::Zh)),
            ("en-GB", Some(Language::En)),
            ("en;q=0", None),
            ("fr, *;q=0.1", None),
            ("en;q=nonsense", None),
        ];
        for (header, expected) in cases {
            assert_eq!(preferred(header), expected, "{header}");
        }
    }
}
