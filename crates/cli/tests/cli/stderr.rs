//! Where what the program says about itself can't be written, it goes on working.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::place::Place;

#[test]
fn lines_that_no_disk_has_room_for_stop_nothing() {
    let place = Place::with_community();
    // Every write to it answers that the device is full.
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandan"));
    command.args(["serve", "--json", "--listen", "127.0.0.1:0", "--data"]).arg(place.data());
    let mut child = command.env("SANDAN_LOG", "debug").stdout(Stdio::piped()).stderr(full).spawn().unwrap();

    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("it did not start: {line:?}"));

    assert!(ready["url"].is_string());
    // Commands beside it reach the thread that writes the log.
    assert!(place.json(&["token", "create", "--role", "kiosk"])["token"].is_string());
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert!(child.wait().unwrap().success(), "it ended in order");
}
