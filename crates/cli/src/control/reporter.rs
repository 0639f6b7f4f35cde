//! How a running operation speaks to whoever asked for it, here or at the other end of the socket.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use serde::Serialize;
use tokio::sync::mpsc;

use super::frame::{Frame, Progress, Unit};

/// Frames that may wait for a slow reader; then the operation waits.
const FRAMES_MAX: usize = 64;
/// Bars need no more.
const BETWEEN_PROGRESS: Duration = Duration::from_millis(50);

/// The operation's end of the channel.
#[derive(Clone)]
pub struct Reporter {
    frames: mpsc::Sender<Frame>,
    last_progress: Arc<Mutex<Option<Instant>>>,
}

impl Reporter {
    pub fn new() -> (Self, mpsc::Receiver<Frame>) {
        let (frames, received) = mpsc::channel(FRAMES_MAX);
        (Self { frames, last_progress: Arc::default() }, received)
    }

    /// Tells how far it is. Dropped if the last one was a moment ago or the reader is slow.
    pub fn progress(&self, done: u64, total: Option<u64>, unit: Unit) {
        let is_last = total == Some(done);
        let mut last = self.last_progress.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let is_due = last.is_none_or(|last| last.elapsed() >= BETWEEN_PROGRESS);
        if is_due || is_last {
            *last = Some(Instant::now());
            _ = self.frames.try_send(Frame::Progress(Progress { done, total, unit }));
        }
    }

    /// Whether nobody listens any more: then a long operation may stop.
    pub fn is_gone(&self) -> bool {
        self.frames.is_closed()
    }

    pub async fn note(&self, text: impl Into<String>) -> Result<()> {
        self.send(Frame::Note { text: text.into() }).await
    }

    pub async fn item(&self, value: &impl Serialize) -> Result<()> {
        self.send(Frame::Item { value: serde_json::to_value(value)? }).await
    }

    pub async fn chunk(&self, bytes: Vec<u8>) -> Result<()> {
        self.send(Frame::Chunk { bytes }).await
    }

    /// Any frame, from a task that has no failure to pass on.
    pub async fn send(&self, frame: Frame) -> Result<()> {
        self.frames.send(frame).await.map_err(|_| anyhow!("whoever asked has gone"))
    }
}
