//! The cycle: 点单, 派单, 评单, and 回炉 when more than 30 % are dissatisfied.

use sandan_testkit::{Person, Sandan};
use serde_json::{Value, json};

/// Everybody of a community with one request filed in it.
struct Story {
    sandan: Sandan,
    dispatcher: Person,
    property: Person,
    request: String,
    codes: Vec<String>,
}

async fn a_request_is_filed() -> Story {
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let filed = sandan.resident().files("xingfuli", "三号楼楼道灯坏了，晚上看不见路").await;
    let request = filed["id"].as_str().expect("an id").to_owned();
    let codes = vec![filed["tracking_code"].as_str().expect("a code").to_owned()];
    let (dispatcher, property) = (sandan.staff("dispatcher"), sandan.unit("property", "xingfuli"));
    Story { sandan, dispatcher, property, request, codes }
}

impl Story {
    async fn co_signed_by(&mut self, residents: u32) {
        for nth in 0..residents {
            let body = json!({"name": "邻居", "phone": format!("1390000{nth:04}")});
            let joined = self.sandan.resident().step(&self.request, "co-signers", body).await.ok();
            self.codes.push(joined["tracking_code"].as_str().expect("a code").to_owned());
        }
    }

    async fn is_done_by_the_property_company(&self) {
        self.dispatcher.step(&self.request, "triage", json!({"decision": "accept"})).await.ok();
        self.dispatcher.step(&self.request, "dispatch", json!({"unit": "property"})).await.ok();
        self.property.step(&self.request, "claim", json!({})).await.ok();
        self.completes().await;
    }

    async fn completes(&self) {
        let body = json!({"answer": "灯已更换，欢迎监督。", "solved": true});
        self.property.step(&self.request, "complete", body).await.ok();
    }

    /// The last answer of the residents with these codes.
    async fn rate(&self, voters: std::ops::Range<usize>, rating: &str) -> Value {
        let mut last = Value::Null;
        for code in &self.codes[voters] {
            let body = json!({"tracking_code": code, "rating": rating});
            last = self.sandan.resident().step(&self.request, "ratings", body).await.ok();
        }
        last
    }

    async fn stands_after(&self, answer: &Value) -> Value {
        self.dispatcher.sees(&self.request, answer["position"].as_u64().expect("a position")).await
    }
}

#[tokio::test]
async fn a_satisfied_resident_closes_the_request() {
    let story = a_request_is_filed().await;
    story.is_done_by_the_property_company().await;
    let answer = story.rate(0..1, "satisfied").await;
    let request = story.stands_after(&answer).await;
    assert_eq!(request["state"], "closed");
    assert_eq!(request["round"], 1);
    assert_eq!(request["ratings"]["valid"], 1);
}

#[tokio::test]
async fn three_of_ten_pass() {
    let mut story = a_request_is_filed().await;
    story.co_signed_by(9).await;
    story.is_done_by_the_property_company().await;
    story.rate(0..3, "dissatisfied").await;
    let answer = story.rate(3..10, "basically_satisfied").await;
    let request = story.stands_after(&answer).await;
    assert_eq!(request["state"], "closed", "exactly 30 % passes (R16)");
}

#[tokio::test]
async fn four_of_thirteen_go_back_into_the_furnace() {
    let mut story = a_request_is_filed().await;
    story.co_signed_by(12).await;
    story.is_done_by_the_property_company().await;
    story.rate(0..9, "very_satisfied").await;
    let answer = story.rate(9..13, "very_dissatisfied").await;
    let request = story.stands_after(&answer).await;
    assert_eq!(request["state"], "rework", "4 of 13 is more than 30 % (R16)");
    assert_eq!(request["round"], 2);
    assert_eq!(request["unit"], "property");

    // The same unit may complete at once, without a claim, and the new round is a new vote.
    story.completes().await;
    let answer = story.rate(0..13, "satisfied").await;
    assert_eq!(story.stands_after(&answer).await["state"], "closed");
}

#[tokio::test]
async fn whoever_filed_a_merged_request_keeps_the_code_the_vote_and_gets_the_same_answer() {
    let story = a_request_is_filed().await;
    let second = story.sandan.resident().files("xingfuli", "三号楼又黑又滑").await;
    let (id, code) = (second["id"].as_str().expect("an id"), second["tracking_code"].as_str().expect("a code"));
    let merge = json!({"decision": "merge", "into": story.request});
    story.dispatcher.step(id, "triage", merge).await.ok();
    story.is_done_by_the_property_company().await;

    let body = json!({"tracking_code": code, "rating": "satisfied"});
    let rated = story.sandan.resident().step(id, "ratings", body).await.ok();
    let path = format!("/api/v1/requests/{id}?tracking_code={code}&after={}", rated["position"]);
    let merged = story.sandan.resident().get(&path).await.ok();
    assert_eq!(merged["state"], "merged");
    assert_eq!(merged["merged_into"], json!(story.request));
    assert_eq!(merged["answer"], "灯已更换，欢迎监督。");
    assert_eq!(story.stands_after(&rated).await["ratings"]["valid"], 1);
}

#[tokio::test]
async fn nothing_is_lost_when_the_program_is_killed() {
    let mut story = a_request_is_filed().await;
    story.is_done_by_the_property_company().await;
    story.sandan.restart();
    let code = story.codes[0].clone();
    let body = json!({"tracking_code": code, "rating": "dissatisfied"});
    let answer = story.sandan.resident().step(&story.request, "ratings", body).await.ok();
    let position = answer["position"].as_u64().expect("a position");
    let path = format!("/api/v1/requests/{}?after={position}&tracking_code={code}", story.request);
    assert_eq!(story.sandan.resident().get(&path).await.ok()["state"], "rework");
    let verified = story.sandan.json(&["log", "verify"]);
    assert!(verified["position"].as_u64() >= Some(position), "{verified}");
}
