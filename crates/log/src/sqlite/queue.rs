//! The way to the writer: a bounded queue that gives a payload back when it is full.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

use super::writer::Writer;
use crate::prepare::Prepared;
use crate::{AppendError, Appended, LogError, trace};

/// Appends that may wait for the writer.
pub(super) const QUEUE_APPENDS_MAX: usize = 4_096;

/// What the writer is asked to do.
pub(super) enum Job {
    Append(Box<Request>),
    /// Anything else, done between two batches.
    Do(Box<dyn FnOnce(&mut Writer) + Send>),
}

/// An append and whom to answer.
pub(super) struct Request {
    pub prepared: Prepared,
    pub answer: oneshot::Sender<Result<Appended, AppendError>>,
    /// Of whoever asked.
    pub span: tracing::Span,
}

pub(super) struct Queue(Mutex<Option<(mpsc::Sender<Job>, JoinHandle<()>)>>);

impl Queue {
    /// Starts the writer's thread. It ends when the queue is stopped and empty.
    pub fn start(writer: Writer) -> Result<Self, LogError> {
        let (sender, receiver) = mpsc::channel(QUEUE_APPENDS_MAX);
        let thread = thread::Builder::new().name("log-writer".to_owned());
        let thread = thread.spawn(move || writer.run(receiver));
        let thread = thread.map_err(|error| LogError::Storage(error.to_string()))?;
        Ok(Self(Mutex::new(Some((sender, thread)))))
    }

    pub async fn append(&self, prepared: Prepared) -> Result<Appended, AppendError> {
        let (answer, answered) = oneshot::channel();
        self.put(Job::Append(Box::new(Request { prepared, answer, span: trace::of_append() })))?;
        answered.await.map_err(|_| LogError::Closed)?
    }

    /// Runs `task` on the writer's thread, waiting for room if the queue is full.
    pub async fn call<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut Writer) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let (answer, answered) = oneshot::channel();
        let job = Job::Do(Box::new(move |writer| _ = answer.send(task(writer))));
        let sender = self.guard().as_ref().map(|(sender, _)| sender.clone());
        sender.ok_or(LogError::Closed)?.send(job).await.map_err(|_| LogError::Closed)?;
        answered.await.map_err(|_| LogError::Closed)?
    }

    /// Fails once it was stopped, or if the writer ended in a panic: nothing can be appended any more.
    pub fn check(&self) -> Result<(), LogError> {
        let is_open = self.guard().as_ref().is_some_and(|(sender, _)| !sender.is_closed());
        if is_open { Ok(()) } else { Err(LogError::Closed) }
    }

    /// Takes no more jobs. The thread ends after the last one that was taken.
    pub fn stop(&self) -> Option<JoinHandle<()>> {
        self.guard().take().map(|(_, thread)| thread)
    }

    fn put(&self, job: Job) -> Result<(), AppendError> {
        let guard = self.guard();
        let (sender, _) = guard.as_ref().ok_or(LogError::Closed)?;
        match sender.try_send(job) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(Job::Append(request))) => {
                let append = Box::new(request.prepared.append);
                Err(AppendError::Full { append, queued: QUEUE_APPENDS_MAX })
            }
            Err(_) => Err(LogError::Closed.into()),
        }
    }

    fn guard(&self) -> MutexGuard<'_, Option<(mpsc::Sender<Job>, JoinHandle<()>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for the writer. A writer that panicked has already failed everybody who waited for it.
pub(super) fn join(thread: JoinHandle<()>) {
    if thread.join().is_err() {
        tracing::error!("the log's writer ended in a panic");
    }
}
