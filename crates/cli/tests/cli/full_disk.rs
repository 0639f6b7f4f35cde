//! A disk that fills under a running node: a real one, small and in memory, that only the node sees.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::place::{Place, call, wait_for};

/// A node in a mount space of its own, with a data folder of some megabytes.
struct Confined {
    child: Child,
    url: String,
    /// The data folder, as this process reaches it.
    data: String,
}

/// An ordinary user may make such a space on most machines. Where not, the log's own suite alone shows what happens.
fn may_mount() -> bool {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/mnt"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

const SCRIPT: &str = "
    mount -t tmpfs -o size=24m,mode=700 tmpfs \"$2\" && cp -a \"$1/.\" \"$2\" &&
    dd if=/dev/zero of=\"$2/ballast\" bs=1M count=8 status=none &&
    exec \"$3\" serve --json --listen 127.0.0.1:0 --writes-per-minute 1000000 --data \"$2\"";

impl Confined {
    /// On a copy of the place's data.
    fn start(place: &Place) -> Self {
        let data = place.temp.path().join("small");
        std::fs::create_dir(&data).unwrap();
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", SCRIPT, "node"]).arg(place.data()).arg(&data);
        command.arg(env!("CARGO_BIN_EXE_sandan")).env("SANDAN_LOG", "error").stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("it did not start: {line:?}"));
        let data = format!("/proc/{}/root{}", child.id(), data.display());
        Self { child, url: ready["url"].as_str().unwrap().to_owned(), data }
    }

    /// Status and body.
    fn call(&self, method: &str, path: &str, token: &str, body: &Value) -> (u16, Value) {
        let answer = call(&self.url, method, path, token, &body.to_string());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), serde_json::from_str(body).unwrap_or_default())
    }

    fn file(&self) -> (u16, Value) {
        let body = json!({"community": "lakeside", "description": "漏".repeat(20_000)});
        self.call("POST", "/api/v1/requests", "", &body)
    }
}

impl Drop for Confined {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn is_told_to_whoever_writes_and_the_node_goes_on_when_there_is_room() {
    if !may_mount() {
        eprintln!("not shown: this user may mount nothing here");
        return;
    }
    let place = Place::with_community();
    let token = place.json(&["token", "create", "--role", "dispatcher"])["token"].as_str().unwrap().to_owned();
    let node = Confined::start(&place);
    let mut accepted = Vec::new();
    let refused = loop {
        match node.file() {
            (201, filed) => accepted.push(filed),
            refused => break refused,
        }
        assert!(accepted.len() < 1_000, "a disk of 24 MB must be full by now");
    };
    assert_eq!((refused.0, &refused.1["type"]), (503, &"/errors/disk-full".into()), "{refused:?}");
    assert!(!accepted.is_empty());
    let (status, _) = node.call("GET", "/healthz", "", &Value::Null);
    assert_eq!(status, 200, "it lives");

    std::fs::remove_file(format!("{}/ballast", node.data)).unwrap();
    // By itself: nobody starts it anew.
    accepted.push(wait_for("room", || Some(node.file()).filter(|(status, _)| *status == 201)).1);
    let position = accepted.last().unwrap()["position"].clone();
    let (_, list) = wait_for("the read models", || {
        let answer = node.call("GET", &format!("/api/v1/requests?limit=500&after={position}"), &token, &Value::Null);
        Some(answer).filter(|(status, _)| *status == 200)
    });
    let mut listed: Vec<&str> =
        list["items"].as_array().unwrap().iter().filter_map(|item| item["id"].as_str()).collect();
    let mut filed: Vec<&str> = accepted.iter().filter_map(|filed| filed["id"].as_str()).collect();
    listed.sort_unstable();
    filed.sort_unstable();
    assert_eq!(listed, filed, "what was accepted is there, and nothing else");
}
