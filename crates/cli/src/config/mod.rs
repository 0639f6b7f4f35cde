//! Settings: a TOML file, the environment and flags, each over the one before it.

mod layer;
mod options;
mod shared;
mod url;

use std::path::{Path, PathBuf};

use anyhow::Result;

use sandan_app::notices::Smtp;

use crate::failure::{Code, Failure};
use crate::rehearsal::Pace;
pub use layer::Layer;
pub use options::{Common, Network};
pub use shared::{Attachments, Database};
pub use url::Url;

/// Where it listens unless told otherwise.
pub const LISTEN: &str = "127.0.0.1:8080";
/// Where the data is unless told otherwise.
pub const DATA: &str = "sandan-data";
/// Writes without a token a minute and client address, unless told otherwise.
const WRITES_PER_MINUTE: u32 = 60;
/// Events between two copies of the read models, unless told otherwise: folding so many takes seconds.
const SNAPSHOT_EVERY: u32 = 50_000;

/// What holds for this run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Host and port.
    pub listen: String,
    /// The data folder. A node of a shared log keeps its read models there.
    pub data: PathBuf,
    /// The shared log, if it is not embedded.
    pub database: Option<Database>,
    /// The shared bus, if it is not in the process.
    pub nats: Option<Url>,
    pub attachments: Attachments,
    pub node: String,
    /// Another place for the master key than the data folder.
    pub key_file: Option<PathBuf>,
    /// What residents type, if it is not where the program listens.
    pub public_url: Option<String>,
    /// TLS at the own door.
    pub tls: Option<Tls>,
    /// Proxies whose word about the client's address counts.
    pub trusted_proxies: Vec<sandan_web::Network>,
    pub writes_per_minute: u32,
    /// Events after which the read models are copied for nodes that come later; 0: never.
    pub snapshot_every: u32,
    /// A rehearsal's clock, as it was set. Which one holds is kept in the log.
    pub clock: Option<Pace>,
    /// Where mail is handed over; without it nobody gets any.
    pub smtp: Option<Smtp>,
    /// Webhooks may use plain HTTP and go to private networks.
    pub webhooks_allow_private: bool,
    /// Where traces go, if anywhere.
    pub otlp: Option<String>,
}

/// Where certificate and key are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The chain, the own one first.
    pub cert: PathBuf,
    pub key: PathBuf,
}

impl Settings {
    /// Puts the layers on top of one another and refuses what this version can't do.
    pub fn resolve(common: &Common, network: &Network) -> Result<Self> {
        let env = Layer::from_env(|name| std::env::var(name).ok())?;
        let config = common.config.clone().or_else(|| env.config.clone());
        let file = config.as_deref().map(Layer::from_file).transpose()?.unwrap_or_default();
        Self::of(Layer::from_flags(common, network).over(env).over(file))
    }

    fn of(layer: Layer) -> Result<Self> {
        let data = layer.data.unwrap_or_else(|| PathBuf::from(DATA));
        Ok(Self {
            listen: layer.listen.unwrap_or_else(|| LISTEN.to_owned()),
            database: Database::of(layer.database, layer.database_connections)?,
            nats: layer.nats.map(shared::nats).transpose()?,
            attachments: Attachments::of(layer.attachments, &data)?,
            data,
            node: layer.node.unwrap_or_else(host_name),
            key_file: layer.key_file,
            public_url: layer.public_url.as_deref().map(public_url).transpose()?,
            tls: tls(layer.tls_cert, layer.tls_key)?,
            trusted_proxies: layer.trusted_proxy.as_deref().map(addresses).transpose()?.unwrap_or_default(),
            writes_per_minute: layer.writes_per_minute.unwrap_or(WRITES_PER_MINUTE),
            snapshot_every: layer.snapshot_every.unwrap_or(SNAPSHOT_EVERY),
            clock: layer.clock.as_deref().map(pace).transpose()?,
            smtp: smtp(layer.smtp_url, layer.mail_from)?,
            webhooks_allow_private: layer.webhooks_allow_private.unwrap_or_default(),
            otlp: layer.otlp.as_deref().map(collector).transpose()?,
        })
    }

    /// The master key's file.
    pub fn key_file(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| self.data.join("master.key"))
    }

    /// Whether residents' browsers speak to us through TLS.
    pub fn is_secure(&self) -> bool {
        self.tls.is_some() || self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

fn public_url(text: &str) -> Result<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        _ => Err(invalid(format!("the public URL {text:?} is not one"), "Write it like https://sandan.example.cn.")),
    }
}

fn tls(cert: Option<PathBuf>, key: Option<PathBuf>) -> Result<Option<Tls>> {
    match (cert, key) {
        (None, None) => Ok(None),
        (Some(cert), Some(key)) => Ok(Some(Tls { cert, key })),
        _ => Err(invalid("of --tls-cert and --tls-key only one is given", "Give both, or neither.")),
    }
}

fn smtp(url: Option<Url>, from: Option<String>) -> Result<Option<Smtp>> {
    let (url, from) = match (url, from) {
        (None, None) => return Ok(None),
        (Some(url), Some(from)) => (url, from),
        _ => return Err(invalid("of --smtp-url and --mail-from only one is given", "Give both, or neither.")),
    };
    let smtp = Smtp { url: url.whole().to_owned(), from };
    let mend = "Write --smtp-url like smtps://user@mail.example.cn and --mail-from like desk@example.cn.";
    smtp.check().map_err(|error| invalid(url.redact(&error), mend))?;
    Ok(Some(smtp))
}

fn pace(text: &str) -> Result<Pace> {
    text.parse().map_err(|wrong| {
        let mend = "Write START,SPEED with an instant and how many times as fast: 2026-11-02T08:00:00+08:00,3600.";
        invalid(format!("the clock {text:?}: {wrong}"), mend)
    })
}

fn collector(text: &str) -> Result<String> {
    let host = text.strip_prefix("http://").map(|rest| rest.trim_end_matches('/'));
    match host {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => Ok(format!("http://{host}")),
        _ => {
            let mend = "Write it like http://127.0.0.1:4317. A collector beside the node passes traces on through TLS.";
            Err(invalid(format!("the collector of traces {text:?} is not an http:// address"), mend))
        }
    }
}

fn addresses(text: &str) -> Result<Vec<sandan_web::Network>> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(|_| not_an_address(part))).collect()
}

fn not_an_address(part: &str) -> anyhow::Error {
    let mend = "Write it like 10.0.0.2 or 10.0.0.0/8, several with commas.";
    invalid(format!("the trusted proxy {part:?} is neither an IP address nor a network"), mend)
}

/// A setting that can't be read.
pub fn invalid(message: impl Into<String>, mend: impl Into<String>) -> anyhow::Error {
    Failure::new(Code::ConfigInvalid, message, mend).into()
}

/// The machine's own name; a name for the node is better than none.
fn host_name() -> String {
    let read = |path| std::fs::read_to_string(Path::new(path)).ok();
    let name = read("/proc/sys/kernel/hostname").or_else(|| read("/etc/hostname"));
    name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| "node".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(listen: &str) -> Layer {
        Layer { listen: Some(listen.to_owned()), ..Layer::default() }
    }

    #[test]
    fn with_nothing_set_the_defaults_of_the_contract_hold() {
        let settings = Settings::of(Layer::default()).unwrap();
        assert_eq!((settings.listen.as_str(), settings.data), (LISTEN, PathBuf::from(DATA)));
        assert_eq!(settings.writes_per_minute, 60);
        assert!(!settings.node.is_empty());
    }

    #[test]
    fn flags_are_over_the_environment_and_that_is_over_the_file() {
        let file = Layer { node: Some("file".to_owned()), ..layer("file:1") };
        let env = Layer { data: Some(PathBuf::from("env")), ..layer("env:1") };
        let merged = Settings::of(layer("flag:1").over(env).over(file)).unwrap();
        assert_eq!((merged.listen.as_str(), merged.node.as_str()), ("flag:1", "file"));
        assert_eq!(merged.data, PathBuf::from("env"));
    }

    #[test]
    fn a_rehearsal_clock_is_read_and_its_errors_name_the_format() {
        let clock = |text: &str| Settings::of(Layer { clock: Some(text.to_owned()), ..Layer::default() });
        let pace = clock("2026-11-02T08:00:00+08:00,3600").unwrap().clock.unwrap();
        assert_eq!(pace.to_string(), "2026-11-02T08:00:00+08:00,3600");
        let failure = Failure::of(&clock("2026-11-02 08:00,3600").unwrap_err());
        assert_eq!(failure.code, Code::ConfigInvalid);
        assert!(failure.mend.contains("2026-11-02T08:00:00+08:00,3600"), "{failure}");
    }

    #[test]
    fn a_certificate_goes_with_its_key_only() {
        let (cert, key) = (Some(PathBuf::from("cert.pem")), Some(PathBuf::from("key.pem")));
        let settings =
            Settings::of(Layer { tls_cert: cert.clone(), tls_key: key.clone(), ..Layer::default() }).unwrap();
        assert!(settings.is_secure());
        for (tls_cert, tls_key) in [(cert, None), (None, key)] {
            let error = Settings::of(Layer { tls_cert, tls_key, ..Layer::default() }).unwrap_err();
            assert_eq!(Failure::of(&error).code, Code::ConfigInvalid, "{error}");
        }
    }

    #[test]
    fn a_collector_of_traces_is_an_address() {
        let otlp = |text: &str| Settings::of(Layer { otlp: Some(text.to_owned()), ..Layer::default() });
        assert_eq!(otlp("http://127.0.0.1:4317/").unwrap().otlp.as_deref(), Some("http://127.0.0.1:4317"));
        for text in ["127.0.0.1:4317", "https://collector:4317", "http://", "http://a b"] {
            assert_eq!(Failure::of(&otlp(text).unwrap_err()).code, Code::ConfigInvalid, "{text}");
        }
    }

    #[test]
    fn proxies_and_public_urls_are_checked() {
        let proxies = |text: &str| Settings::of(Layer { trusted_proxy: Some(text.to_owned()), ..Layer::default() });
        assert_eq!(proxies("10.0.0.0/8, ::1").unwrap().trusted_proxies.len(), 2);
        assert!(proxies("proxy.local").is_err());
        let url = |text: &str| Settings::of(Layer { public_url: Some(text.to_owned()), ..Layer::default() });
        assert_eq!(url("https://a.cn/").unwrap().public_url.as_deref(), Some("https://a.cn"));
        assert!(url("a.cn").is_err());
    }
}
