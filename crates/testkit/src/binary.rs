//! The program itself, as a child process with a data folder and a port of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// How long a start may take before a test gives up. Generous: it is no verdict on speed.
const START_PATIENCE: Duration = Duration::from_secs(60);

/// A running `sandan serve`. Dropping it kills it as a crash would.
pub struct Sandan {
    child: Option<Child>,
    folder: TempDir,
    url: String,
}

/// The binary beside the running test, as cargo builds them.
pub fn binary() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own path");
    let profile = test.ancestors().nth(2).expect("a test lies in target/<profile>/deps");
    let binary = profile.join("sandan");
    assert!(binary.exists(), "{} is missing: build the workspace first", binary.display());
    binary
}

impl Sandan {
    /// Starts on an empty data folder.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts on an empty data folder with further arguments.
    pub fn start_with(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("make a data folder");
        let (child, url) = serve(folder.path(), arguments);
        Self { child: Some(child), folder, url }
    }

    /// Where it listens, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The process, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Ends it without any warning, as a loss of power would.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Starts again on the same data.
    pub fn restart(&mut self) {
        self.kill();
        let (child, url) = serve(self.folder.path(), &[]);
        self.child = Some(child);
        self.url = url;
    }

    /// Runs an operator's command on the same data, whether the server runs or not.
    pub fn command(&self, arguments: &[&str]) -> Output {
        command(self.folder.path(), arguments)
    }

    /// The same with `--json`, expecting success.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let output = self.command(&arguments);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?} printed no JSON ({error}): {text}"))
    }

    /// A new token, `role` being as in `--role`, with further arguments such as `--unit`.
    pub fn token(&self, role: &str, further: &[&str]) -> String {
        let arguments: Vec<&str> =
            ["token", "create", "--role", role].into_iter().chain(further.iter().copied()).collect();
        self.json(&arguments)["token"].as_str().expect("a token").to_owned()
    }
}

impl Drop for Sandan {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Runs `sandan ARGUMENTS --data FOLDER` to its end.
pub fn command(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(binary()).args(arguments).arg("--data").arg(folder).output().expect("run sandan")
}

/// Starts the server and waits for the line that says where it listens.
fn serve(folder: &Path, arguments: &[&str]) -> (Child, String) {
    let mut child = Command::new(binary())
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("start sandan");
    let lines = BufReader::new(child.stdout.take().expect("a piped output")).lines();
    let (found, url) = mpsc::channel();
    // The rest of the output is read too, so that the pipe never fills.
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if let Some(url) = address_in(&line) {
                let _ = found.send(url);
            }
        }
    });
    let url = url.recv_timeout(START_PATIENCE).expect("the server says where it listens");
    (child, url)
}

/// The first `http://127.0.0.1:PORT` in a line.
fn address_in(line: &str) -> Option<String> {
    let start = line.find("http://127.0.0.1:")?;
    let rest = &line[start..];
    let host = "http://127.0.0.1:".len();
    let digits = rest[host..].bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| rest[..host + digits].to_owned())
}
