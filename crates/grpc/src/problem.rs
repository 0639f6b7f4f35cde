//! What a call is told that was not fulfilled: a status with the problem in its details.

use std::time::Duration;

use prost::Message;
use prost_types::Any;
use sandan_app::{Refusal, Standing};
use sandan_views::ViewsError;
use tonic::{Code, Status};
use tonic_types::pb;

use crate::v1::{FieldProblem, Problem};

/// Type of the details.
const PROBLEM: &str = "type.googleapis.com/sandan.v1.Problem";
/// When to come again after a passing failure: the queue is drained several times a second.
const SOON: Duration = Duration::from_secs(1);

/// A problem on its way out.
#[derive(Debug)]
pub(crate) struct Refused {
    code: Code,
    problem: Box<Problem>,
}

impl Refused {
    /// `word` is the stable word for the kind of problem.
    pub fn new(code: Code, http_status: u16, word: &str, detail: impl Into<String>) -> Self {
        let problem = Problem {
            title: title(http_status).to_owned(),
            detail: detail.into(),
            code: word.to_owned(),
            http_status: u32::from(http_status),
            ..Problem::default()
        };
        Self { code, problem: Box::new(problem) }
    }

    /// One field that can't stand.
    pub fn field(field: &str, word: &str, message: &str) -> Self {
        Self::fields(vec![FieldProblem { field: field.to_owned(), code: word.to_owned(), message: message.to_owned() }])
    }

    fn fields(errors: Vec<FieldProblem>) -> Self {
        let told: Vec<String> = errors.iter().map(|error| format!("{} {}", error.field, error.message)).collect();
        let mut refused = Self::new(Code::InvalidArgument, 422, "invalid", told.join("; "));
        refused.problem.errors = errors;
        refused
    }

    /// We failed, and the log says how.
    pub fn failed() -> Self {
        Self::new(Code::Internal, 500, "failed", "something went wrong on our side; it is in the log")
    }

    #[must_use]
    pub fn retry_after(mut self, after: Duration) -> Self {
        self.problem.retry_after = prost_types::Duration::try_from(after).ok();
        self
    }

    /// `base` is where problems are described.
    pub fn into_status(self, base: &str) -> Status {
        let Self { code, mut problem } = self;
        problem.r#type = format!("{base}/errors/{}", problem.code);
        let details = Any { type_url: PROBLEM.to_owned(), value: problem.encode_to_vec() };
        let status = pb::Status { code: code.into(), message: problem.detail.clone(), details: vec![details] };
        Status::with_details(code, problem.detail, status.encode_to_vec().into())
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let plain = |code, http_status| Self::new(code, http_status, refusal.code(), refusal.to_string());
        match refusal.standing() {
            Standing::NotSignedIn => plain(Code::Unauthenticated, 401),
            Standing::Forbidden => plain(Code::PermissionDenied, 403),
            Standing::NotFound => plain(Code::NotFound, 404),
            Standing::Conflict => conflict(&refusal, plain(Code::FailedPrecondition, 409)),
            Standing::Invalid => invalid(&refusal),
            Standing::TooOften => plain(Code::ResourceExhausted, 429).retry_after(again_after(&refusal)),
            Standing::Busy => plain(Code::Unavailable, 503).retry_after(again_after(&refusal)),
            Standing::Failed => Self::failed(),
        }
    }
}

fn conflict(refusal: &Refusal, mut refused: Refused) -> Refused {
    if let Some((state, permitted)) = refusal.permitted() {
        refused.problem.state = Some(state.to_owned());
        refused.problem.permitted = permitted.iter().map(ToString::to_string).collect();
    }
    refused
}

fn invalid(refusal: &Refusal) -> Refused {
    let told = refusal.faults().into_iter().map(|fault| FieldProblem {
        field: fault.field,
        code: fault.code.to_owned(),
        message: fault.why.to_string(),
    });
    Refused::fields(told.collect())
}

fn again_after(refusal: &Refusal) -> Duration {
    match refusal {
        Refusal::TooOften { retry_after } => *retry_after,
        _ => SOON,
    }
}

impl From<ViewsError> for Refused {
    fn from(error: ViewsError) -> Self {
        match error {
            ViewsError::Closed => {
                Self::new(Code::Unavailable, 503, "unavailable", "the read models are closed").retry_after(SOON)
            }
            error => {
                tracing::error!(%error, "a read model did not answer");
                Self::failed()
            }
        }
    }
}

/// The read models have not got there in time.
pub(crate) fn lagging(position: u64) -> Refused {
    let detail = format!("the read models have not got to position {position} yet; try again");
    Refused::new(Code::Unavailable, 503, "lagging", detail).retry_after(SOON)
}

/// Somebody read further than the log goes: in another past of it, or elsewhere.
pub(crate) fn beyond_the_log(after: u64, head: u64) -> Refused {
    let detail = format!(
        "the log ends at position {head}, before {after}: it was restored from an older copy, or is another one; \
         compare what you have with it from the start"
    );
    Refused::new(Code::OutOfRange, 409, "beyond-the-log", detail)
}

/// What a library refused, before it came to us.
pub(crate) fn of_library(status: &Status, message_bytes_max: usize) -> Option<Refused> {
    if !status.details().is_empty() {
        return None;
    }
    match status.code() {
        Code::OutOfRange | Code::ResourceExhausted => {
            let detail = format!("the message is too large; at most {message_bytes_max} bytes are allowed");
            Some(Refused::new(Code::ResourceExhausted, 413, "too-large", detail))
        }
        // Whatever fails on our side says so in its details: this is a message that can't be decoded.
        Code::Internal => {
            let detail = format!("the message can't be read: {}", status.message());
            Some(Refused::new(Code::InvalidArgument, 400, "malformed-message", detail))
        }
        Code::Unimplemented => Some(Refused::new(Code::Unimplemented, 404, "not-found", "there is no such method")),
        _ => None,
    }
}

const fn title(http_status: u16) -> &'static str {
    match http_status {
        400 => "Bad request",
        401 => "Please sign in",
        403 => "Not allowed",
        404 => "Not found",
        409 => "Not possible now",
        413 => "Too large",
        422 => "Please check what you entered",
        429 => "Too many attempts",
        503 => "Busy",
        _ => "Something went wrong",
    }
}
