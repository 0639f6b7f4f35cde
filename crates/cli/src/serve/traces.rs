//! Traces: spans from an edge's call to the append, and of the batches and projections behind it, sent to a collector
//! over OTLP. Off unless a collector is named.
//!
//! Spans carry no words of persons and no tracking code: routes are patterns, and commands are named by their kind.

use anyhow::Result;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use opentelemetry::context::FutureExt;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::TracerProvider;
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::registry::LookupSpan;

/// Where spans go, if anywhere.
pub struct Traces(Option<SdkTracerProvider>);

impl Traces {
    /// Must be called within the runtime: what sends them lives there. A collector that does not answer is no error.
    pub fn to(collector: Option<&str>, node: &str) -> Result<Self> {
        let Some(url) = collector else { return Ok(Self(None)) };
        let exporter = SpanExporter::builder().with_tonic().with_endpoint(url).build();
        let exporter = anyhow::Context::with_context(exporter, || format!("send traces to {url}"))?;
        let node = KeyValue::new("service.instance.id", node.to_owned());
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = Resource::builder().with_service_name("sandan").with_attributes([node, version]).build();
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
        Ok(Self(Some(provider)))
    }

    /// Takes our spans, and nothing that is written as a line.
    pub fn layer<S>(&self) -> Option<Box<dyn Layer<S> + Send + Sync>>
    where
        S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
    {
        let tracer = self.0.as_ref()?.tracer("sandan");
        let ours = filter_fn(|metadata| metadata.is_span() && metadata.target().starts_with("sandan"));
        let layer = tracing_opentelemetry::layer().with_tracer(tracer).with_location(false).with_threads(false);
        Some(layer.with_tracked_inactivity(false).with_filter(ours.with_max_level_hint(LevelFilter::DEBUG)).boxed())
    }

    pub const fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Sends what is left.
    pub async fn end(self) {
        let Some(provider) = self.0 else { return };
        let ended = tokio::task::spawn_blocking(move || provider.shutdown()).await;
        if let Ok(Err(error)) = ended {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

/// The layer: a call that says which trace it belongs to (W3C Trace Context) goes on with it.
pub async fn go_on(request: Request, next: Next) -> Response {
    let parent = TraceContextPropagator::new().extract_with_context(&Context::new(), &Headers(request.headers()));
    next.run(request).with_context(parent).await
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(axum::http::HeaderName::as_str).collect()
    }
}
