//! A form as it goes back to the page: what was typed, and what is wrong with it at each field.

use std::collections::HashMap;

use axum::http::StatusCode;
use sandan_domain::category::Language;

use super::texts::Texts;
use crate::problem::{FieldProblem, Problem};

/// Codes of input errors whose page text needs no figures.
const PLAIN: [&str; 6] = ["missing", "unknown", "taken", "not_in_future", "not_a_slug", "control_character"];

/// Values and messages by the names of the fields.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Tells the fields of several forms on a page apart.
    pub id: &'static str,
    /// Sent along, so that sending twice has one effect.
    pub key: String,
    /// What is wrong with the whole.
    pub banner: Option<String>,
    values: HashMap<String, String>,
    errors: HashMap<String, String>,
}

impl Form {
    /// An empty form with an idempotency key of its own.
    pub fn empty(id: &'static str) -> Self {
        Self { id, key: uuid::Uuid::new_v4().to_string(), ..Self::default() }
    }

    /// What somebody sent. The key stays, so that a corrected form is still the same wish.
    pub fn sent(id: &'static str, values: HashMap<String, String>) -> Self {
        let key = values.get("key").cloned().unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
        Self { id, key, values, ..Self::default() }
    }

    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    /// What stands in the field.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// The value, if there is more than blanks in it.
    pub fn given(&self, name: &str) -> Option<String> {
        Some(self.value(name)).filter(|value| !value.trim().is_empty()).map(str::to_owned)
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.value(name).is_empty()
    }

    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.get(name).map(String::as_str)
    }

    pub fn complain(&mut self, name: &str, message: impl Into<String>) {
        self.errors.insert(name.to_owned(), message.into());
    }

    /// Shows a problem in the form, at its fields where it has them. What is for another page than this form (sign
    /// in, not found, forbidden) is given back.
    pub fn refuse(mut self, t: Texts, problem: Problem) -> Result<(StatusCode, Self), Problem> {
        let elsewhere = [StatusCode::UNAUTHORIZED, StatusCode::NOT_FOUND];
        if elsewhere.contains(&problem.status) {
            return Err(problem);
        }
        for error in &problem.errors {
            let name = error.field.rsplit('.').next().unwrap_or(&error.field);
            self.complain(name, message(t, error));
        }
        let whole = problem.detail.text(t.language);
        self.banner = Some(if problem.errors.is_empty() { whole } else { t.s("form-bad") });
        Ok((problem.status, self))
    }

    pub fn is_bad(&self) -> bool {
        self.banner.is_some() || !self.errors.is_empty()
    }

    /// The id of a field's element.
    pub fn field_id(&self, name: &str) -> String {
        format!("{}-{}", self.id, name.replace('.', "-"))
    }
}

/// The API's message follows a field's name; a page's is a sentence of its own.
fn message(t: Texts, error: &FieldProblem) -> String {
    if PLAIN.contains(&error.code) {
        return t.of("input", error.code);
    }
    let text = error.message.text(t.language);
    match t.language {
        Language::Zh => text,
        Language::En => capitalised(&text),
    }
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}
