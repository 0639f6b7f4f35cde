//! Connections that only read, on threads that may block. A pool belongs to one file; after a rebuild there is
//! another pool, and this one ends with its last question.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::file;
use crate::ViewsError;

/// Questions that run at the same time; more of them wait.
const READERS: usize = 8;

pub(crate) struct Pool {
    path: PathBuf,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
}

impl Pool {
    pub fn new(path: PathBuf) -> Self {
        Self { path, permits: Arc::new(Semaphore::new(READERS)), idle: Mutex::default() }
    }

    /// Runs `question` on one state of the tables, however many statements it is.
    pub async fn run<T: Send + 'static>(
        self: Arc<Self>,
        question: impl FnOnce(&Connection) -> Result<T, ViewsError> + Send + 'static,
    ) -> Result<T, ViewsError> {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| ViewsError::Closed)?;
        let asking = spawn_blocking(move || {
            let connection = self.take()?;
            let snapshot = connection.unchecked_transaction()?;
            let answer = question(&snapshot);
            drop(snapshot);
            self.idle().push(connection);
            drop(permit);
            answer
        });
        asking.await.map_err(|error| ViewsError::Storage(error.to_string()))?
    }

    fn take(&self) -> Result<Connection, ViewsError> {
        let idle = self.idle().pop();
        idle.map_or_else(|| file::open_to_read(&self.path), Ok)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
