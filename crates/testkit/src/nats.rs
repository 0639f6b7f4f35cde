//! NATS servers with JetStream: real ones, on ports and in folders of their own, that a test can kill, stop for a
//! while, or set back to an older store.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

use crate::tools::{free_port, tool};

/// How long a start may take before a test gives up. Generous: it is no verdict on speed.
const START_PATIENCE: Duration = Duration::from_secs(30);

/// One server. Dropping it kills it and removes its store.
pub struct Nats {
    child: Option<Child>,
    folder: TempDir,
    name: String,
    port: u16,
    arguments: Vec<String>,
}

impl Nats {
    /// A server of its own, answering.
    pub fn start() -> Self {
        let mut server = Self::prepare("nats", Vec::new());
        server.restart();
        server
    }

    /// The same, where only `user` with `password` is let in.
    pub fn start_for(user: &str, password: &str) -> Self {
        let arguments = ["--user", user, "--pass", password].map(str::to_owned).to_vec();
        let mut server = Self::prepare("nats", arguments);
        server.restart();
        server
    }

    /// A server without JetStream.
    pub fn start_plain() -> Self {
        let mut server = Self::prepare("plain", Vec::new());
        server.arguments.retain(|argument| argument != "-js");
        server.restart();
        server
    }

    /// Not running yet: a port that will answer after [`Nats::restart`].
    pub fn stopped() -> Self {
        Self::prepare("nats", Vec::new())
    }

    /// Three servers that keep a stream together.
    pub fn cluster() -> [Self; 3] {
        let routes: [u16; 3] = std::array::from_fn(|_| free_port());
        let all = routes.map(|port| format!("nats://127.0.0.1:{port}")).join(",");
        let mut servers: [Self; 3] = std::array::from_fn(|nth| {
            let cluster = format!("nats://127.0.0.1:{}", routes[nth]);
            let arguments = ["--cluster_name", "sandan", "--cluster", &cluster, "--routes", &all];
            Self::prepare(&format!("nats-{}", nth + 1), arguments.map(str::to_owned).to_vec())
        });
        servers.iter_mut().for_each(Self::restart);
        servers
    }

    fn prepare(name: &str, further: Vec<String>) -> Self {
        let folder = tempfile::tempdir().expect("make a folder for NATS");
        let (port, store) = (free_port(), folder.path().join("js").display().to_string());
        let port_text = port.to_string();
        let own = ["-a", "127.0.0.1", "-p", &port_text, "-js", "-sd", &store, "-n", name].map(str::to_owned);
        Self { child: None, folder, name: name.to_owned(), port, arguments: [own.to_vec(), further].concat() }
    }

    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Starts it again, or at all, on its port and its store.
    pub fn restart(&mut self) {
        self.kill();
        let log = std::fs::File::create(self.folder.path().join("log")).expect("make a log of NATS");
        let errors = log.try_clone().expect("one log for both");
        let mut command = Command::new(tool("nats-server"));
        command.args(&self.arguments).stdin(Stdio::null()).stdout(log).stderr(errors);
        self.child = Some(command.spawn().expect("start nats-server: tests/run installs it"));
        self.wait_for_answer();
    }

    fn wait_for_answer(&self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let log = || std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            assert!(begun.elapsed() < START_PATIENCE, "{} does not answer: {}", self.name, log());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends it without any warning.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Stops it where it is: connections stay open and nobody answers.
    pub fn pause(&self) {
        self.signal(Signal::SIGSTOP);
    }

    /// Lets it go on.
    pub fn resume(&self) {
        self.signal(Signal::SIGCONT);
    }

    fn signal(&self, signal: Signal) {
        let child = self.child.as_ref().expect("the server runs");
        kill(Pid::from_raw(i32::try_from(child.id()).expect("a process id")), signal).expect("signal nats-server");
    }

    /// Asks a question in the protocol's own words, as any program may, and returns the answer.
    pub fn ask(&self, subject: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("reach NATS");
        let wish = format!(
            "CONNECT {{\"verbose\":false}}\r\nSUB answer.here 1\r\nPUB {subject} answer.here {}\r\n{body}\r\n",
            body.len()
        );
        stream.write_all(wish.as_bytes()).expect("ask NATS");
        stream.set_read_timeout(Some(START_PATIENCE)).expect("set a limit");
        let mut lines = BufReader::new(stream).lines().map(|line| line.expect("hear NATS"));
        lines.find(|line| line.starts_with("MSG answer.here")).expect("an answer");
        lines.next().expect("the answer's body")
    }

    /// A copy of the store as it is now. The server must not run.
    pub fn copy_store(&self) -> TempDir {
        assert!(self.child.is_none(), "a store is copied while nobody writes it");
        let copy = tempfile::tempdir().expect("make a folder for a copy");
        copy_folder(&self.store(), copy.path());
        copy
    }

    /// Puts an older store in place of the present one. The server must not run.
    pub fn roll_back(&self, copy: &TempDir) {
        assert!(self.child.is_none(), "a store is replaced while nobody writes it");
        let store = self.store();
        std::fs::remove_dir_all(&store).expect("remove the store");
        copy_folder(copy.path(), &store);
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("js")
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.kill();
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("make a folder");
    for entry in std::fs::read_dir(from).expect("read a folder") {
        let entry = entry.expect("read an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("its kind").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copy a file");
        }
    }
}
