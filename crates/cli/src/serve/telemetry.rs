//! What the program tells about itself: lines on standard error, figures at `/metrics`, spans to a collector.

use std::io::{self, IsTerminal};
use std::time::Duration;

use anyhow::{Context, Result};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing::Subscriber;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, registry};

use super::figures;
use super::traces::Traces;

/// `SANDAN_LOG` says what is logged, as in `sandan=debug,info`.
const FILTER: &str = "SANDAN_LOG";

/// Bounds of durations, in seconds: from a command in memory to a call that is given up.
const SECONDS: [f64; 13] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];
/// Bounds of sizes of batches.
const COUNTS: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 500.0, 2_500.0];

/// What is logged unless told otherwise: migrations are no news.
const USUAL: &str = "info,refinery_core=warn";

/// Lines for people on a terminal, JSON for machines elsewhere; and spans for the collector, where there is one.
pub fn start(otlp: Option<&str>, node: &str) -> Result<Traces> {
    let filter = std::env::var(FILTER).unwrap_or_default();
    let filter = EnvFilter::try_new(if filter.is_empty() { USUAL } else { &filter }).unwrap_or_else(|error| {
        eprintln!("warning: {FILTER}: {error}; logging at info");
        EnvFilter::new(USUAL)
    });
    let traces = Traces::to(otlp, node)?;
    // Somebody may have set it before, as tests do.
    _ = match traces.layer() {
        // What is below the lines' level then costs a look at a number.
        None => registry().with(filter).with(lines()).try_init(),
        Some(spans) => registry().with(lines().with_filter(filter)).with(spans).try_init(),
    };
    Ok(traces)
}

fn lines<S>() -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    // A line that can't be written is lost. To complain about that on the same standard error would panic, and with
    // a full disk take the log's writer along.
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).log_internal_errors(false);
    match io::stderr().is_terminal() {
        true => lines.with_target(false).boxed(),
        false => lines.json().flatten_event(true).boxed(),
    }
}

/// How often what was measured is taken into the figures. Until then every measurement is kept by itself.
const UPKEEP: Duration = Duration::from_secs(5);

/// Collects figures from now on. Nobody may ever ask for them, so that they are summed up here.
pub fn count() -> Result<PrometheusHandle> {
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?;
    let builder = builder.set_buckets_for_metric(Matcher::Suffix("_records".to_owned()), &COUNTS)?;
    let handle = builder.install_recorder().context("collect metrics")?;
    figures::describe();
    let figures = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            figures.run_upkeep();
        }
    });
    Ok(handle)
}
