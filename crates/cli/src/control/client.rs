//! The operator's end: runs an operation here, or has the running server do it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::listener::Request;
use super::{Frame, Operation, Reporter, socket};
use crate::config::Settings;
use crate::failure::{Code, Failure};
use crate::folder::Folder;
use crate::lock::{self, Lock, Taken};
use crate::wiring::Engine;

/// How long to wait for another short command, or for a server that is starting.
const PATIENCE: Duration = Duration::from_secs(20);
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// The frames of a running operation.
pub struct Answer {
    frames: mpsc::Receiver<Frame>,
    /// Ends when the data folder is let go of, or the socket closed.
    running: JoinHandle<Result<()>>,
}

impl Answer {
    pub async fn next(&mut self) -> Option<Frame> {
        self.frames.recv().await
    }

    /// Waits until everything is let go of.
    pub async fn close(self) -> Result<()> {
        drop(self.frames);
        self.running.await.context("the operation broke off")?
    }
}

/// Who will run the operation.
enum Runner {
    Here(Lock),
    Server(UnixStream),
}

/// Starts `operation` wherever it can run.
pub async fn ask(settings: &Settings, operation: Operation) -> Result<Answer> {
    let folder = Folder::new(&settings.data);
    let (reporter, frames) = Reporter::new();
    let running = match runner(&folder, operation.name()).await? {
        Runner::Here(lock) => tokio::spawn(here(settings.clone(), lock, operation, reporter)),
        Runner::Server(stream) => tokio::spawn(there(stream, operation, reporter)),
    };
    Ok(Answer { frames, running })
}

/// Runs `work` here, whoever else is there: for what is no operation on a log that is open. It takes the data
/// folder itself if it needs it.
pub fn alone<W>(work: impl FnOnce(Reporter) -> W) -> Answer
where
    W: Future<Output = Result<serde_json::Value>> + Send + 'static,
{
    let (reporter, frames) = Reporter::new();
    let last = reporter.clone();
    let working = work(reporter);
    let running = tokio::spawn(async move {
        let frame = match working.await {
            Ok(value) => Frame::Done { value },
            Err(error) => Frame::Failed(Failure::of(&error)),
        };
        // Whoever asked may have gone.
        _ = last.send(frame).await;
        Ok(())
    });
    Answer { frames, running }
}

/// Whether somebody answers at the data folder's socket.
pub async fn is_server_running(settings: &Settings) -> bool {
    socket::connect(&Folder::new(&settings.data)).await.is_ok()
}

async fn runner(folder: &Folder, command: &str) -> Result<Runner> {
    let patience = Instant::now() + PATIENCE;
    loop {
        if let Ok(stream) = socket::connect(folder).await {
            return Ok(Runner::Server(stream));
        }
        let holder = match Lock::try_take(folder, command)? {
            Taken::Ours(lock) => return Ok(Runner::Here(lock)),
            Taken::Theirs(holder) => holder,
        };
        if Instant::now() >= patience {
            return Err(lock::in_use(folder, holder.as_ref()));
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
}

async fn here(settings: Settings, lock: Lock, operation: Operation, reporter: Reporter) -> Result<()> {
    let engine = match Engine::open(&settings).await {
        Ok(engine) => Arc::new(engine),
        Err(error) => return reporter.send(Frame::Failed(Failure::of(&error))).await,
    };
    let last = match operation.run(&engine, &reporter).await {
        Ok(value) => Frame::Done { value },
        Err(error) => Frame::Failed(Failure::of(&error)),
    };
    // Let go of the folder before saying that it is done: the next command may follow at once.
    let closed = engine.close().await;
    drop(lock);
    _ = reporter.send(last).await;
    closed
}

async fn there(mut stream: UnixStream, operation: Operation, reporter: Reporter) -> Result<()> {
    let request =
        Request { version: env!("CARGO_PKG_VERSION").to_owned(), operation: serde_json::to_value(&operation)? };
    let mut line = serde_json::to_vec(&request)?;
    line.push(b'\n');
    stream.write_all(&line).await.context("speak to the running server")?;
    let mut lines = BufReader::new(stream).lines();
    loop {
        let line = lines.next_line().await;
        let Some(line) = line.unwrap_or_default() else {
            return reporter.send(Frame::Failed(broken_off())).await;
        };
        let frame: Frame = serde_json::from_str(&line).map_err(|error| anyhow!("the server's answer: {error}"))?;
        let is_last = matches!(frame, Frame::Done { .. } | Frame::Failed(_));
        reporter.send(frame).await?;
        if is_last {
            return Ok(());
        }
    }
}

fn broken_off() -> Failure {
    let mend = "See its log for the reason. What it had accepted is kept; the command can be run again.";
    Failure::new(Code::Failed, "the server went away before it had answered", mend)
}
