//! What every call passes before its message is looked at, and after it was answered: who calls, whether they may, how
//! often, and how it went.

use std::net::{IpAddr, Ipv4Addr};
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use sandan_app::Caller;
use tonic::{Code, Status};
use tracing::Instrument;
use uuid::Uuid;

use crate::ask::Ask;
use crate::method::{Kind, Method};
use crate::node::{Client, Node};
use crate::problem::{Refused, lagging, of_library};

/// So long a question waits for the read models.
const WAIT_MAX: Duration = Duration::from_secs(5);
/// Long enough for any wait that a call may ask for. A stream has answered once it has begun.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);

pub(crate) async fn gate(State(node): State<Node>, request: Request, next: Next) -> Response {
    let Some(method) = Method::of(request.uri().path()) else {
        // Health and reflection; or nothing of ours, which the router says.
        return told(&node, next.run(request).await);
    };
    let begun = Instant::now();
    let span = tracing::info_span!("grpc", method = method.path);
    let response = pass(&node, method, request, next).instrument(span.clone()).await;
    let response = told(&node, response);
    span.in_scope(|| measure(method, &response, begun.elapsed()));
    response
}

async fn pass(node: &Node, method: Method, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let ask = match admit(node, method, &parts).await {
        Ok(ask) => ask,
        Err(refused) => return refuse(node, refused),
    };
    let _place = match method.kind {
        Kind::Command { .. } => match node.door.place() {
            Ok(place) => Some(place),
            Err(refusal) => return refuse(node, refusal.into()),
        },
        Kind::Question | Kind::Stream => None,
    };
    parts.extensions.insert(ask);
    let answering = AssertUnwindSafe(next.run(Request::from_parts(parts, body))).catch_unwind();
    match tokio::time::timeout(ANSWER_WITHIN, answering).await {
        Ok(Ok(response)) => response,
        // The panic itself is in the log already, by the hook.
        Ok(Err(_)) => refuse(node, Refused::failed()),
        Err(_) => {
            refuse(node, Refused::new(Code::Unavailable, 503, "unavailable", "the call took too long; try again"))
        }
    }
}

/// In the order of the contract: who calls, how often, whether they may, and only then anything else.
async fn admit(node: &Node, method: Method, parts: &Parts) -> Result<Ask, Refused> {
    let headers = &parts.headers;
    let client = parts.extensions.get::<Client>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.0);
    let caller = recognise(node, headers).await?;
    if let Kind::Command { .. } = method.kind {
        node.door.write(&caller, client)?;
    }
    if let Some(action) = method.action {
        caller.permit(action)?;
    }
    let key = text(headers, "idempotency-key").map(|key| uuid(&key)).transpose()?;
    if method.kind == Kind::Question {
        wait(node, headers).await?;
    }
    let code = text(headers, "sandan-tracking-code");
    let authorization = text(headers, AUTHORIZATION.as_str());
    let authority = parts.uri.authority().map(ToString::to_string).or_else(|| text(headers, "host"));
    Ok(Ask { node: node.clone(), method, caller, client, code, key, authorization, authority })
}

async fn recognise(node: &Node, headers: &HeaderMap) -> Result<Caller, Refused> {
    match headers.get(AUTHORIZATION) {
        Some(value) => Ok(node.app.accounts().recognise(value.to_str().unwrap_or_default()).await?),
        None => Ok(Caller::resident()),
    }
}

/// Returns once the read models have got to the position that the call names, if it names one.
async fn wait(node: &Node, headers: &HeaderMap) -> Result<(), Refused> {
    let Some(after) = text(headers, "sandan-after") else { return Ok(()) };
    let wrong = |_| Refused::field("sandan-after", "not_a_position", "must be a position: a whole number from 0");
    let position = after.trim().parse().map_err(wrong)?;
    node.views.wait(position, WAIT_MAX).await.map_err(|_| lagging(position))
}

fn uuid(text: &str) -> Result<Uuid, Refused> {
    Uuid::try_parse(text.trim()).map_err(|_| Refused::field("idempotency-key", "not_a_uuid", "must be a UUID"))
}

/// What is no text is as good as a wrong one.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().unwrap_or("?").to_owned())
}

fn refuse(node: &Node, refused: Refused) -> Response {
    refused.into_status(node.base()).into_http()
}

/// What a library refused is told as we tell it.
fn told(node: &Node, response: Response) -> Response {
    let status = Status::from_header_map(response.headers());
    match status.and_then(|status| of_library(&status, node.settings.message_bytes_max)) {
        Some(refused) => refuse(node, refused),
        None => response,
    }
}

fn measure(method: Method, response: &Response, took: Duration) {
    let code = Status::from_header_map(response.headers()).map_or(Code::Ok, |status| status.code());
    match code {
        Code::Internal => tracing::warn!(?code, took_ms = took.as_millis(), "answered"),
        _ => tracing::debug!(?code, took_ms = took.as_millis(), "answered"),
    }
    metrics::histogram!("sandan_grpc_seconds", "method" => method.path).record(took.as_secs_f64());
    metrics::counter!("sandan_grpc_requests_total", "method" => method.path, "code" => format!("{code:?}"))
        .increment(1);
}
