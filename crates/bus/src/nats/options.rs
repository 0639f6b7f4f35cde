//! Where NATS is, and how we introduce ourselves.

use std::path::PathBuf;

use async_nats::ServerAddr;

use super::NatsError;

/// The stream that holds every event; its own sequence equals the position.
pub const STREAM: &str = "SANDAN";
/// The `source` of every event, as everywhere outside.
pub const SOURCE: &str = "/sandan";

/// How to reach the bus.
#[derive(Clone)]
pub struct NatsOptions {
    pub(crate) servers: Vec<ServerAddr>,
    /// Shown by the server in its list of connections.
    pub name: String,
    /// A file of credentials, where no user stands in the address.
    pub credentials: Option<PathBuf>,
    /// Copies of the stream; `None`: as many as there are servers, at most three, and one if there are two.
    pub replicas: Option<usize>,
}

impl NatsOptions {
    /// Reads one address or several with commas between: `nats://user:password@a:4222,nats://b:4222`. With `tls://`
    /// the connection is encrypted.
    pub fn parse(urls: &str) -> Result<Self, NatsError> {
        let servers = urls.split(',').map(str::trim).filter(|url| !url.is_empty()).map(server);
        let servers = servers.collect::<Result<Vec<_>, _>>()?;
        if servers.is_empty() {
            return Err(NatsError::Address { url: urls.to_owned(), reason: "there is no address in it".to_owned() });
        }
        Ok(Self { servers, name: "sandan".to_owned(), credentials: None, replicas: None })
    }

    /// The servers without users and passwords, to be shown.
    pub fn shown(&self) -> String {
        let shown = |server: &ServerAddr| format!("{}://{}:{}", server.scheme(), server.host(), server.port());
        self.servers.iter().map(shown).collect::<Vec<_>>().join(",")
    }
}

impl std::fmt::Debug for NatsOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NatsOptions").field("servers", &self.shown()).finish_non_exhaustive()
    }
}

fn server(url: &str) -> Result<ServerAddr, NatsError> {
    let wrong = |reason: String| NatsError::Address { url: masked(url), reason };
    if let Some((scheme, _)) = url.split_once("://")
        && !matches!(scheme, "nats" | "tls")
    {
        return Err(wrong(format!("the scheme {scheme:?} is neither nats nor tls")));
    }
    let server: ServerAddr = url.parse().map_err(|error: std::io::Error| wrong(error.to_string()))?;
    if server.host().is_empty() {
        return Err(wrong("there is no host in it".to_owned()));
    }
    Ok(server)
}

/// An address that can't be read may still hold a password.
fn masked(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        (None, Some((_, host))) => format!("…@{host}"),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_addresses_are_read_and_shown_without_their_passwords() {
        let options = NatsOptions::parse("nats://me:secret@a:4222, tls://b").unwrap();
        assert_eq!(options.shown(), "nats://a:4222,tls://b:4222");
        assert!(!format!("{options:?}").contains("secret"));
    }

    #[test]
    fn what_is_no_address_says_why_without_its_password() {
        for url in ["", " , ", "http://a", "postgres://me:secret@a", "nats://me:secret@a:port"] {
            let error = NatsOptions::parse(url).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
