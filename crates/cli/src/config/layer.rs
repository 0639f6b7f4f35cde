//! One source of settings. Whatever it does not say is left to the source below it.

use std::path::{Path, PathBuf};

use anyhow::Result;
use config::{Config, File, FileFormat};
use serde::Deserialize;

use super::{Common, Network, Url, invalid};

/// The settings of one source, none of them checked.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Layer {
    pub listen: Option<String>,
    pub data: Option<PathBuf>,
    pub database: Option<Url>,
    pub database_connections: Option<u32>,
    pub nats: Option<Url>,
    pub attachments: Option<Url>,
    pub node: Option<String>,
    pub key_file: Option<PathBuf>,
    pub tls_cert: Option<PathBuf>,
    pub tls_key: Option<PathBuf>,
    pub public_url: Option<String>,
    pub trusted_proxy: Option<String>,
    pub writes_per_minute: Option<u32>,
    pub snapshot_every: Option<u32>,
    pub clock: Option<String>,
    pub smtp_url: Option<Url>,
    pub mail_from: Option<String>,
    pub webhooks_allow_private: Option<bool>,
    pub otlp: Option<String>,
    /// Only the environment and flags can name the file.
    #[serde(skip)]
    pub config: Option<PathBuf>,
}

impl Layer {
    /// Reads a TOML file; a name it does not know is an error, since it would otherwise do nothing.
    pub fn from_file(path: &Path) -> Result<Self> {
        let source = File::from(path).format(FileFormat::Toml);
        let read = Config::builder().add_source(source).build().and_then(Config::try_deserialize);
        read.map_err(|error| {
            let mend = "Names are as the flags: listen, data, node, key-file, public-url, trusted-proxy, …";
            invalid(format!("the settings file {}: {error}", path.display()), mend)
        })
    }

    /// Reads `SANDAN_…` through `get`. An empty variable counts as not set.
    pub fn from_env(get: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let text = |name: &str| get(&format!("SANDAN_{name}")).filter(|value| !value.trim().is_empty());
        let path = |name: &str| text(name).map(PathBuf::from);
        let url = |name: &str| text(name).and_then(|value| value.parse().ok());
        let count = |name: &str| text(name).map(|value| number(name, &value)).transpose();
        Ok(Self {
            listen: text("LISTEN"),
            data: path("DATA"),
            database: url("DATABASE"),
            database_connections: count("DATABASE_CONNECTIONS")?,
            nats: url("NATS"),
            attachments: url("ATTACHMENTS"),
            node: text("NODE"),
            key_file: path("KEY_FILE"),
            tls_cert: path("TLS_CERT"),
            tls_key: path("TLS_KEY"),
            public_url: text("PUBLIC_URL"),
            trusted_proxy: text("TRUSTED_PROXY"),
            writes_per_minute: count("WRITES_PER_MINUTE")?,
            snapshot_every: count("SNAPSHOT_EVERY")?,
            clock: text("CLOCK"),
            smtp_url: url("SMTP_URL"),
            mail_from: text("MAIL_FROM"),
            webhooks_allow_private: text("WEBHOOKS_ALLOW_PRIVATE").map(|value| yes(&value)).transpose()?,
            otlp: text("OTLP"),
            config: path("CONFIG"),
        })
    }

    pub fn from_flags(common: &Common, network: &Network) -> Self {
        Self {
            listen: network.listen.clone(),
            data: common.data.clone(),
            database: common.database.clone(),
            database_connections: common.database_connections,
            nats: common.nats.clone(),
            attachments: common.attachments.clone(),
            node: common.node.clone(),
            key_file: common.key_file.clone(),
            tls_cert: network.tls_cert.clone(),
            tls_key: network.tls_key.clone(),
            public_url: network.public_url.clone(),
            trusted_proxy: network.trusted_proxy.clone(),
            writes_per_minute: network.writes_per_minute,
            snapshot_every: network.snapshot_every,
            clock: network.clock.clone(),
            smtp_url: network.smtp_url.clone(),
            mail_from: network.mail_from.clone(),
            webhooks_allow_private: network.webhooks_allow_private.then_some(true),
            otlp: network.otlp.clone(),
            config: common.config.clone(),
        }
    }

    /// This layer where it says something, `below` elsewhere.
    pub fn over(self, below: Self) -> Self {
        Self {
            listen: self.listen.or(below.listen),
            data: self.data.or(below.data),
            database: self.database.or(below.database),
            database_connections: self.database_connections.or(below.database_connections),
            nats: self.nats.or(below.nats),
            attachments: self.attachments.or(below.attachments),
            node: self.node.or(below.node),
            key_file: self.key_file.or(below.key_file),
            tls_cert: self.tls_cert.or(below.tls_cert),
            tls_key: self.tls_key.or(below.tls_key),
            public_url: self.public_url.or(below.public_url),
            trusted_proxy: self.trusted_proxy.or(below.trusted_proxy),
            writes_per_minute: self.writes_per_minute.or(below.writes_per_minute),
            snapshot_every: self.snapshot_every.or(below.snapshot_every),
            clock: self.clock.or(below.clock),
            smtp_url: self.smtp_url.or(below.smtp_url),
            mail_from: self.mail_from.or(below.mail_from),
            webhooks_allow_private: self.webhooks_allow_private.or(below.webhooks_allow_private),
            otlp: self.otlp.or(below.otlp),
            config: self.config.or(below.config),
        }
    }
}

fn yes(text: &str) -> Result<bool> {
    let mend = "Write true or false.";
    text.trim().parse().map_err(|_| invalid(format!("SANDAN_WEBHOOKS_ALLOW_PRIVATE is {text:?}"), mend))
}

fn number(name: &str, text: &str) -> Result<u32> {
    let mend = "Write a whole number, such as 60.";
    text.trim().parse().map_err(|_| invalid(format!("SANDAN_{name} is {text:?}"), mend))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Result<Layer> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sandan.toml");
        std::fs::write(&path, text).unwrap();
        Layer::from_file(&path)
    }

    #[test]
    fn a_file_names_settings_as_flags_do() {
        let layer = file("listen = \"0.0.0.0:80\"\nkey-file = \"/k\"\nwrites-per-minute = 5\n").unwrap();
        assert_eq!(layer.listen.as_deref(), Some("0.0.0.0:80"));
        assert_eq!(layer.key_file, Some(PathBuf::from("/k")));
        assert_eq!(layer.writes_per_minute, Some(5));
    }

    #[test]
    fn an_unknown_name_or_a_missing_file_is_an_error() {
        assert!(file("lisen = \"x\"").unwrap_err().to_string().contains("lisen"));
        assert!(Layer::from_file(Path::new("/nowhere.toml")).is_err());
    }

    #[test]
    fn an_empty_variable_is_not_set() {
        let get = |name: &str| match name {
            "SANDAN_DATA" => Some(String::new()),
            "SANDAN_NODE" => Some("a".to_owned()),
            _ => None,
        };
        let layer = Layer::from_env(get).unwrap();
        assert_eq!((layer.data, layer.node.as_deref()), (None, Some("a")));
    }
}
