//! Rehearsals: time starts where the operator says, runs as fast, and goes on after a crash.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::place::{Place, Server};

/// A day passes in less than a second.
const CLOCK: &str = "2026-11-02T08:00:00+08:00,100000";
const START: &str = "2026-11-02T08:00:00+08:00";
const SPEED: i32 = 100_000;
/// Midnight after the seventh working day of a round that is opened on the first or second day.
const ROUND_ENDS_AT_THE_EARLIEST: &str = "2026-11-12T00:00:00+08:00";
/// By then requests are overdue that were not at the start, and rounds of the story still end.
const A_WEEK_LATER: &str = "2026-11-09T08:00:00+08:00";
/// No verdict on speed.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program's times in which something happened, worked out from the machine's.
struct Span {
    /// The rehearsal began after this and before that.
    begun: (Timestamp, Timestamp),
}

impl Span {
    /// The earliest and latest that the program's clock can have said between the machine's `from` and now.
    fn of(&self, from: Timestamp) -> (Timestamp, Timestamp) {
        let at = |since: Timestamp, now: Timestamp| time(START) + since.duration_until(now) * SPEED;
        (at(self.begun.1, from), at(self.begun.0, Timestamp::now()))
    }

    fn check(&self, from: Timestamp, said: Timestamp) {
        let (earliest, latest) = self.of(from);
        assert!((earliest..=latest).contains(&said), "{said} is not between {earliest} and {latest}");
    }
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn at(value: &Value) -> Timestamp {
    time(value.as_str().unwrap_or_else(|| panic!("{value} is no time")))
}

impl Place {
    fn rehearse(&mut self, further: &[&str]) -> Span {
        let before = Timestamp::now();
        let server = Server::start(&self.data(), &[&["--clock", CLOCK], further].concat());
        self.server = Some(server);
        Span { begun: (before, Timestamp::now()) }
    }

    fn token(&self, arguments: &[&str]) -> String {
        let token = self.json(&[&["token", "create", "--expires", "1d", "--role"], arguments].concat());
        token["token"].as_str().unwrap().to_owned()
    }

    /// The first event for which `wanted` holds, those to come included.
    fn event(&self, after: &str, wanted: impl Fn(&Value) -> bool + Send + 'static) -> Value {
        let mut tail = Command::new(env!("CARGO_BIN_EXE_sandan"));
        tail.args(["log", "tail", "--json", "--after", after, "--data"]).arg(self.data());
        let mut tail = tail.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(tail.stdout.take().unwrap()).lines();
        let (found, event) = mpsc::channel();
        std::thread::spawn(move || {
            let mut events = lines.map_while(Result::ok).filter_map(|line| serde_json::from_str(&line).ok());
            _ = events.find(|event| wanted(event)).map(|event: Value| found.send(event));
        });
        let event = event.recv_timeout(PATIENCE);
        tail.kill().unwrap();
        tail.wait().unwrap();
        event.expect("the event comes")
    }

    fn events(&self) -> Vec<Value> {
        let tail = self.run(&["log", "tail", "--once", "--json", "--after", "0"]).stdout;
        String::from_utf8(tail).unwrap().lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }
}

fn is(event: &Value, kind: &str) -> bool {
    event["type"] == kind
}

/// Files a request with a hotline's token and has it completed; returns its id and the token.
fn complete_one(place: &Place) -> (String, String) {
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    let admin = place.token(&["administrator"]);
    let server = place.server.as_ref().unwrap();
    let unit = json!({"slug": "wuye", "community": "lakeside", "name": "物业", "capacity": 5});
    server.post("/api/v1/units", &admin, &unit);
    let desk = place.token(&["dispatcher", "--community", "lakeside"]);
    let worker = place.token(&["unit", "--unit", "wuye", "--community", "lakeside"]);
    let hotline = place.token(&["hotline", "--community", "lakeside"]);
    let id = file(place, &hotline)["id"].as_str().unwrap().to_owned();
    let step = |name: &str, token: &str, body: &Value| {
        server.post(&format!("/api/v1/requests/{id}/{name}"), token, body);
    };
    step("triage", &desk, &json!({"decision": "accept"}));
    step("dispatch", &desk, &json!({"unit": "wuye"}));
    step("claim", &worker, &json!({}));
    step("complete", &worker, &json!({"answer": "已修好。"}));
    (id, hotline)
}

fn file(place: &Place, hotline: &str) -> Value {
    let request = json!({
        "community": "lakeside",
        "channel": "hotline",
        "description": "小区门口路灯不亮",
        "requester": {"name": "王", "phone": "13800000000"},
    });
    place.server.as_ref().unwrap().post("/api/v1/requests", hotline, &request)
}

#[test]
fn a_round_ends_by_itself_and_time_goes_on_after_kill_9() {
    let mut place = Place::new();
    let span = place.rehearse(&[]);
    let server = place.server.as_ref().unwrap();
    assert_eq!(server.ready["rehearsal"], CLOCK);
    for path in ["/", "/kiosk", "/open", "/sign-in", "/errors", "/nowhere"] {
        let page = server.get(path, "");
        assert!(page.contains("strip-rehearsal") && page.contains("(×100000)"), "{path}: {page}");
    }

    let (id, hotline) = complete_one(&place);
    let closed = place.event("0", |event| is(event, "sandan.request.closed"));
    assert_eq!(closed["subject"], format!("request/{id}"));
    assert_eq!(closed["data"]["closing"], "unrated", "{closed}");
    assert!(at(&closed["time"]) >= time(ROUND_ENDS_AT_THE_EARLIEST), "never early: {closed}");
    place.server.take().unwrap().kill();
    let alone = Timestamp::now();
    place.json(&["community", "add", "east", "东园社区", "--parent", "lakeside"]);
    let founded = place.events().pop().unwrap();
    span.check(alone, at(&founded["time"]));
    span.check(alone, at(&founded["recordedtime"]));

    place.rehearse(&[]);
    let again = Timestamp::now();
    // The hotline's token lasts a day of the machine's; of the program's, many have passed.
    let filed = file(&place, &hotline)["position"].clone();
    let filed = place.event("0", move |event| event["position"] == filed);
    span.check(again, at(&filed["time"]));
    assert!(place.events().is_sorted_by_key(|event| at(&event["recordedtime"])));
    assert_eq!(place.json(&["log", "verify"])["ok"], true);
    let check = place.json(&["check"]).to_string();
    assert!(check.contains("--clock 2026-11-02T08:00:00+08:00,100000"), "{check}");
}

#[test]
fn a_log_goes_on_with_the_clock_that_it_was_begun_with_and_no_other() {
    let mut place = Place::new();
    place.rehearse(&[]);
    place.server.take().unwrap().stop();
    let without = place.fails(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(
        without.contains("clock-differs") && without.contains(&format!("Start it with --clock {CLOCK}")),
        "{without}"
    );
    for other in ["2026-11-02T08:00:00+08:00,3600", "2026-11-03T08:00:00+08:00,100000"] {
        let error = place.fails(&["serve", "--listen", "127.0.0.1:0", "--clock", other]);
        assert!(error.contains("clock-differs") && error.contains(CLOCK) && error.contains(other), "{error}");
    }
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    let wrong = place.run(&["check", "--clock", "2026-11-02T08:00:00+08:00,3600"]);
    assert!(!wrong.status.success() && String::from_utf8(wrong.stdout).unwrap().contains(CLOCK));

    let mut place = Place::new();
    place.serve();
    assert_eq!(place.server.as_ref().unwrap().ready["rehearsal"], Value::Null);
    place.server.take().unwrap().stop();
    let error = place.fails(&["serve", "--listen", "127.0.0.1:0", "--clock", CLOCK]);
    assert!(error.contains("clock-differs") && error.contains("machine's clock"), "{error}");
    let error = place.fails(&["serve", "--clock", "2026-11-02 08:00,fast"]);
    assert!(error.contains("config-invalid") && error.contains("START,SPEED"), "{error}");
}

#[test]
fn a_backup_of_a_rehearsal_is_that_rehearsal() {
    let mut place = Place::new();
    let span = place.rehearse(&[]);
    let backup = place.temp.path().join("backup");
    place.json(&["backup", backup.to_str().unwrap()]);
    let other = Place::new();
    other.json(&["restore", backup.to_str().unwrap()]);
    assert!(other.fails(&["serve", "--listen", "127.0.0.1:0"]).contains(CLOCK));
    let from = Timestamp::now();
    other.json(&["community", "add", "lakeside", "湖滨社区"]);
    span.check(from, at(&other.events()[0]["time"]));
}

#[test]
fn a_demonstration_ends_where_the_rehearsal_starts_and_its_promises_fall_due_live() {
    let mut place = Place::new();
    let span = place.rehearse(&["--demo"]);
    let page = place.server.as_ref().unwrap().get("/open", "");
    assert!(page.contains("strip-rehearsal"), "{page}");
    for kind in ["reminded", "overdue", "supervised", "escalated"].map(|kind| format!("sandan.request.{kind}")) {
        let event = place.event("0", move |event| is(event, &kind) && at(&event["recordedtime"]) > time(START));
        assert_eq!(event["actor"], "system", "{event}");
    }
    let ended =
        place.event("0", |event| is(event, "sandan.request.closed") && at(&event["recordedtime"]) > time(A_WEEK_LATER));
    assert_eq!(ended["actor"], "system", "{ended}");
    let ledger = String::from_utf8(place.run(&["export", "ledger", "--format", "jsonl"]).stdout).unwrap();
    let rows = ledger.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let late = rows.filter(|row| row["overdue"] == true && at(&row["due_at"]) > time(START)).count();
    assert!(late > 0, "what was due in the rehearsal is overdue in it");
    let (_, latest) = span.of(Timestamp::now());
    let times: Vec<_> = place.events().iter().map(|event| at(&event["recordedtime"])).collect();
    assert!(times.is_sorted() && times.iter().all(|time| *time <= latest));
    assert!(times.iter().filter(|at| **at <= time(START)).count() > 1_000, "the story lies before");
    place.server.take().unwrap().stop();
    place.rehearse(&["--demo"]);
    assert_eq!(place.server.as_ref().unwrap().ready["setup"], Value::Null);
}
