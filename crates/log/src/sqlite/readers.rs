//! A few connections that only read, used on threads that may block.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::{fault, file};
use crate::LogError;

pub(super) struct Readers {
    path: PathBuf,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub fn new(path: PathBuf, count: usize) -> Self {
        let permits = Arc::new(Semaphore::new(count.max(1)));
        Self { path, permits, idle: Mutex::default() }
    }

    /// Runs `question` as soon as one of the connections is free.
    pub async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| LogError::Closed)?;
        let readers = self.clone();
        let asking = spawn_blocking(move || {
            let connection = readers.take()?;
            let answer = question(&connection);
            // The permit outlives this task's wait, but not its connection's use.
            readers.give_back(connection);
            drop(permit);
            answer
        });
        asking.await.map_err(fault::lost)?
    }

    /// Lets the running questions end and takes no more.
    pub fn close(&self) {
        self.permits.close();
        self.idle().clear();
    }

    fn take(&self) -> Result<Connection, LogError> {
        let idle = self.idle().pop();
        idle.map_or_else(|| file::open_to_read(&self.path), Ok)
    }

    fn give_back(&self, connection: Connection) {
        if !self.permits.is_closed() {
            self.idle().push(connection);
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
