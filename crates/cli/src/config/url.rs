//! Addresses of services. They may hold a password, which nothing that prints them shows.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

/// What stands where a secret was.
const MASK: &str = "***";
/// Parts of parameters' names whose values are nobody's business.
const SECRET_NAMES: [&str; 4] = ["password", "secret", "token", "key"];

/// One URL, or several with commas between them, as it was set.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Url(String);

impl Url {
    /// With its password: for the one who connects, and for nobody else.
    pub fn whole(&self) -> &str {
        &self.0
    }

    /// The single URLs. A database is one, and may name several hosts with commas between them.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        let separator = if self.0.starts_with("postgres") { '\0' } else { ',' };
        self.0.split(separator).map(str::trim).filter(|url| !url.is_empty())
    }

    pub fn has_scheme(&self, schemes: &[&str]) -> bool {
        let is_one = |url: &str| schemes.iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme));
        self.each().next().is_some() && self.each().all(is_one)
    }

    /// `text` without this URL's secrets, in case a library repeats them.
    pub fn redact(&self, text: &str) -> String {
        let whole = text.replace(&self.0, &self.to_string());
        let secrets = self.each().filter_map(|url| Some(secret_of(authority(url)?.1)?.1));
        secrets.filter(|secret| !secret.is_empty()).fold(whole, |text, secret| text.replace(secret, MASK))
    }
}

impl FromStr for Url {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.trim().to_owned()))
    }
}

/// Masked.
impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, url) in self.each().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(f, "{comma}{}", masked(url))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

fn masked(url: &str) -> String {
    let Some((scheme, user, rest)) = parts(url) else { return MASK.to_owned() };
    let user = match (user, user.and_then(secret_of)) {
        (None, _) => String::new(),
        (Some(_), Some((name, _))) if !name.is_empty() => format!("{name}:{MASK}@"),
        (Some(_), Some(_)) => format!("{MASK}@"),
        // Postgres may know a user without a password; for NATS such a word is a token.
        (Some(user), None) if scheme.starts_with("postgres") => format!("{user}@"),
        (Some(_), None) => format!("{MASK}@"),
    };
    let (path, parameters) = rest.split_once('?').map_or((rest, None), |(path, rest)| (path, Some(rest)));
    let parameters = parameters.map(|all| all.split('&').map(parameter).collect::<Vec<_>>().join("&"));
    format!("{scheme}{user}{path}{}", parameters.map(|all| format!("?{all}")).unwrap_or_default())
}

fn parameter(pair: &str) -> String {
    match pair.split_once('=') {
        Some((name, _)) if SECRET_NAMES.iter().any(|secret| name.to_ascii_lowercase().contains(secret)) => {
            format!("{name}={MASK}")
        }
        _ => pair.to_owned(),
    }
}

/// Scheme with `://`, whatever stands before the last `@`, the rest.
fn parts(url: &str) -> Option<(&str, Option<&str>, &str)> {
    let start = url.find("://")? + "://".len();
    let (scheme, rest) = url.split_at(start);
    // A password that was not encoded may hold anything, but behind the question mark an @ is a parameter's.
    let end = rest.find('?').unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => Some((scheme, Some(&rest[..at]), &rest[at + 1..])),
        None => Some((scheme, None, rest)),
    }
}

fn authority(url: &str) -> Option<(&str, &str)> {
    parts(url).and_then(|(scheme, user, _)| Some((scheme, user?)))
}

/// Name and password of `name:password`.
fn secret_of(user: &str) -> Option<(&str, &str)> {
    user.split_once(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: &str) {
        let url: Url = url.parse().unwrap();
        assert_eq!(url.to_string(), expected);
        assert_eq!(format!("{url:?}"), format!("\"{expected}\""));
    }

    #[test]
    fn no_password_is_shown() {
        check("postgres://sandan:geheim@db:5432/sandan", "postgres://sandan:***@db:5432/sandan");
        check("postgres://sandan:p@ss/w:rd@db/x?sslmode=require", "postgres://sandan:***@db/x?sslmode=require");
        check("postgres://sandan@db/x?password=geheim&port=1", "postgres://sandan@db/x?password=***&port=1");
        check("nats://a:geheim@one:4222, nats://token@two", "nats://a:***@one:4222,nats://***@two");
        check("s3://bucket/x?region=a&secret_access_key=g", "s3://bucket/x?region=a&secret_access_key=***");
        check("host=db password=geheim", "***");
        check("postgres://db/sandan", "postgres://db/sandan");
        check("postgres://sandan:a,b@one:1,two:2/x", "postgres://sandan:***@one:1,two:2/x");
    }

    #[test]
    fn what_a_library_repeats_is_masked_too() {
        let url: Url = "postgres://sandan:geheim@db/sandan".parse().unwrap();
        let said = url.redact("can't use postgres://sandan:geheim@db/sandan: geheim is wrong");
        assert_eq!(said, "can't use postgres://sandan:***@db/sandan: *** is wrong");
    }

    #[test]
    fn a_scheme_is_every_url_s_scheme() {
        let url = |text: &str| text.parse::<Url>().unwrap();
        assert!(url("nats://a,nats://b").has_scheme(&["nats://"]));
        assert!(!url("nats://a,http://b").has_scheme(&["nats://"]));
        assert!(!url("").has_scheme(&["nats://"]) && !url("nats://").has_scheme(&["nats://"]));
    }
}
