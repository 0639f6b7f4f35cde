//! The flags behind the settings.

use std::path::PathBuf;

use clap::Args;

use super::Url;

/// Taken by every command, after its name.
#[derive(Args, Clone, Debug, Default)]
pub struct Common {
    /// Settings file (TOML) [env: SANDAN_CONFIG]
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    pub config: Option<PathBuf>,
    /// Data folder [env: SANDAN_DATA] [default: ./sandan-data]
    #[arg(long, value_name = "FOLDER", help_heading = "Settings")]
    pub data: Option<PathBuf>,
    /// Shared log, postgres://USER@HOST/NAME [env: SANDAN_DATABASE, which hides the password from `ps`]
    #[arg(long, value_name = "URL", help_heading = "Settings")]
    pub database: Option<Url>,
    /// Connections to it, at most [env: SANDAN_DATABASE_CONNECTIONS] [default: 16]
    #[arg(long, value_name = "NUMBER", help_heading = "Settings")]
    pub database_connections: Option<u32>,
    /// Shared bus, nats://A,nats://B,nats://C [env: SANDAN_NATS]
    #[arg(long, value_name = "URLS", help_heading = "Settings")]
    pub nats: Option<Url>,
    /// Where photos are: a folder, or s3://BUCKET/PREFIX [env: SANDAN_ATTACHMENTS] [default: <data>/attachments]
    #[arg(long, value_name = "URL", help_heading = "Settings")]
    pub attachments: Option<Url>,
    /// This node's name [env: SANDAN_NODE] [default: host name]
    #[arg(long, value_name = "NAME", help_heading = "Settings")]
    pub node: Option<String>,
    /// The master key [env: SANDAN_KEY_FILE] [default: <data>/master.key, or a row of the shared log]
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    pub key_file: Option<PathBuf>,
    /// Print JSON, for programs
    #[arg(long, help_heading = "Settings")]
    pub json: bool,
}

/// Taken by `serve` and `check`.
#[derive(Args, Clone, Debug, Default)]
pub struct Network {
    /// Address to listen on [env: SANDAN_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, value_name = "HOST:PORT", help_heading = "Settings")]
    pub listen: Option<String>,
    /// Certificate chain, PEM: the program ends TLS itself [env: SANDAN_TLS_CERT]
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    pub tls_cert: Option<PathBuf>,
    /// Private key to it, PEM [env: SANDAN_TLS_KEY]
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    pub tls_key: Option<PathBuf>,
    /// What residents type, such as https://sandan.example.cn [env: SANDAN_PUBLIC_URL]
    #[arg(long, value_name = "URL", help_heading = "Settings")]
    pub public_url: Option<String>,
    /// Addresses or networks of proxies whose word about the client's address counts [env: SANDAN_TRUSTED_PROXY]
    #[arg(long, value_name = "IP[,IP]", help_heading = "Settings")]
    pub trusted_proxy: Option<String>,
    /// Writes without a token a minute and client address [env: SANDAN_WRITES_PER_MINUTE] [default: 60]
    #[arg(long, value_name = "NUMBER", help_heading = "Settings")]
    pub writes_per_minute: Option<u32>,
    /// With --database and --attachments that all nodes reach: events after which the read models are copied there for
    /// nodes that come later; 0 for never [env: SANDAN_SNAPSHOT_EVERY] [default: 50000]
    #[arg(long, value_name = "NUMBER", help_heading = "Settings")]
    pub snapshot_every: Option<u32>,
    /// Rehearsal: time starts there and runs so many times as fast, such as 2026-11-02T08:00:00+08:00,3600. Needs a
    /// log begun with it, and the same at each start [env: SANDAN_CLOCK]
    #[arg(long, value_name = "START,SPEED", help_heading = "Settings")]
    pub clock: Option<String>,
    /// Mail server for notices, smtps://USER@HOST or smtp://HOST:PORT [env: SANDAN_SMTP_URL, which hides the password
    /// from `ps`] [default: none, nobody gets mail]
    #[arg(long, value_name = "URL", help_heading = "Settings")]
    pub smtp_url: Option<Url>,
    /// In whose name mail goes, such as "Lakeside <desk@lakeside.example.cn>" [env: SANDAN_MAIL_FROM]
    #[arg(long, value_name = "ADDRESS", help_heading = "Settings")]
    pub mail_from: Option<String>,
    /// Webhooks may use plain http and go to private networks [env: SANDAN_WEBHOOKS_ALLOW_PRIVATE]
    #[arg(long, help_heading = "Settings")]
    pub webhooks_allow_private: bool,
    /// Collector of traces (OTLP over gRPC), such as http://127.0.0.1:4317; without it there are none [env: SANDAN_OTLP]
    #[arg(long, value_name = "URL", help_heading = "Settings")]
    pub otlp: Option<String>,
}
