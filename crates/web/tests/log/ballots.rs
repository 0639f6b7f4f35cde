//! What no log may hold of a ballot without a name (R21): nothing at all, not even that one came.

use data_encoding::BASE64;
use jiff::SignedDuration;
use sandan_app::Clock;
use sandan_booth::{PublicKey, Token, Voter};
use sandan_log::MemoryLog;
use sandan_web::Settings;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

use super::house::House;
use super::{Kept, logged};

/// A house in which a session is voted on by one, and the way of that one to a token.
async fn token(house: &House, hand: &sandan_app::ManualClock) -> (String, Token) {
    let desk = house.dispatcher().await;
    let until = hand.now() + SignedDuration::from_hours(1);
    let announce = json!({"community": "a", "occasion": "2026-Q4", "criteria": "lives here", "places": 5,
        "subjects": [{"id": "water"}], "sign_up_until": until.to_string()});
    let told = house.post("/api/v1/evaluations").by(&desk).json(&announce).send().await.expect(201);
    let path = format!("/api/v1/evaluations/{}", told.text("/id"));
    let person = json!({"name": "Li", "phone": "13800000077"});
    let code = house.post(&format!("{path}/volunteers")).json(&person).send().await.expect(201);
    let code = code.text("/tracking_code").to_owned();
    let step = |name: &'static str, body: Value| house.post(&format!("{path}/{name}")).by(&desk).json(&body).send();
    step("screen", json!({"number": 1, "admitted": true})).await.expect(200);
    hand.advance(SignedDuration::from_hours(2));
    step("draw", json!({})).await.expect(200);
    let at = |hours| (hand.now() + SignedDuration::from_hours(hours)).to_string();
    step("open", json!({"drawing_until": at(1), "voting_until": at(2)})).await.expect(200);
    let shown = house.get(&path).send().await.expect(200);
    let key = PublicKey::from_der(&BASE64.decode(shown.text("/vote/public_key").as_bytes()).unwrap()).unwrap();
    let id: Uuid = shown.text("/id").parse().unwrap();
    let voter = Voter::new(id, &key).unwrap();
    let draw = json!({"tracking_code": code, "blinded": BASE64.encode(voter.blinded())});
    let signed = house.post(&format!("{path}/tokens")).json(&draw).send().await.expect(200);
    let token = voter.finish(&BASE64.decode(signed.text("/signature").as_bytes()).unwrap()).unwrap();
    (path, token)
}

#[tokio::test]
async fn not_a_line_is_written_when_somebody_casts_a_ballot() {
    let kept = Kept::default();
    let _guard = logged(&kept);
    let (clock, hand) = Clock::manual("2026-11-02T08:00:00+08:00".parse().unwrap());
    let house = House::on(Arc::new(MemoryLog::with_clock(clock.as_fn())), clock, Settings::default()).await;
    house.furnish().await;
    let (path, token) = token(&house, &hand).await;
    let before = kept.text();
    assert!(before.contains("/api/v1/evaluations/{id}/tokens"), "drawing a token is logged as any call is");
    let ballot = |token: &str, rating: &str| {
        let answers = json!([{"subject": "water", "rating": rating, "reasons": []}]);
        json!({"token": token, "answers": answers, "padding": "   "})
    };
    let cast = |body: Value| house.post(&format!("{path}/ballots")).json(&body).send();
    // A cookie or a token of somebody's is not looked at: a wrong one would be 401 elsewhere.
    let text = token.to_text();
    let signed_in = house.post(&format!("{path}/ballots")).by("sandan_nonsense").json(&ballot(&text, "satisfied"));
    assert_eq!(signed_in.send().await.expect(202).text("/state"), "waiting");
    cast(ballot(&text, "satisfied")).await.expect(202);
    cast(ballot(&text, "dissatisfied")).await.expect(409);
    cast(ballot("nonsense", "satisfied")).await.expect(422);
    let after = kept.text();
    assert_eq!(&after[before.len()..], "", "the log grew");
    assert!(!after.contains(&text[..40]) && !after.contains(&token.hash().to_string()));
}

#[tokio::test]
async fn casting_is_not_limited_by_address_and_so_nothing_of_it_is_counted_by_one() {
    let (clock, hand) = Clock::manual("2026-11-02T08:00:00+08:00".parse().unwrap());
    let settings = Settings { writes_per_minute: 6, ..Settings::default() };
    let house = House::on(Arc::new(MemoryLog::with_clock(clock.as_fn())), clock, settings).await;
    house.furnish().await;
    let (path, token) = token(&house, &hand).await;
    let answers = json!([{"subject": "water", "rating": "satisfied"}]);
    let body = json!({"token": token.to_text(), "answers": answers});
    for _ in 0..40 {
        house.post(&format!("{path}/ballots")).json(&body).send().await.expect(202);
    }
    // The writes of the same address are as free as before.
    house.files("still welcome").await;
}
