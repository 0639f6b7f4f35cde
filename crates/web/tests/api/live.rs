//! Changes as they happen, over a real connection.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::house::House;

/// So long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

struct Reader(BufReader<TcpStream>);

impl Reader {
    async fn connect(house: &House, token: &str, last: Option<u64>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = sandan_web::router(house.site.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let mut stream = TcpStream::connect(address).await.unwrap();
        let resume = last.map(|last| format!("last-event-id: {last}\r\n")).unwrap_or_default();
        let call = format!(
            "GET /api/v1/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {token}\r\n{resume}\r\n"
        );
        stream.write_all(call.as_bytes()).await.unwrap();
        let mut reader = Self(BufReader::new(stream));
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            head.push_str(&reader.line().await.expect("an answer"));
        }
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        assert!(head.contains("text/event-stream"), "{head}");
        reader
    }

    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = timeout(PATIENCE, self.0.read_line(&mut line)).await.expect("something should come");
        (read.unwrap_or(0) > 0).then_some(line)
    }

    /// The position of the next event; `None` at the end of the stream.
    async fn next(&mut self) -> Option<u64> {
        loop {
            if let Some(id) = self.line().await?.strip_prefix("id: ") {
                return id.trim().parse().ok();
            }
        }
    }
}

#[tokio::test]
async fn a_reader_sees_every_change_once_and_goes_on_where_it_was_cut_off() {
    let house = House::furnished().await;
    let desk = house.dispatcher().await;
    let filed = house.files("One").await;
    let triaged = house.step(&desk, &filed.id, "triage", json!({"decision": "accept"})).await;
    let triaged = triaged.body["position"].as_u64().unwrap();
    let mut reader = Reader::connect(&house, &desk, Some(0)).await;
    assert_eq!(reader.next().await, Some(filed.position));
    assert_eq!(reader.next().await, Some(triaged));
    let later = house.files("Two").await;
    assert_eq!(reader.next().await, Some(later.position));
    drop(reader);
    let mut resumed = Reader::connect(&house, &desk, Some(triaged)).await;
    assert_eq!(resumed.next().await, Some(later.position));
    house.stop();
    assert_eq!(resumed.next().await, None);
}

#[tokio::test]
async fn another_communitys_changes_are_not_seen() {
    let house = House::furnished().await;
    let far = house.token(sandan_domain::Role::Supervisor, None, Some("b")).await;
    house.files("In a").await;
    let body = json!({"community": "b", "description": "In b"});
    let told = house.post("/api/v1/requests").json(&body).send().await.expect(201);
    let mut reader = Reader::connect(&house, &far, Some(0)).await;
    assert_eq!(reader.next().await, told.body["position"].as_u64());
}

#[tokio::test]
async fn only_the_staff_follow() {
    let house = House::furnished().await;
    house.get("/api/v1/live").send().await.expect(401);
    let kiosk = house.token(sandan_domain::Role::Kiosk, None, None).await;
    house.get("/api/v1/live").by(&kiosk).send().await.expect(403);
}
