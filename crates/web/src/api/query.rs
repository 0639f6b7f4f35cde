//! Reads the query of an address, as strictly as a body.

use std::collections::HashSet;

use axum::extract::Query;
use axum::http::Uri;
use serde::de::DeserializeOwned;

use crate::problem::{Problem, Words};

/// Fields that any GET takes, whatever else it does.
const ALWAYS: [&str; 2] = ["after", "tracking_code"];

/// The query as `T`, whose fields are texts; unknown names and names given twice are refused.
pub(crate) fn read<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let mut seen = HashSet::new();
    let pairs = pairs(query);
    if let Some((name, _)) = pairs.iter().find(|(name, _)| !seen.insert(name.as_str())) {
        return Err(Problem::field(name, "given_twice", Words::new("input-given-twice", "is given twice")));
    }
    let own = pairs.into_iter().filter(|(name, value)| !ALWAYS.contains(&name.as_str()) && !value.is_empty());
    let object = own.map(|(name, value)| (name, serde_json::Value::String(value))).collect();
    let bytes = serde_json::to_vec(&serde_json::Value::Object(object)).unwrap_or_default();
    super::json::read(&bytes)
}

/// The first value of one name.
pub(crate) fn value(query: &str, name: &str) -> Option<String> {
    pairs(query).into_iter().find(|(given, _)| given == name).map(|(_, value)| value)
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let Ok(uri) = format!("/?{query}").parse::<Uri>() else { return Vec::new() };
    Query::<Vec<(String, String)>>::try_from_uri(&uri).map(|Query(pairs)| pairs).unwrap_or_default()
}
