//! The communities that a question is about, by their codes.

use rusqlite::Connection;
use sandan_domain::CommunityId;

use super::Answer;
use crate::ask::Sight;

/// What somebody may see, narrowed to what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    All,
    Some(Vec<i64>),
}

impl Scope {
    /// `community` stands for itself and those below it.
    pub fn of(connection: &Connection, sight: &Sight, community: Option<&CommunityId>) -> Answer<Self> {
        let seen = match sight {
            Sight::All => None,
            Sight::Set(set) => Some(codes(connection, set)?),
        };
        let asked = community.map(|community| with_those_below(connection, community)).transpose()?;
        Ok(match (seen, asked) {
            (None, None) => Self::All,
            (Some(codes), None) | (None, Some(codes)) => Self::Some(codes),
            (Some(seen), Some(asked)) => Self::Some(asked.into_iter().filter(|code| seen.contains(code)).collect()),
        })
    }

    pub fn includes(&self, code: i64) -> bool {
        match self {
            Self::All => true,
            Self::Some(codes) => codes.contains(&code),
        }
    }

    /// Every community of the scope, by code.
    pub fn listed(&self, connection: &Connection) -> Answer<Vec<i64>> {
        match self {
            Self::Some(codes) => Ok(codes.clone()),
            Self::All => {
                let mut statement = connection.prepare_cached("SELECT code FROM community")?;
                let codes = statement.query_map([], |row| row.get(0))?;
                Ok(codes.collect::<Result<_, _>>()?)
            }
        }
    }

    /// A condition on a column that holds a community's code.
    pub fn within(&self, column: &str) -> String {
        match self {
            Self::All => "true".to_owned(),
            Self::Some(codes) => one_of(column, codes),
        }
    }

    /// For `community IN (SELECT value FROM json_each(?))` in counters: all together have a row of their own.
    pub fn of_totals(&self) -> String {
        match self {
            Self::All => "[0]".to_owned(),
            Self::Some(codes) => list(codes),
        }
    }
}

/// Codes as `json_each` takes them.
pub(super) fn list(codes: &[i64]) -> String {
    let codes: Vec<String> = codes.iter().map(i64::to_string).collect();
    format!("[{}]", codes.join(","))
}

/// The condition that a column has one of these values.
pub(super) fn one_of(column: &str, codes: &[i64]) -> String {
    format!("{column} IN ({})", list(codes).trim_matches(['[', ']']))
}

/// Slugs of a community and of those below it.
pub(super) fn with_those_below(connection: &Connection, community: &CommunityId) -> Answer<Vec<i64>> {
    let sql = "WITH RECURSIVE below (code) AS (
                   SELECT code FROM community WHERE slug = ?
                   UNION SELECT c.code FROM community c JOIN below b ON c.parent = b.code)
               SELECT code FROM below";
    let mut statement = connection.prepare_cached(sql)?;
    let codes = statement.query_map([community.as_str()], |row| row.get(0))?;
    Ok(codes.collect::<Result<_, _>>()?)
}

fn codes(connection: &Connection, slugs: &[CommunityId]) -> Answer<Vec<i64>> {
    let slugs: Vec<&str> = slugs.iter().map(CommunityId::as_str).collect();
    let slugs = serde_json::to_string(&slugs).map_err(|error| crate::ViewsError::Storage(error.to_string()))?;
    let sql = "SELECT code FROM community WHERE slug IN (SELECT value FROM json_each(?))";
    let mut statement = connection.prepare_cached(sql)?;
    let codes = statement.query_map([slugs], |row| row.get(0))?;
    Ok(codes.collect::<Result<_, _>>()?)
}
