//! From what the application says to a status and a code.

use std::time::Duration;

use axum::http::StatusCode;
use sandan_app::accounts::Unavailable;
use sandan_app::{FieldError, Refusal};
use sandan_domain::{Class, Rejection};
use sandan_views::ViewsError;

use super::{FieldProblem, Problem, Words, words};
use crate::limits::TooOften;

/// When to come again after a passing failure: the queue is drained several times a second.
const SOON: Duration = Duration::from_secs(1);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let (code, english) = (refusal.code(), refusal.to_string());
        let plain = |status| Self::new(status, code, english.clone());
        match refusal {
            Refusal::Forbidden { .. } => plain(StatusCode::FORBIDDEN),
            Refusal::NotFound => plain(StatusCode::NOT_FOUND),
            Refusal::NotSignedIn => plain(StatusCode::UNAUTHORIZED),
            Refusal::Rejected { rejection, state, permitted } => rejected(&rejection, state, permitted),
            Refusal::Invalid(fields) => Self::fields(fields.into_iter().map(FieldProblem::from).collect()),
            Refusal::KeyReused => Self::field("Idempotency-Key", "key-reused", Words::new("input-key-reused", english)),
            Refusal::Contended | Refusal::Overloaded | Refusal::Unavailable(_) | Refusal::DiskFull => {
                plain(StatusCode::SERVICE_UNAVAILABLE).retry_after(SOON)
            }
            // What exactly failed is for the log, where it stands already.
            Refusal::Failed(_) => Self::failed(),
        }
    }
}

impl Problem {
    /// We failed, and the log says how.
    pub fn failed() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", "something went wrong on our side; it is in the log")
    }

    /// The store or the read models did not answer.
    pub fn unavailable(english: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", english).retry_after(SOON)
    }

    /// Too many writes are under way.
    pub fn overloaded() -> Self {
        Refusal::Overloaded.into()
    }
}

/// A permitted list belongs to the answer only where the state is the reason.
fn rejected(rejection: &Rejection, state: Option<&'static str>, permitted: Vec<&'static str>) -> Problem {
    let words = words::rejection(rejection);
    let problem = |status| Problem::new(status, rejection.code(), "").saying(words.clone());
    match rejection.class() {
        Class::Forbidden => problem(StatusCode::FORBIDDEN),
        Class::NotFound => problem(StatusCode::NOT_FOUND),
        Class::Conflict => {
            let mut problem = problem(StatusCode::CONFLICT);
            (problem.state, problem.permitted) = (state, Some(permitted));
            problem
        }
        Class::Input { field } => {
            let message = match rejection {
                Rejection::Request(sandan_domain::request::Rejection::Input { error, .. }) => words::input_error(error),
                _ => words.clone(),
            };
            Problem::field(field, rejection.code(), message)
        }
    }
}

impl From<FieldError> for FieldProblem {
    fn from(FieldError { field, error }: FieldError) -> Self {
        Self { field, code: error.code(), message: words::input_error(&error) }
    }
}

impl From<TooOften> for Problem {
    fn from(too_often: TooOften) -> Self {
        let english = "too many calls from this address; come again later, or send a token";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too-often", english).retry_after(too_often.retry_after)
    }
}

impl From<ViewsError> for Problem {
    fn from(error: ViewsError) -> Self {
        match error {
            ViewsError::Closed => Self::unavailable("the read models are closed"),
            error => {
                tracing::error!(%error, "a read model did not answer");
                Self::failed()
            }
        }
    }
}

impl From<Unavailable> for Problem {
    fn from(error: Unavailable) -> Self {
        Self::unavailable(error.to_string())
    }
}
