//! The state behind every method: the application, its read models, and the door that all edges share.

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;

use sandan_app::{App, Door};
use sandan_views::Views;
use tokio::sync::watch;

/// What the binary tells this edge about the place it runs in.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Scheme, host and port under which people reach the program, without a slash at the end.
    pub public_url: Option<String>,
    /// Reached over TLS: ours, or that of a proxy in front.
    pub secure: bool,
    /// Longest message of a call, in bytes.
    pub message_bytes_max: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { public_url: None, secure: false, message_bytes_max: 1024 * 1024 }
    }
}

/// What the edge is made of.
pub struct Parts {
    pub app: App,
    pub views: Views,
    pub door: Arc<Door>,
    pub settings: Settings,
    /// Turns true when the program is about to end: streams end then, so that it can.
    pub shutdown: watch::Receiver<bool>,
}

/// The client's own address. Whoever serves the router puts it into the call's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Client(pub IpAddr);

/// Cheap to clone; dereferences to [`Parts`].
#[derive(Clone)]
pub(crate) struct Node(Arc<Parts>);

impl Node {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// What the addresses of problems' descriptions begin with.
    pub fn base(&self) -> &str {
        self.settings.public_url.as_deref().unwrap_or_default()
    }
}

impl Deref for Node {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
