//! What a call is told that was not fulfilled: problem details after RFC 9457.
//!
//! A [`Problem`] travels in the extensions of its response, so that the outermost layer can write it in the
//! visitor's language, and a page can show it in its own way.

mod conversion;
mod render;
mod words;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sandan_app::Refusal;
use sandan_domain::category::Language;
use sandan_domain::{InputError, NoSuch};

pub(crate) use render::{Details, Plain, json, render};
pub use words::{Words, input_error, rejection};

/// Why not, for programs and for people. Dereferences to [`Refused`]; boxed, since every call can end in one.
#[derive(Clone, Debug)]
pub struct Problem(Box<Refused>);

/// What a problem says.
#[derive(Clone, Debug)]
pub struct Refused {
    pub status: StatusCode,
    /// A stable word. The problem's type ends with it.
    pub code: &'static str,
    pub detail: Words,
    /// The state that does not permit the step, and the steps it does permit (409).
    pub state: Option<&'static str>,
    pub permitted: Option<Vec<&'static str>>,
    /// What is wrong with each field (422).
    pub errors: Vec<FieldProblem>,
    /// Come again after this long (429, 503).
    pub retry_after: Option<Duration>,
}

/// What is wrong with one field.
#[derive(Clone, Debug)]
pub struct FieldProblem {
    /// As in the API, with dots: `requester.phone`.
    pub field: String,
    pub code: &'static str,
    pub message: Words,
}

impl Problem {
    /// A word that is none of those which the field takes.
    pub fn no_such_word(field: &str, words: &[&str]) -> Self {
        Refusal::field(field, InputError::unknown(NoSuch::Word { words: words.join(", ") })).into()
    }

    /// A problem whose text is found under its code.
    pub fn new(status: StatusCode, code: &'static str, english: impl Into<String>) -> Self {
        let detail = Words::new(format!("problem-{code}"), english);
        let refused =
            Refused { status, code, detail, state: None, permitted: None, errors: Vec::new(), retry_after: None };
        Self(Box::new(refused))
    }

    /// There is nothing at this address, or it is nobody's business.
    pub fn not_found() -> Self {
        Refusal::NotFound.into()
    }

    /// One field that can't stand.
    pub fn field(field: impl Into<String>, code: &'static str, message: Words) -> Self {
        Self::fields(vec![FieldProblem { field: field.into(), code, message }])
    }

    /// All fields that can't stand.
    pub fn fields(errors: Vec<FieldProblem>) -> Self {
        let list = |language, between: &str| {
            let told = errors.iter().map(|error| format!("{} {}", error.field, error.message.text(language)));
            told.collect::<Vec<_>>().join(between)
        };
        let detail = Words::in_both(list(Language::En, "; "), list(Language::Zh, "；"));
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "");
        (problem.errors, problem.detail) = (errors, detail);
        problem
    }

    /// In other words.
    #[must_use]
    pub fn saying(mut self, detail: Words) -> Self {
        self.detail = detail;
        self
    }

    /// With an argument of its text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.detail.add(name, value);
        self
    }

    #[must_use]
    pub fn retry_after(mut self, after: Duration) -> Self {
        self.retry_after = Some(after);
        self
    }
}

impl Deref for Problem {
    type Target = Refused;

    fn deref(&self) -> &Refused {
        &self.0
    }
}

impl DerefMut for Problem {
    fn deref_mut(&mut self) -> &mut Refused {
        &mut self.0
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = json(self.status, &Details::of(&self, Language::En, "", None));
        let headers = response.headers_mut();
        if let Some(after) = self.retry_after {
            // Rounded up: whoever comes back then is not told to wait again.
            let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"sandan\""));
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
