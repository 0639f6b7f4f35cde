//! From what the application says to a status and a code.

use std::time::Duration;

use axum::http::StatusCode;
use sandan_app::accounts::Unavailable;
use sandan_app::{Fault, Refusal, Standing, Why};
use sandan_views::ViewsError;

use super::{FieldProblem, Problem, Words, words};

/// When to come again after a passing failure: the queue is drained several times a second.
const SOON: Duration = Duration::from_secs(1);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let plain = |status| Self::new(status, refusal.code(), refusal.to_string()).saying(words_of(&refusal));
        match refusal.standing() {
            Standing::NotSignedIn => plain(StatusCode::UNAUTHORIZED),
            Standing::Forbidden => plain(StatusCode::FORBIDDEN),
            Standing::NotFound => plain(StatusCode::NOT_FOUND),
            Standing::Conflict => conflict(&refusal, plain(StatusCode::CONFLICT)),
            Standing::Invalid => Self::fields(refusal.faults().into_iter().map(FieldProblem::from).collect()),
            Standing::TooOften => plain(StatusCode::TOO_MANY_REQUESTS).retry_after(again_after(&refusal)),
            Standing::Busy => plain(StatusCode::SERVICE_UNAVAILABLE).retry_after(again_after(&refusal)),
            // What exactly failed is for the log, where it stands already.
            Standing::Failed => Self::failed(),
        }
    }
}

fn words_of(refusal: &Refusal) -> Words {
    match refusal {
        Refusal::Rejected { rejection, .. } => words::rejection(rejection),
        refusal => Words::new(format!("problem-{}", refusal.code()), refusal.to_string()),
    }
}

fn again_after(refusal: &Refusal) -> Duration {
    match refusal {
        Refusal::TooOften { retry_after } => *retry_after,
        _ => SOON,
    }
}

/// A permitted list belongs to the answer only where the state is the reason.
fn conflict(refusal: &Refusal, mut problem: Problem) -> Problem {
    if let Some((state, permitted)) = refusal.permitted() {
        (problem.state, problem.permitted) = (Some(state), Some(permitted.to_vec()));
    }
    problem
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
}

impl From<Fault> for FieldProblem {
    fn from(Fault { field, code, why }: Fault) -> Self {
        let message = match &why {
            Why::Input(error) => words::input_error(error),
            Why::Rule(rejection) => words::rejection(rejection),
            Why::KeyReused => Words::new("input-key-reused", why.to_string()),
        };
        Self { field, code, message }
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
