//! The postmaster as a child process: started, waited for, ended.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

use super::files;

/// How long a start may take. Generous: it is no verdict on speed.
const PATIENCE: Duration = Duration::from_secs(60);
const EVERY: Duration = Duration::from_millis(10);

pub(super) struct Server {
    pub port: u16,
    /// `name=value`, given on the command line.
    pub settings: Vec<String>,
    child: Option<Child>,
    folder: Folder,
}

/// Where a cluster's files are.
enum Folder {
    Own(TempDir),
    /// Somebody else's, who also runs it.
    Lent(PathBuf),
}

impl Server {
    /// Serves the cluster in the folder's `data`.
    pub fn start(folder: TempDir, settings: Vec<String>) -> Self {
        let mut server = Self { port: free_port(), settings, child: None, folder: Folder::Own(folder) };
        server.run();
        server
    }

    /// One that runs already, and goes on after this value.
    pub fn lent(folder: PathBuf, port: u16) -> Self {
        Self { port, settings: Vec::new(), child: None, folder: Folder::Lent(folder) }
    }

    pub fn is_lent(&self) -> bool {
        matches!(self.folder, Folder::Lent(_))
    }

    pub fn folder(&self) -> &Path {
        match &self.folder {
            Folder::Own(folder) => folder.path(),
            Folder::Lent(folder) => folder,
        }
    }

    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Starts the postmaster and waits until it takes connections. After a crash its files may be in use for a
    /// moment: then it is tried again.
    pub fn run(&mut self) {
        assert!(!self.is_lent(), "a shared cluster is not for stopping: start one of your own");
        let begun = Instant::now();
        while !self.try_run(begun) {
            assert!(begun.elapsed() < PATIENCE, "postgres does not start: {}", self.last_words());
            thread::sleep(EVERY);
        }
    }

    fn try_run(&mut self, begun: Instant) -> bool {
        let pidfile = self.folder().join("data/postmaster.pid");
        let mut child = self.spawn();
        let own = child.id().to_string();
        while child.try_wait().expect("look at postgres").is_none() {
            // Its own id in the first line: a file that a crash left behind says nothing.
            let state = std::fs::read_to_string(&pidfile).unwrap_or_default();
            let mut lines = state.lines();
            if lines.next() == Some(&own) && lines.nth(6).is_some_and(|status| status.trim() == "ready") {
                self.child = Some(child);
                return true;
            }
            assert!(begun.elapsed() < PATIENCE, "postgres is not ready: {}", self.last_words());
            thread::sleep(EVERY);
        }
        false
    }

    /// A thread of its own starts it and never ends: the kernel takes the end of the thread that started a process
    /// for the end of its parent.
    fn spawn(&self) -> Child {
        let mut command = command(self.folder(), self.port, &self.settings);
        let log = log(self.folder());
        let errors = log.try_clone().expect("a second handle of the log");
        command.stdin(Stdio::null()).stdout(log).stderr(errors);
        let (started, child) = mpsc::channel();
        let keeper = thread::Builder::new().name("postgres".to_owned());
        let keeper = keeper.spawn(move || {
            let spawned = command.spawn();
            if started.send(spawned).is_ok() {
                loop {
                    thread::park();
                }
            }
        });
        keeper.expect("start a thread");
        child.recv().expect("the thread answers").expect("start postgres")
    }

    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            _ = child.kill();
            _ = child.wait();
        }
    }

    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let pid = Pid::from_raw(i32::try_from(child.id()).expect("a process id"));
            _ = kill(pid, Signal::SIGINT);
            _ = child.wait();
        }
    }

    fn last_words(&self) -> String {
        let log = std::fs::read_to_string(self.folder().join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(12).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The postmaster on the cluster in the folder's `data`.
pub(super) fn command(folder: &Path, port: u16, settings: &[String]) -> Command {
    let mut command = files::ordinary("postgres", folder);
    command.arg("-D").arg(folder.join("data"));
    command.arg("-c").arg(format!("unix_socket_directories={}", folder.display()));
    let port = format!("port={port}");
    let fixed = ["listen_addresses=127.0.0.1", "max_connections=200", "shared_buffers=64MB", &port];
    for setting in fixed.into_iter().chain(settings.iter().map(String::as_str)) {
        command.args(["-c", setting]);
    }
    command
}

/// What the server says goes here.
pub(super) fn log(folder: &Path) -> File {
    File::options().create(true).append(true).open(folder.join("log")).expect("open the log")
}

/// The line of its own file that says whether it takes connections.
pub(super) fn is_ready(folder: &Path) -> bool {
    let state = std::fs::read_to_string(folder.join("data/postmaster.pid")).unwrap_or_default();
    state.lines().nth(7).is_some_and(|status| status.trim() == "ready")
}

/// A port that nobody has at this moment.
pub(super) fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("find a free port");
    listener.local_addr().expect("a bound port").port()
}
