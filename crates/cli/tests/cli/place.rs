//! A data folder with the binary on it.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// A data folder, and perhaps a server on it.
pub struct Place {
    pub temp: TempDir,
    pub server: Option<Server>,
    /// Given to every command, such as `--database URL`.
    settings: Vec<String>,
    /// Set for every command, such as the credentials of an object store.
    pub environment: Vec<(&'static str, String)>,
}

/// What servers on this folder say on standard error.
pub fn said_by(data: &Path) -> std::path::PathBuf {
    data.with_extension("stderr")
}

/// The whole answer of whoever listens at `url`.
pub fn call(url: &str, method: &str, path: &str, token: &str, body: &str) -> String {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    // Visitors have none.
    let identity = if token.is_empty() { String::new() } else { format!("Authorization: Bearer {token}\r\n") };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\n{identity}Content-Type: application/json\r\nContent-Length: \
         {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Waits until `look` finds what it looks for.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Generous: it is no verdict on speed.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Server {
    pub child: Child,
    output: BufReader<std::process::ChildStdout>,
    /// What it printed when it was ready.
    pub ready: Value,
}

impl Server {
    /// Waits for the line that says that it listens.
    pub fn start(data: &Path, further: &[&str]) -> Self {
        Self::start_in(data, further, &[])
    }

    /// The same with some variables of the environment set.
    pub fn start_in(data: &Path, further: &[&str], environment: &[(&'static str, String)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandan"));
        command.args(["serve", "--json", "--listen", "127.0.0.1:0", "--data"]).arg(data).args(further);
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        let said = File::options().create(true).append(true).open(said_by(data)).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(said).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).unwrap_or_else(|_| panic!("it did not start: {line:?}"));
        Self { child, output, ready }
    }

    /// The whole answer, head and body.
    pub fn get(&self, path: &str, token: &str) -> String {
        self.call("GET", path, token, "")
    }

    /// What comes back as JSON from a call that must succeed.
    pub fn post(&self, path: &str, token: &str, body: &Value) -> Value {
        let answer = self.call("POST", path, token, &body.to_string());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 20"), "{path}: {answer}");
        serde_json::from_str(body).unwrap()
    }

    /// Status and body of an answer that is JSON.
    pub fn json(&self, path: &str, token: &str) -> (u16, Value) {
        let answer = self.get(path, token);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), serde_json::from_str(body).unwrap_or_default())
    }

    fn call(&self, method: &str, path: &str, token: &str, body: &str) -> String {
        call(self.ready["url"].as_str().unwrap(), method, path, token, body)
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// Ends it as an operator does, and waits.
    pub fn stop(mut self) {
        self.signal("-TERM");
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        assert!(self.child.wait().unwrap().success(), "it ended in order");
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Place {
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// With settings for every command, such as `--database URL`.
    pub fn with(settings: &[&str]) -> Self {
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        Self { temp: tempfile::tempdir().unwrap(), server: None, settings, environment: Vec::new() }
    }

    pub fn with_community() -> Self {
        let place = Self::new();
        place.json(&["community", "add", "lakeside", "湖滨社区"]);
        place
    }

    pub fn settings(&self) -> &[String] {
        &self.settings
    }

    pub fn data(&self) -> std::path::PathBuf {
        self.temp.path().join("data")
    }

    pub fn serve(&mut self) -> &Server {
        let settings: Vec<&str> = self.settings.iter().map(String::as_str).collect();
        self.server.insert(Server::start_in(&self.data(), &settings, &self.environment))
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandan"));
        command.args(arguments).args(&self.settings);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.arg("--data").arg(self.data()).current_dir(self.temp.path()).output().unwrap()
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--json"]].concat());
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {error}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What it says when it fails, which it must.
    pub fn fails(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?} should fail");
        String::from_utf8(output.stderr).unwrap()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.temp.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn import(&self, file: &str) -> Value {
        self.json(&["import", file, "--community", "lakeside"])
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            server.kill();
        }
    }
}
