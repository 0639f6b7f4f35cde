//! The process dies between any two steps of a round, and in the midst of its ballots: nothing is lost, nothing is
//! doubled, and a crossing of 30 % leads to exactly one rework (R15, R16).

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::place::{Place, Server};

/// Residents of the request.
const VOTERS: usize = 12;

struct Round {
    place: Place,
    desk: String,
    unit: String,
    id: String,
    codes: Vec<String>,
}

impl Round {
    /// A request of all voters that a unit works on.
    fn in_work() -> Self {
        let mut place = Place::with_community();
        place.serve();
        let token = |role: &str, more: &[&str]| {
            let arguments = [&["token", "create", "--role", role, "--community", "lakeside"], more].concat();
            place.json(&arguments)["token"].as_str().unwrap().to_owned()
        };
        let admin = token("administrator", &[]);
        let server = place.server.as_ref().unwrap();
        let body = json!({"slug": "roads", "community": "lakeside", "name": "Roads"});
        server.post("/api/v1/units", &admin, &body);
        let (desk, unit) = (token("dispatcher", &[]), token("unit", &["--unit", "roads"]));
        let filed = server.post("/api/v1/requests", "", &json!({"community": "lakeside", "description": "路灯不亮"}));
        let id = filed["id"].as_str().unwrap().to_owned();
        let mut codes = vec![filed["tracking_code"].as_str().unwrap().to_owned()];
        for _ in 1..VOTERS {
            let joined = server.post(&format!("/api/v1/requests/{id}/co-signers"), "", &json!({}));
            codes.push(joined["tracking_code"].as_str().unwrap().to_owned());
        }
        Self { place, desk, unit, id, codes }
    }

    fn server(&self) -> &Server {
        self.place.server.as_ref().unwrap()
    }

    fn step(&self, token: &str, step: &str, body: &Value) -> Value {
        self.server().post(&format!("/api/v1/requests/{}/{step}", self.id), token, body)
    }

    /// `kill -9`, and up again on the same folder.
    fn dies(&mut self) {
        self.place.server.take().unwrap().kill();
        self.place.serve();
    }

    fn ballot(&self, voter: usize) -> Value {
        let rating = if voter < 4 { "dissatisfied" } else { "satisfied" };
        json!({"tracking_code": self.codes[voter], "rating": rating})
    }

    /// How often each kind of event of the review, and the rework, stands in the log.
    fn counted(&mut self) -> [usize; 4] {
        self.place.server.take().unwrap().stop();
        let exported = self.place.run(&["export", "events", "--format", "jsonl"]);
        let events: Vec<Value> = String::from_utf8(exported.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(self.place.json(&["log", "verify"])["ok"], true);
        let names =
            ["sandan.review.opened", "sandan.review.rated", "sandan.review.closed", "sandan.request.rework_ordered"];
        names.map(|name| events.iter().filter(|event| event["type"] == name).count())
    }
}

#[test]
fn killed_between_any_two_steps_of_a_round_there_is_exactly_one_rework() {
    let mut round = Round::in_work();
    let (desk, unit) = (round.desk.clone(), round.unit.clone());
    round.step(&desk, "triage", &json!({"decision": "accept"}));
    round.step(&desk, "dispatch", &json!({"unit": "roads"}));
    round.step(&unit, "claim", &json!({}));
    round.dies();
    assert_eq!(round.step(&unit, "complete", &json!({"answer": "Lit"}))["state"], "in_review");
    round.dies();
    // 3 of 12 are no more than 30 %, 4 of 12 are.
    for voter in 0..4 {
        let told = round.step("", "ratings", &round.ballot(voter));
        assert_eq!(told["state"], if voter < 3 { "in_review" } else { "rework" });
        round.dies();
    }
    // A late one counts and orders nothing.
    assert_eq!(round.step("", "ratings", &round.ballot(4))["state"], "rework");
    round.dies();
    assert_eq!(round.counted(), [1, 5, 1, 1]);
}

/// Sends without caring what comes back: the server may be dead.
fn sends(address: &str, path: &str, key: &str, body: &Value) {
    let body = body.to_string();
    let Ok(mut stream) = TcpStream::connect(address) else { return };
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nIdempotency-Key: {key}\r\nContent-Type: \
         application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    if stream.write_all(request.as_bytes()).is_ok() {
        _ = stream.read_to_string(&mut String::new());
    }
}

#[test]
fn killed_in_the_midst_of_the_ballots_each_counts_once_and_rework_is_ordered_once() {
    let mut round = Round::in_work();
    let (desk, unit) = (round.desk.clone(), round.unit.clone());
    round.step(&desk, "triage", &json!({"decision": "accept"}));
    round.step(&desk, "dispatch", &json!({"unit": "roads"}));
    round.step(&unit, "claim", &json!({}));
    round.step(&unit, "complete", &json!({"answer": "Lit"}));
    let keys: Vec<String> = (0..VOTERS).map(|_| uuid::Uuid::new_v4().to_string()).collect();
    let path = format!("/api/v1/requests/{}/ratings", round.id);
    for is_last in [false, false, true] {
        let address = round.server().ready["url"].as_str().unwrap().trim_start_matches("http://").to_owned();
        std::thread::scope(|scope| {
            for (voter, key) in keys.iter().enumerate() {
                let (address, path, ballot) = (&address, &path, round.ballot(voter));
                scope.spawn(move || sends(address, path, key, &ballot));
            }
            if !is_last {
                // While they are on their way.
                round.place.server.take().unwrap().kill();
            }
        });
        if !is_last {
            round.place.serve();
        }
    }
    let [opened, rated, closed, reworks] = round.counted();
    // Once all who are left could not prevent it the round ended; every ballot was taken, late ones too.
    assert_eq!((opened, rated, closed, reworks), (1, VOTERS, 1, 1));
}
