//! R13: killed in the middle of firing, with very many timers due at the same moment, none is lost and none fires twice.

use std::collections::HashMap;
use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

use crate::place::{Place, Server};

/// A day passes in about two seconds.
const CLOCK: [&str; 2] = ["--clock", "2026-11-02T08:00:00+08:00,40000"];
const ROWS: usize = 1_500;
/// No verdict on speed.
const PATIENCE: Duration = Duration::from_secs(180);

fn table() -> String {
    let mut text = "message_id,user_id,subject,submitted_at,body\n".to_owned();
    for row in 0..ROWS {
        writeln!(text, "{row},A{row},路灯{row},2019/2/14 20:00:00,小区门口路灯不亮{row}").unwrap();
    }
    text
}

impl Place {
    /// Waits until so many different requests are said to be overdue.
    fn waits_for_overdue(&self, count: usize) {
        let mut tail = Command::new(env!("CARGO_BIN_EXE_sandan"));
        tail.args(["log", "tail", "--json", "--after", "0", "--data"]).arg(self.data());
        let mut tail = tail.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(tail.stdout.take().unwrap()).lines();
        let (done, told) = mpsc::channel();
        std::thread::spawn(move || {
            let mut subjects = std::collections::HashSet::new();
            for line in lines.map_while(Result::ok) {
                let Ok(event) = serde_json::from_str::<Value>(&line) else { continue };
                if event["type"] == "sandan.request.overdue" {
                    subjects.insert(event["subject"].to_string());
                }
                if subjects.len() >= count {
                    _ = done.send(());
                    return;
                }
            }
        });
        let told = told.recv_timeout(PATIENCE);
        tail.kill().unwrap();
        tail.wait().unwrap();
        told.expect("they are called overdue");
    }
}

#[test]
fn killed_while_a_thousand_timers_fire_none_is_lost_and_none_fires_twice() {
    let mut place = Place::new();
    place.server = Some(Server::start(&place.data(), &CLOCK));
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    let file = place.write("messages.csv", table().as_bytes());
    assert_eq!(place.import(&file)["added"], ROWS);
    // Once as soon as the first has fired, once in the midst of the rest.
    for seen in [1, ROWS / 3] {
        place.waits_for_overdue(seen);
        place.server.take().unwrap().kill();
        place.server = Some(Server::start(&place.data(), &CLOCK));
    }
    place.waits_for_overdue(ROWS);
    place.server.take().unwrap().stop();
    let events = place.run(&["export", "events", "--format", "jsonl"]);
    let mut overdue: HashMap<String, usize> = HashMap::new();
    for line in String::from_utf8(events.stdout).unwrap().lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        if event["type"] == "sandan.request.overdue" {
            *overdue.entry(event["subject"].to_string()).or_default() += 1;
        }
    }
    assert_eq!(overdue.len(), ROWS);
    assert!(overdue.values().all(|times| *times == 1), "some were called overdue twice");
    assert_eq!(place.json(&["log", "verify"])["ok"], true);
}
