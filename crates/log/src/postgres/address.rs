//! The database's address: one URL, for one server or for several of which one takes writes.

use std::path::PathBuf;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{SslMode, TargetSessionAttrs};

use crate::LogError;

/// A server that doesn't answer a call for that long is not there.
const CONNECT: Duration = Duration::from_secs(5);
/// A silent connection is probed after that long …
const SILENCE: Duration = Duration::from_secs(10);
/// … so often, so many times, and then given up.
const PROBE: Duration = Duration::from_secs(5);
const PROBES: u32 = 2;

/// Where the database is, and how its server is trusted.
#[derive(Clone, Debug)]
pub(super) struct Address {
    pub config: Config,
    pub trust: Trust,
    /// Host and database, without user and password.
    pub shown: String,
}

/// What an encrypted connection asks of the server's certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Whoever answers (`sslmode=prefer` and `require`, as every other client of Postgres understands them).
    Anybody,
    /// A name and a signature that hold (`verify-full`, and `verify-ca`, which asks less elsewhere), by the
    /// authorities in this file or by the system's.
    Verified(Option<PathBuf>),
}

impl Address {
    /// Reads `postgres://user:password@host:port,host:port/database?sslmode=…`.
    pub fn parse(url: &str) -> Result<Self, LogError> {
        let (url, parameters) = url.split_once('?').unwrap_or((url, ""));
        let mut kept = Vec::new();
        let (mut verified, mut authorities) = (false, None);
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=') {
                Some(("sslmode", "verify-full" | "verify-ca")) => {
                    verified = true;
                    kept.push("sslmode=require");
                }
                Some(("sslrootcert", path)) => authorities = Some(PathBuf::from(path)),
                _ => kept.push(parameter),
            }
        }
        let url = format!("{url}?{}", kept.join("&"));
        let mut config: Config = url.parse().map_err(|error| unreadable(&error))?;
        if config.get_hosts().is_empty() {
            return Err(LogError::Unusable("the database's address names no host".to_owned()));
        }
        config.application_name("sandan");
        config.connect_timeout(CONNECT);
        config.keepalives_idle(SILENCE).keepalives_interval(PROBE).keepalives_retries(PROBES);
        config.tcp_user_timeout(SILENCE + PROBE * PROBES);
        if config.get_hosts().len() > 1 {
            config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
        let trust = match verified || (authorities.is_some() && config.get_ssl_mode() == SslMode::Require) {
            true => Trust::Verified(authorities),
            false => Trust::Anybody,
        };
        let shown = shown(&config);
        Ok(Self { config, trust, shown })
    }
}

fn unreadable(error: &tokio_postgres::Error) -> LogError {
    let source = std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default();
    LogError::Unusable(format!("the database's address can't be read: {error}{source}"))
}

fn shown(config: &Config) -> String {
    let hosts = config.get_hosts().iter().zip(0..).map(|(host, index)| {
        let port = config.get_ports().get(index).or(config.get_ports().first()).copied().unwrap_or(5432);
        match host {
            tokio_postgres::config::Host::Tcp(name) => format!("{name}:{port}"),
            #[cfg(unix)]
            tokio_postgres::config::Host::Unix(path) => path.display().to_string(),
        }
    });
    let hosts = hosts.collect::<Vec<_>>().join(",");
    let database = config.get_dbname().or(config.get_user()).unwrap_or_default();
    format!("{hosts}/{database}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, shown: &str, mode: SslMode, trust: Trust) {
        let address = Address::parse(url).unwrap();
        assert_eq!((&address.shown[..], address.config.get_ssl_mode(), address.trust), (shown, mode, trust), "{url}");
    }

    #[test]
    fn an_address_says_where_and_how_it_is_trusted() {
        let url = "postgres://ada:secret@db.example/town";
        check(url, "db.example:5432/town", SslMode::Prefer, Trust::Anybody);
        check(&format!("{url}?sslmode=disable"), "db.example:5432/town", SslMode::Disable, Trust::Anybody);
        check(&format!("{url}?sslmode=require"), "db.example:5432/town", SslMode::Require, Trust::Anybody);
        let verified = || Trust::Verified(None);
        check(&format!("{url}?sslmode=verify-full"), "db.example:5432/town", SslMode::Require, verified());
        let file = || Trust::Verified(Some("/etc/ca.pem".into()));
        let named = format!("{url}?sslrootcert=/etc/ca.pem&sslmode=verify-ca");
        check(&named, "db.example:5432/town", SslMode::Require, file());
        let named = format!("{url}?sslmode=require&sslrootcert=/etc/ca.pem");
        check(&named, "db.example:5432/town", SslMode::Require, file());
        let several = "postgres://ada@one:5433,two:5434/town";
        check(several, "one:5433,two:5434/town", SslMode::Prefer, Trust::Anybody);
        let several = Address::parse(several).unwrap().config;
        assert_eq!(several.get_target_session_attrs(), TargetSessionAttrs::ReadWrite);
    }

    #[test]
    fn what_is_no_address_is_said_so_without_its_password() {
        for url in ["postgres://ada:secret@/town", "postgres://ada:secret@db/town?color=red", "mysql://secret"] {
            let error = Address::parse(url).unwrap_err();
            assert!(matches!(error, LogError::Unusable(_)), "{url}: {error:?}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
