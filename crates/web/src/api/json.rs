//! Reads JSON so that every field that can't stand is named, not only the first.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use crate::problem::{FieldProblem, Problem, Words};

/// So many wrong fields are named; a body with more is nobody's mistake.
const NAMED_MAX: usize = 32;

/// `application/json`, or a kind of it.
pub(crate) fn is_media_type(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Reads `bytes`. Broken JSON is `400`; JSON that says the wrong thing is `422` and names its fields.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    match serde_json::from_slice(bytes) {
        Ok(value) => Ok(value),
        Err(error) if error.classify() == Category::Data => Err(wrong_fields::<T>(bytes)),
        Err(error) => Err(malformed(&error)),
    }
}

/// One text field of a body of which nothing else is known yet.
pub(crate) fn text_field(bytes: &[u8], name: &str) -> Option<String> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    value.get(name)?.as_str().map(str::to_owned)
}

fn malformed(error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    let english = format!("the body is not JSON: it breaks at line {line}, column {column}");
    Problem::new(StatusCode::BAD_REQUEST, "malformed-json", english).with("line", line).with("column", column)
}

/// Takes one wrong field after the other away, until the rest can be read.
fn wrong_fields<T: DeserializeOwned>(bytes: &[u8]) -> Problem {
    let mut value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        // It breaks only after the field that was wrong.
        Err(error) => return malformed(&error),
    };
    let mut errors = Vec::new();
    while errors.len() < NAMED_MAX {
        let Err(error) = serde_path_to_error::deserialize::<_, T>(value.clone()) else { break };
        let (path, error) = place(error);
        errors.push(field_problem(&path, &error));
        if path.is_empty() || !remove(&mut value, &path) {
            break;
        }
    }
    if errors.is_empty() {
        // Read as a tree it is right: a name stood there twice.
        errors.push(field_problem(&[], "the same field stands there twice"));
    }
    Problem::fields(errors)
}

/// Where it is wrong, and what is.
fn place(error: serde_path_to_error::Error<serde_json::Error>) -> (Vec<String>, String) {
    let mut path: Vec<String> = error.path().iter().map(ToString::to_string).collect();
    let error = error.into_inner().to_string();
    if let Some(unknown) = unknown_field(&error) {
        // The name itself was refused, so the path may end above it.
        path.retain(|segment| segment != "?");
        if path.last() != Some(&unknown) {
            path.push(unknown);
        }
    }
    (path, error)
}

fn field_problem(path: &[String], error: &str) -> FieldProblem {
    let field = if path.is_empty() { "body".to_owned() } else { path.join(".").replace(".[", "[") };
    if unknown_field(error).is_some() {
        let words = Words::new("input-unknown-field", "is not a field of this call");
        return FieldProblem { field, code: "unknown_field", message: words };
    }
    let wanted = wanted(error);
    let message = Words::new("input-wrong-type", wanted).with("detail", wanted);
    FieldProblem { field, code: "wrong_type", message }
}

/// What should stand there, in the words of people and not of the program.
fn wanted(error: &str) -> &str {
    let Some((_, expected)) = error.rsplit_once(", expected ") else { return error };
    match expected.split([' ', '`']).next().unwrap_or_default() {
        "a" if expected == "a string" => "must be a text",
        "a" if expected == "a boolean" => "must be true or false",
        "a" if expected == "a sequence" => "must be a list",
        "f32" | "f64" => "must be a number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "must be a whole number, from 0 on, of a usual size",
        "i8" | "i16" | "i32" | "i64" | "isize" => "must be a whole number of a usual size",
        "struct" | "a" => "must be an object with named fields",
        _ => "has the wrong type",
    }
}

/// The name in serde's "unknown field `name`, expected …".
fn unknown_field(error: &str) -> Option<String> {
    let rest = error.strip_prefix("unknown field `")?;
    rest.split_once('`').map(|(name, _)| name.to_owned())
}

fn remove(value: &mut Value, path: &[String]) -> bool {
    let Some((last, above)) = path.split_last() else { return false };
    let Some(parent) = above.iter().try_fold(value, |value, segment| step(value, segment)) else { return false };
    match parent {
        Value::Object(fields) => fields.remove(last).is_some(),
        Value::Array(items) => match index(last) {
            Some(at) if at < items.len() => {
                items.remove(at);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

fn step<'a>(value: &'a mut Value, segment: &str) -> Option<&'a mut Value> {
    match value {
        Value::Array(items) => items.get_mut(index(segment)?),
        Value::Object(fields) => fields.get_mut(segment),
        _ => None,
    }
}

fn index(segment: &str) -> Option<usize> {
    segment.trim_matches(['[', ']']).parse().ok()
}

#[cfg(test)]
mod tests {
    use sandan_domain::category::Language;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Outer {
        name: Option<String>,
        units: Option<Vec<String>>,
        slots: Option<u32>,
        capacity: Option<i64>,
        solved: Option<bool>,
        inner: Option<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Inner {
        lat: Option<f64>,
    }

    fn check(body: &str, status: u16, expected: &[(&str, &str)]) {
        let problem = read::<Outer>(body.as_bytes()).expect_err(body);
        let found: Vec<(&str, &str)> = problem.errors.iter().map(|e| (e.field.as_str(), e.code)).collect();
        assert_eq!((problem.status.as_u16(), found.as_slice()), (status, expected), "{body}");
    }

    #[test]
    fn every_field_that_cannot_stand_is_named() {
        check(r#"{"name":5}"#, 422, &[("name", "wrong_type")]);
        check(r#"{"nme":"x"}"#, 422, &[("nme", "unknown_field")]);
        check(r#"{"inner":{"lat":"x"}}"#, 422, &[("inner.lat", "wrong_type")]);
        check(r#"{"inner":{"lon":1}}"#, 422, &[("inner.lon", "unknown_field")]);
        check(r#"{"units":["a",7]}"#, 422, &[("units[1]", "wrong_type")]);
        check(
            r#"{"name":5,"x":1,"inner":[]}"#,
            422,
            &[("inner", "wrong_type"), ("name", "wrong_type"), ("x", "unknown_field")],
        );
        check("[]", 422, &[("body", "wrong_type")]);
        check("null", 422, &[("body", "wrong_type")]);
        check(r#"{"name":"a","name":"b"}"#, 422, &[("body", "wrong_type")]);
    }

    #[test]
    fn what_should_stand_there_is_said_without_the_words_of_the_program() {
        let cases = [
            (r#"{"name":5}"#, "name must be a text"),
            (r#"{"units":"a"}"#, "units must be a list"),
            (r#"{"slots":-1}"#, "slots must be a whole number, from 0 on, of a usual size"),
            (r#"{"capacity":1.5}"#, "capacity must be a whole number of a usual size"),
            (r#"{"solved":"yes"}"#, "solved must be true or false"),
            (r#"{"inner":"x"}"#, "inner must be an object with named fields"),
            (r#"{"inner":{"lat":"x"}}"#, "inner.lat must be a number"),
            ("[]", "body must be an object with named fields"),
            ("null", "body must be an object with named fields"),
        ];
        for (body, expected) in cases {
            let problem = read::<Outer>(body.as_bytes()).expect_err(body);
            assert_eq!(problem.detail.text(Language::En), expected, "{body}");
        }
    }

    #[test]
    fn what_is_no_json_is_said_to_be_none() {
        for body in ["", "{", "{'name':1}", "{\"name\":\"\u{0}\"}", &"[".repeat(10_000)] {
            check(body, 400, &[]);
        }
        assert!(read::<Outer>(b"\xff\xfe").is_err());
    }

    #[test]
    fn the_problem_says_all_of_it_in_a_sentence() {
        let problem = read::<Outer>(br#"{"x":1}"#).expect_err("unknown");
        assert_eq!(problem.detail.text(Language::En), "x is not a field of this call");
    }
}
