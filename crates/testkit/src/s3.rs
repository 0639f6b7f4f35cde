//! An object store that speaks S3, on this machine and in memory.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::tools::{free_port, tool};

/// It is written in Python and slow to begin.
const STARTS_WITHIN: Duration = Duration::from_secs(60);

/// A running `moto_server`, ended with the value.
pub struct S3 {
    child: Child,
    port: u16,
}

impl S3 {
    /// Starts one with an empty bucket called `bucket`.
    pub fn start(bucket: &str) -> Self {
        let port = free_port();
        let mut command = Command::new(tool("moto_server"));
        command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("start moto_server: tests/run installs it");
        let server = Self { child, port };
        let begun = Instant::now();
        while !server.make(bucket).is_some_and(|answer| answer.contains(" 200 ")) {
            assert!(begun.elapsed() < STARTS_WITHIN, "moto_server does not answer on port {port}");
            std::thread::yield_now();
        }
        server
    }

    /// Where it listens.
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Makes another bucket.
    pub fn bucket(&self, name: &str) {
        assert!(self.make(name).is_some_and(|answer| answer.contains(" 200 ")), "no bucket {name}");
    }

    /// Puts an object where anybody may, beside whoever signs.
    pub fn put(&self, path: &str, body: &str) {
        let answer = self.call("PUT", path, body).unwrap_or_default();
        assert!(answer.contains(" 200 "), "{path}: {answer}");
    }

    fn make(&self, bucket: &str) -> Option<String> {
        self.call("PUT", bucket, "")
    }

    fn call(&self, method: &str, path: &str, body: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let ask = format!(
            "{method} /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(ask.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
