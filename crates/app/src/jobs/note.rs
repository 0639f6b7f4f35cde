//! What a job notes down without an event: a timer that is put off, how far it has come.

use bytes::Bytes;
use sandan_log::{Append, Command, RowChange, TimerChange};
use uuid::Uuid;

use crate::app::App;
use crate::refusal::Refusal;

impl App {
    /// Changes rows and timers, all or none, under the fence of the job that this handle is for.
    pub(crate) async fn note(&self, rows: Vec<RowChange>, timers: Vec<TimerChange>) -> Result<(), Refusal> {
        let command = Command { id: Uuid::new_v4(), fingerprint: [0; 32], outcome: Bytes::new() };
        let append = Append { rows, timers, fence: self.fence(), ..Append::new(command) };
        self.0.log.append(append).await.map(|_| ()).map_err(|error| Refusal::Unavailable(error.to_string()))
    }
}
