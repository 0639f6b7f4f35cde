//! The address of an object store: `s3://bucket/prefix?region=cn-north-1&endpoint=https://…`, and the environment.

use std::collections::HashMap;
use std::net::IpAddr;

/// An object store can't be named so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadPlace(pub String);

/// An address, taken apart and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub bucket: String,
    /// Without slashes at its ends; may be empty.
    pub prefix: String,
    pub region: String,
    /// `None`: Amazon's own.
    pub endpoint: Option<String>,
}

/// The region of stores that have none.
const REGION: &str = "us-east-1";
const PARAMETERS: &str = "region, endpoint and allow_http";

impl Place {
    /// What the address does not say is looked up in `environment` (`AWS_REGION`, `AWS_ENDPOINT_URL`,
    /// `AWS_ALLOW_HTTP`).
    pub fn read(url: &str, environment: &HashMap<String, String>) -> Result<Self, BadPlace> {
        let rest = url.strip_prefix("s3://").ok_or_else(|| bad("an object store's address begins with s3://"))?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (bucket, prefix) = path.split_once('/').unwrap_or((path, ""));
        if !is_bucket(bucket) {
            return Err(bad(format!("{bucket:?} is no bucket's name: 3 to 63 of a-z, 0-9, - and .")));
        }
        let mut said = parameters(query)?;
        let known = |names: &[&str]| names.iter().find_map(|name| environment.get(*name).cloned());
        let region = said.remove("region").or_else(|| known(&["AWS_REGION", "AWS_DEFAULT_REGION"]));
        let endpoint = said.remove("endpoint").or_else(|| known(&["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]));
        let allow_http = said.remove("allow_http").or_else(|| known(&["AWS_ALLOW_HTTP"])).unwrap_or_default();
        if let Some(name) = said.keys().next() {
            return Err(bad(format!("an object store's address has no {name:?}; there are {PARAMETERS}")));
        }
        let endpoint = endpoint.map(|endpoint| checked(endpoint, &allow_http)).transpose()?;
        let prefix = prefix.trim_matches('/').to_owned();
        Ok(Self { bucket: bucket.to_owned(), prefix, region: region.unwrap_or_else(|| REGION.to_owned()), endpoint })
    }
}

fn parameters(query: &str) -> Result<HashMap<String, String>, BadPlace> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pair = |pair: &str| match pair.split_once('=') {
        Some((name, value)) if !value.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(bad(format!("{pair:?} in an object store's address has no value"))),
    };
    pairs.map(pair).collect()
}

/// Photos and keys to them go over the wire: in clear only on this machine, or where somebody said so.
fn checked(endpoint: String, allow_http: &str) -> Result<String, BadPlace> {
    let host = match endpoint.split_once("://") {
        Some(("https", host)) if !host.is_empty() => return Ok(endpoint),
        Some(("http", host)) if !host.is_empty() => host,
        _ => return Err(bad(format!("the endpoint {endpoint:?} is neither https://… nor http://…"))),
    };
    match allow_http == "true" || is_loopback(host) {
        true => Ok(endpoint),
        false => Err(bad(format!(
            "the endpoint {endpoint:?} is not encrypted; name an https:// one, or add allow_http=true where the \
             network is trusted"
        ))),
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.split('/').next().unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_bucket(name: &str) -> bool {
    (3..=63).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.')
}

fn bad(what: impl Into<String>) -> BadPlace {
    BadPlace(what.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<Place, BadPlace> {
        Place::read(url, &HashMap::new())
    }

    #[test]
    fn an_address_names_bucket_prefix_region_and_endpoint() {
        let place = read("s3://photos/a/b/?region=cn-north-1&endpoint=http://127.0.0.1:9000").unwrap();
        let (bucket, prefix) = (place.bucket.as_str(), place.prefix.as_str());
        assert_eq!((bucket, prefix, place.region.as_str()), ("photos", "a/b", "cn-north-1"));
        assert_eq!(place.endpoint.as_deref(), Some("http://127.0.0.1:9000"));
        let plain = read("s3://photos").unwrap();
        assert_eq!((plain.prefix.as_str(), plain.region.as_str(), plain.endpoint), ("", "us-east-1", None));
    }

    #[test]
    fn what_the_address_leaves_out_is_in_the_environment() {
        let said = [("AWS_REGION", "eu-west-1"), ("AWS_ENDPOINT_URL", "https://store.example")];
        let environment = said.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let place = Place::read("s3://photos", &environment).unwrap();
        assert_eq!((place.region.as_str(), place.endpoint.as_deref()), ("eu-west-1", Some("https://store.example")));
        assert_eq!(Place::read("s3://photos?region=x", &environment).unwrap().region, "x");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let cases = [
            ("http://photos", "begins with s3://"),
            ("s3://", "no bucket's name"),
            ("s3://UPPER", "no bucket's name"),
            ("s3://photos?colour=red", "\"colour\""),
            ("s3://photos?region", "no value"),
            ("s3://photos?endpoint=ftp://x", "neither"),
            ("s3://photos?endpoint=http://store.example:9000", "not encrypted"),
            ("s3://photos?endpoint=http://127.0.0.1.example:9000", "not encrypted"),
        ];
        for (url, word) in cases {
            let error = read(url).unwrap_err().to_string();
            assert!(error.contains(word), "{url}: {error}");
        }
        assert!(read("s3://photos?endpoint=http://store.example:9000&allow_http=true").is_ok());
        assert!(read("s3://photos?endpoint=http://[::1]:9000").is_ok());
    }
}
