//! The state of every handler: the application, its read models, and the edge's own settings and limits.

use std::ops::Deref;
use std::sync::Arc;

use metrics_exporter_prometheus::PrometheusHandle;
use sandan_app::{App, Door};
use sandan_views::Views;
use tokio::sync::watch;

use crate::settings::Settings;

/// Cheap to clone; dereferences to [`Inner`].
#[derive(Clone)]
pub struct Site(Arc<Inner>);

pub struct Inner {
    pub app: App,
    pub views: Views,
    pub settings: Settings,
    /// Turns true when the program is about to end: streams end then, so that it can.
    pub shutdown: watch::Receiver<bool>,
    /// What `/metrics` answers; without it there are none.
    pub metrics: Option<PrometheusHandle>,
    /// Shared with whatever other edges this node has.
    pub door: Arc<Door>,
}

/// What a [`Site`] is made of.
pub struct Parts {
    pub app: App,
    pub views: Views,
    pub settings: Settings,
    pub shutdown: watch::Receiver<bool>,
    pub metrics: Option<PrometheusHandle>,
}

impl Site {
    pub fn new(parts: Parts) -> Self {
        let Parts { app, views, settings, shutdown, metrics } = parts;
        let door = Arc::new(Door::new(settings.writes_per_minute, settings.writes_in_flight_max));
        Self(Arc::new(Inner { app, views, settings, shutdown, metrics, door }))
    }
}

impl Deref for Site {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
