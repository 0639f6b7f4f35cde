//! What the program tells about itself: lines on standard error, figures at `/metrics`.

use std::io::{self, IsTerminal};

use anyhow::{Context, Result};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

/// `SANDAN_LOG` says what is logged, as in `sandan=debug,info`.
const FILTER: &str = "SANDAN_LOG";

/// What is logged unless told otherwise: migrations are no news.
const USUAL: &str = "info,refinery_core=warn";

/// Lines for people on a terminal, JSON for machines elsewhere.
pub fn log_to_stderr() {
    let filter = std::env::var(FILTER).unwrap_or_default();
    let filter = EnvFilter::try_new(if filter.is_empty() { USUAL } else { &filter }).unwrap_or_else(|error| {
        eprintln!("warning: {FILTER}: {error}; logging at info");
        EnvFilter::new(USUAL)
    });
    // A line that can't be written is lost. To complain about that on the same standard error would panic, and with
    // a full disk take the log's writer along.
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).log_internal_errors(false);
    // Somebody may have set it before, as tests do.
    _ = match io::stderr().is_terminal() {
        true => lines.with_target(false).try_init(),
        false => lines.json().flatten_event(true).try_init(),
    };
}

/// Collects figures from now on.
pub fn count() -> Result<PrometheusHandle> {
    PrometheusBuilder::new().install_recorder().context("collect metrics")
}
