//! Looks for what other nodes append. Asking for the end of an index a few times a second costs less than telling
//! everybody of every commit, and needs no connection that must not break.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::timeout;

use super::read;
use super::readers::Readers;
use super::seen::Seen;
use crate::LogError;

/// Where others are at work the next look comes that much sooner.
const SOONER: u32 = 8;

/// Runs until the readers are closed.
pub(super) async fn look_out(readers: Arc<Readers>, seen: Arc<Seen>, nudge: Arc<Notify>, quiet: Duration) {
    let mut pause = quiet;
    loop {
        // A nudge ends the pause; so does its end.
        _ = timeout(pause, nudge.notified()).await;
        pause = match read::stat(&readers).await {
            Ok(stat) if seen.publish(stat.head) => quiet / SOONER,
            Ok(_) => (pause * 2).min(quiet),
            Err(LogError::Closed) => return,
            Err(error) => {
                tracing::warn!(%error, "failed to look for other nodes' appends");
                quiet
            }
        };
    }
}
