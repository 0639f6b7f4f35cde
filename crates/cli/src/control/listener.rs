//! The server's end of the control socket.

use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Frame, Operation, Reporter, socket};
use crate::failure::{Code, Failure};
use crate::folder::Folder;
use crate::wiring::Engine;

/// The longest request, in bytes.
const REQUEST_BYTES_MAX: u64 = 1 << 20;

/// What a client sends: one line.
#[derive(Serialize, Deserialize)]
pub(super) struct Request {
    /// The client's version: two versions' operations need not be the same.
    pub version: String,
    pub operation: serde_json::Value,
}

/// Takes operations until it is told to stop.
pub struct Listener {
    listener: UnixListener,
    folder: Folder,
}

impl Listener {
    pub fn bind(folder: &Folder) -> Result<Self> {
        let listener = socket::bind(folder).with_context(|| format!("bind {}", folder.socket().display()))?;
        Ok(Self { listener, folder: folder.clone() })
    }

    /// Runs what comes in. When `stop` is cancelled, operations under way are ended too.
    pub async fn run(self, engine: Arc<Engine>, stop: CancellationToken) {
        let tasks = TaskTracker::new();
        while let Some(accepted) = stop.run_until_cancelled(self.listener.accept()).await {
            match accepted {
                Ok((stream, _)) => _ = tasks.spawn(serve(stream, engine.clone(), stop.clone())),
                Err(error) => {
                    tracing::warn!(%error, "the control socket can't accept");
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
            }
        }
        _ = std::fs::remove_file(self.folder.socket());
        tasks.close();
        tasks.wait().await;
    }
}

async fn serve(stream: UnixStream, engine: Arc<Engine>, stop: CancellationToken) {
    if let Err(error) = answer(stream, engine, stop).await {
        tracing::debug!("a control connection ended: {error:#}");
    }
}

async fn answer(mut stream: UnixStream, engine: Arc<Engine>, stop: CancellationToken) -> Result<()> {
    let (read, mut write) = stream.split();
    let mut read = BufReader::new(read.take(REQUEST_BYTES_MAX));
    let mut line = String::new();
    read.read_line(&mut line).await?;
    let operation = match operation(&line) {
        Ok(operation) => operation,
        Err(failure) => return send(&mut write, &Frame::Failed(failure)).await,
    };
    tracing::debug!(operation = operation.name(), "an operator's command");
    let (reporter, mut frames) = Reporter::new();
    let running = tokio::spawn(run(operation, engine, reporter, stop));
    let sent = tokio::select! {
        sent = forward(&mut frames, &mut write) => sent,
        () = gone(&mut read) => Err(anyhow!("the client has gone")),
    };
    if sent.is_err() {
        running.abort();
    }
    sent
}

/// Returns when the client has closed its end. It says nothing more after its request.
async fn gone(read: &mut (impl AsyncReadExt + Unpin)) {
    let mut nothing = [0; 64];
    while read.read(&mut nothing).await.is_ok_and(|read| read > 0) {}
}

fn operation(line: &str) -> Result<Operation, Failure> {
    let request: Request = serde_json::from_str(line)
        .map_err(|error| Failure::new(Code::Failed, format!("not a request: {error}"), ""))?;
    let version = env!("CARGO_PKG_VERSION");
    serde_json::from_value(request.operation).map_err(|error| {
        let message = format!("the server (sandan {version}) and this command ({}) differ: {error}", request.version);
        Failure::new(Code::VersionMismatch, message, "Run the command with the server's own version of sandan.")
    })
}

async fn run(operation: Operation, engine: Arc<Engine>, reporter: Reporter, stop: CancellationToken) {
    let stopped = || Err(Failure::new(Code::Failed, "the server is stopping", "Try again when it runs again."));
    let done = match stop.run_until_cancelled(operation.run(&engine, &reporter)).await {
        Some(done) => done.map_err(|error| Failure::of(&error)),
        None => stopped(),
    };
    let last = match done {
        Ok(value) => Frame::Done { value },
        Err(failure) => Frame::Failed(failure),
    };
    // Whoever asked may have gone; then there is nobody to tell.
    _ = reporter.send(last).await;
}

async fn forward(frames: &mut mpsc::Receiver<Frame>, write: &mut (impl AsyncWriteExt + Unpin)) -> Result<()> {
    while let Some(frame) = frames.recv().await {
        send(write, &frame).await?;
    }
    Ok(())
}

async fn send(write: &mut (impl AsyncWriteExt + Unpin), frame: &Frame) -> Result<()> {
    let mut line = serde_json::to_vec(frame)?;
    line.push(b'\n');
    write.write_all(&line).await?;
    Ok(write.flush().await?)
}
