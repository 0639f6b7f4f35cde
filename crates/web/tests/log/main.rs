//! What no log may hold: a tracking code is a key, and a token is one too. A binary of its own, since another
//! test's threads would decide what is logged.

#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../api/house.rs"]
mod house;

mod ballots;

use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

use house::House;

/// A log that is kept in memory.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Everything is kept while the answer lives. One thread runs the whole test, so that all it does is logged there.
fn logged(kept: &Kept) -> tracing::subscriber::DefaultGuard {
    let subscriber = tracing_subscriber::fmt().with_max_level(Level::TRACE).with_span_events(FmtSpan::FULL);
    tracing::subscriber::set_default(subscriber.with_writer(kept.clone()).finish())
}

#[tokio::test]
async fn no_log_holds_a_tracking_code_or_a_token() {
    let kept = Kept::default();
    let _guard = logged(&kept);
    let house = House::furnished().await;
    let desk = house.dispatcher().await;
    let filed = house.files("Quiet words").await;
    let path = format!("/api/v1/requests/{}", filed.id);
    house.get(&format!("{path}?tracking_code={}&after={}", filed.code, filed.position)).send().await.expect(200);
    house.get(&path).header("sandan-tracking-code", &filed.code).send().await.expect(200);
    house.get(&format!("/r/{}", filed.code)).send().await;
    house.get("/api/v1/requests?q=Quiet").by(&desk).send().await.expect(200);
    house.step("", &filed.id, "withdraw", json!({"tracking_code": filed.code})).await;
    let log = kept.text();
    assert!(log.contains("/api/v1/requests/{id}"), "the route's pattern is logged: {log}");
    for secret in [filed.code.as_str(), desk.as_str(), "Quiet", "13800000001"] {
        let line = log.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{line:?}");
    }
}
