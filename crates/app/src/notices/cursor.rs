//! How far an endpoint was told, and how it stands with the message that is next.

use jiff::Timestamp;
use sandan_domain::ids::derive;
use sandan_log::{Log, Position, RowChange};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::notices::retry::Retry;
use crate::notices::rows::{self, CURSORS, put};
use crate::refusal::Refusal;

/// Everything up to `position` was told, and of the next record the first `nth` messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Counts the changes of this row.
    pub(super) revision: u64,
    pub position: Position,
    pub(super) nth: usize,
    /// Failures of the message that is next.
    pub attempts: u32,
    /// When it is tried again.
    pub next_at: Option<Timestamp>,
    pub last_error: Option<String>,
    pub last_delivered: Option<Timestamp>,
}

impl Cursor {
    /// At a position, with nothing tried.
    pub(super) const fn at(position: Position) -> Self {
        let (next_at, last_error, last_delivered) = (None, None, None);
        Self { revision: 0, position, nth: 0, attempts: 0, next_at, last_error, last_delivered }
    }

    /// The next message was told, or laid aside.
    pub(super) fn moves_to(&mut self, position: Position, nth: usize) {
        (self.position, self.nth) = (position, nth);
        (self.attempts, self.next_at) = (0, None);
    }

    /// It failed once more.
    pub(super) fn failed(&mut self, error: String, now: Timestamp, retry: Retry) {
        self.attempts += 1;
        self.next_at = Some(retry.next(now, self.attempts));
        self.last_error = Some(error);
    }

    /// Writes it with `more`. `false`: somebody else changed it first, and nothing was written.
    pub(super) async fn save(&mut self, app: &App, channel: Uuid, more: Vec<RowChange>) -> Result<bool, Refusal> {
        self.revision += 1;
        let command = derive(channel, &format!("cursor/{}", self.revision));
        let mut changes = vec![put(CURSORS, channel.as_bytes(), self)?];
        changes.extend(more);
        rows::change(app, command, changes).await
    }

    pub(super) async fn load(log: &dyn Log, channel: Uuid) -> Result<Option<Self>, Refusal> {
        rows::get(log, CURSORS, channel.as_bytes()).await
    }
}
