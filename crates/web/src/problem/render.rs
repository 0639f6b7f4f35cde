//! Writes problems out, in the visitor's language, at the outermost layer.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sandan_domain::category::Language;
use serde::Serialize;
use utoipa::ToSchema;

use super::Problem;
use crate::site::Site;
use crate::{language, pages, texts};

/// Problem details (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Details {
    /// Where the kind of problem is described; it ends with the code.
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    /// The path that was called.
    instance: Option<String>,
    /// A stable word for the kind of problem.
    code: &'static str,
    /// The state that does not permit the step.
    state: Option<&'static str>,
    /// The steps which that state permits.
    permitted: Option<Vec<&'static str>>,
    /// What is wrong with each field.
    errors: Vec<FieldDetails>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FieldProblem)]
struct FieldDetails {
    /// The field's name, with dots: `requester.phone`.
    field: String,
    /// A stable word for what is wrong.
    code: &'static str,
    message: String,
}

impl Details {
    pub fn of(problem: &Problem, language: Language, base: &str, instance: Option<String>) -> Self {
        let field = |error: &super::FieldProblem| FieldDetails {
            field: error.field.clone(),
            code: error.code,
            message: error.message.text(language),
        };
        Self {
            r#type: format!("{base}/errors/{}", problem.code),
            title: title(problem.status, language),
            status: problem.status.as_u16(),
            detail: problem.detail.text(language),
            instance,
            code: problem.code,
            state: problem.state,
            permitted: problem.permitted.clone(),
            errors: problem.errors.iter().map(field).collect(),
        }
    }
}

fn title(status: StatusCode, language: Language) -> String {
    let own = texts::find(language, &format!("title-{}", status.as_u16()), &[]);
    own.unwrap_or_else(|| status.canonical_reason().unwrap_or("Problem").to_owned())
}

/// Answers with JSON of the problem's own media type.
pub(crate) fn json(status: StatusCode, details: &Details) -> Response {
    let body = serde_json::to_vec(details).unwrap_or_default();
    let kind = HeaderValue::from_static("application/problem+json");
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

/// The layer: whatever refuses a program's call, ours or a library's, leaves as problem details.
pub(crate) async fn render(State(site): State<Site>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let (parts, body) = request.into_parts();
    let language = language::of(&parts);
    let headers = parts.headers.clone();
    let address = parts.uri.path_and_query().map_or_else(|| path.clone(), ToString::to_string);
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    if !language::is_for_programs(&path) {
        return for_people(&site, &headers, &address, language, response).await;
    }
    let problem = response.extensions().get::<Arc<Problem>>().cloned();
    if problem.is_none() && response.extensions().get::<Plain>().is_some() {
        return response;
    }
    let problem = problem.unwrap_or_else(|| Arc::new(generic(status)));
    let base = site.settings.public_url.as_deref().unwrap_or("");
    let details = Details::of(&problem, language, base, Some(path));
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    parts.headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language::code(language)));
    Response::from_parts(parts, Body::from(serde_json::to_vec(&details).unwrap_or_default()))
}

/// A page that was refused becomes a page that says why; one that says so itself stays.
async fn for_people(
    site: &Site,
    headers: &HeaderMap,
    address: &str,
    language: Language,
    response: Response,
) -> Response {
    let is_page = |kind: &HeaderValue| kind.as_bytes().starts_with(b"text/html");
    if response.headers().get(header::CONTENT_TYPE).is_some_and(is_page) {
        return response;
    }
    let problem = response.extensions().get::<Arc<Problem>>().cloned();
    let problem = problem.unwrap_or_else(|| Arc::new(generic(response.status())));
    let mut page = pages::problem_page(site, headers, address, language, &problem).await;
    // Set already: security headers, and when to come again.
    for (name, value) in response.headers() {
        if !page.headers().contains_key(name) && *name != header::CONTENT_LENGTH {
            page.headers_mut().insert(name.clone(), value.clone());
        }
    }
    page
}

/// Marks an answer above 399 that is none the less the answer, such as `/readyz`'s.
#[derive(Clone, Copy)]
pub(crate) struct Plain;

/// For what a library refused.
fn generic(status: StatusCode) -> Problem {
    let (code, english) = match status {
        StatusCode::FORBIDDEN => ("cross-site", "a page of another site can't do this here"),
        StatusCode::NOT_FOUND => ("not-found", "there is nothing by that name"),
        StatusCode::METHOD_NOT_ALLOWED => ("method-not-allowed", "this path does not take that method"),
        StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "the body is too large"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("unsupported-media-type", "the body must be application/json"),
        StatusCode::SERVICE_UNAVAILABLE => return Problem::unavailable("the call took too long; try again"),
        StatusCode::INTERNAL_SERVER_ERROR => return Problem::failed(),
        _ => ("refused", status.canonical_reason().unwrap_or("refused")),
    };
    Problem::new(status, code, english)
}
