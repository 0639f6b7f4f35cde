//! Killed between sending a notice and writing that down, the program sends it again under the same id: never lost, and
//! a receiver can drop the repeat.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use serde_json::{Value, json};

use crate::place::Place;

/// A receiver of webhooks that answers only when it is told to.
struct Receiver(TcpListener);

/// A call that waits for its answer.
struct Call {
    stream: TcpStream,
    id: String,
    body: Value,
}

impl Receiver {
    fn start() -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        (Self(listener), url)
    }

    /// The next call. A test without one ends by its runner's limit.
    fn call(&self) -> Call {
        loop {
            let (stream, _) = self.0.accept().unwrap();
            // A connection that was opened and not used.
            if let Some(call) = Call::read(stream) {
                return call;
            }
        }
    }

    /// Takes calls until one is about `position`, and answers their ids.
    fn takes_until(&self, position: u64) -> Vec<String> {
        let mut ids = Vec::new();
        loop {
            let call = self.call();
            ids.push(call.id.clone());
            let is_last = call.body["position"] == position;
            call.answer();
            if is_last {
                return ids;
            }
        }
    }
}

impl Call {
    fn read(stream: TcpStream) -> Option<Self> {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut id, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                if line.trim_end().is_empty() {
                    break;
                }
                continue;
            };
            match name.to_ascii_lowercase().as_str() {
                "webhook-id" => value.clone_into(&mut id),
                "content-length" => length = value.parse().unwrap(),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        Some(Self { stream, id, body: serde_json::from_slice(&body).unwrap() })
    }

    fn answer(mut self) {
        let done = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
        self.stream.write_all(done).unwrap();
    }
}

fn files(place: &Place) -> u64 {
    let request = json!({"community": "lakeside", "description": "小区门口路灯不亮"});
    place.server.as_ref().unwrap().post("/api/v1/requests", "", &request)["position"].as_u64().unwrap()
}

#[test]
fn killed_between_sending_a_notice_and_noting_it_down_it_is_sent_again_under_the_same_id() {
    let (receiver, url) = Receiver::start();
    let mut place = Place::with_community();
    place.serve();
    place.json(&["notices", "add", &url]);
    let filed = files(&place);
    let taken = receiver.call();
    assert_eq!(taken.body["position"], filed);
    // The receiver has it, and the program can't know.
    place.server.take().unwrap().kill();
    place.serve();
    let again = receiver.call();
    assert_eq!((&again.id, &again.body), (&taken.id, &taken.body));
    again.answer();

    // Killed as soon as it was answered: it may have been noted down or not.
    let second = files(&place);
    let taken = receiver.call();
    assert_eq!(taken.body["position"], second);
    let id = taken.id.clone();
    taken.answer();
    place.server.take().unwrap().kill();
    place.serve();
    let third = files(&place);
    let after = receiver.takes_until(third);
    assert!(after.len() == 1 || (after.len() == 2 && after[0] == id), "{id} and then {after:?}");
    let standing = place.json(&["notices", "list"]);
    assert_eq!(standing["dead"], json!([]), "{standing}");
}
