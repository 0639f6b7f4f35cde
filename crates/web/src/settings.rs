//! What the binary tells the HTTP edge about the place it runs in.

use jiff::Timestamp;
use tokio::sync::watch;

use crate::client::Network;

/// Everything has a default that is safe on one machine.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Scheme, host and port under which people reach the program, without a slash at the end.
    pub public_url: Option<String>,
    /// Reached over TLS: ours, or that of a proxy in front.
    pub secure: bool,
    /// It listens on the machine itself only.
    pub loopback: bool,
    /// A demonstration: the pages say so and show its sign-ins.
    pub demo: bool,
    /// The program's time is not the machine's: every page says so.
    pub rehearsal: Option<Rehearsal>,
    /// Writes without a token, per client address. 0: without a limit.
    pub writes_per_minute: u32,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Longest body of a call, in bytes.
    pub body_bytes_max: usize,
    /// Largest attachment, in bytes.
    pub attachment_bytes_max: usize,
    /// Writes under way at once; one more is answered `503`.
    pub writes_in_flight_max: usize,
    /// Whether the bus to other nodes is up; without one there are none, or they are told by the log alone.
    pub bus: Option<watch::Receiver<bool>>,
}

/// A clock that stood at `start` when the rehearsal began, and runs `speed` times as fast as the machine's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rehearsal {
    pub start: Timestamp,
    pub speed: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: None,
            secure: false,
            loopback: true,
            demo: false,
            rehearsal: None,
            writes_per_minute: 60,
            trusted_proxies: Vec::new(),
            body_bytes_max: 1024 * 1024,
            attachment_bytes_max: 10 * 1024 * 1024,
            writes_in_flight_max: 2_048,
            bus: None,
        }
    }
}

impl Settings {
    /// Passwords may travel only over TLS, or without leaving the machine.
    pub const fn allows_sign_in(&self) -> bool {
        self.secure || self.loopback
    }

    /// Name of the session's cookie. The prefix binds it to TLS and to this very host, which plain HTTP can't have.
    pub const fn session_cookie(&self) -> &'static str {
        if self.secure { "__Host-sandan" } else { "sandan" }
    }
}
