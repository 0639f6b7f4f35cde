//! The way to the writer: a bounded queue that gives a payload back when it is full.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tracing::Span;

use crate::prepare::Prepared;
use crate::{AppendError, Appended, LogError, trace};

/// Appends that may wait for the writer.
pub(super) const QUEUE_APPENDS_MAX: usize = 4_096;

/// An append and whom to answer.
pub(super) struct Request {
    pub prepared: Prepared,
    pub span: Span,
    answer: oneshot::Sender<Result<Appended, AppendError>>,
}

impl Request {
    /// Who asked may have gone away: then nobody needs the answer.
    pub fn reply(self, answer: Result<Appended, AppendError>) {
        self.prepared.append.fate.settle(&answer);
        _ = self.answer.send(answer);
    }
}

pub(super) struct Queue(Mutex<Option<mpsc::Sender<Request>>>);

impl Queue {
    pub fn new() -> (Self, mpsc::Receiver<Request>) {
        let (sender, receiver) = mpsc::channel(QUEUE_APPENDS_MAX);
        (Self(Mutex::new(Some(sender))), receiver)
    }

    pub async fn append(&self, prepared: Prepared) -> Result<Appended, AppendError> {
        let (answer, answered) = oneshot::channel();
        self.put(Request { prepared, span: trace::of_append(), answer })?;
        answered.await.map_err(|_| LogError::Closed)?
    }

    /// Fails once it was stopped, or if the writer ended in a panic: nothing can be appended any more.
    pub fn check(&self) -> Result<(), LogError> {
        let is_open = self.guard().as_ref().is_some_and(|sender| !sender.is_closed());
        if is_open { Ok(()) } else { Err(LogError::Closed) }
    }

    /// Takes no more. The writer ends after the last one that was taken.
    pub fn stop(&self) {
        self.guard().take();
    }

    fn put(&self, request: Request) -> Result<(), AppendError> {
        let guard = self.guard();
        let sender = guard.as_ref().ok_or(LogError::Closed)?;
        match sender.try_send(request) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(request)) => {
                Err(AppendError::Full { append: Box::new(request.prepared.append), queued: QUEUE_APPENDS_MAX })
            }
            Err(TrySendError::Closed(_)) => Err(LogError::Closed.into()),
        }
    }

    fn guard(&self) -> MutexGuard<'_, Option<mpsc::Sender<Request>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
