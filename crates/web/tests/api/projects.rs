//! A project through the API, as its clerk and its neighbours see it.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_project_is_opened_registered_for_finished_and_voted_on() {
    let house = House::furnished().await;
    let desk = house.dispatcher().await;
    let filed = house.files("The lamps are out").await;
    let number = house
        .get(&format!("/api/v1/requests/{}?after={}", filed.id, filed.position))
        .by(&desk)
        .send()
        .await
        .expect(200);
    let open = json!({"community": "a", "name": "river-walk", "title": "The river walk", "responsible": "Wang",
        "unit": "water", "requests": [number.text("/number")], "stages": [{"name": "Pave it", "due": "2099-12-20"}]});
    let opened = house.post("/api/v1/projects").by(&desk).json(&open).send().await.expect(201);
    let path = format!("/api/v1/projects/{}", opened.text("/id"));
    let project = opened.text("/id").to_owned();
    let step = |name: &'static str, body| house.post(&format!("{path}/{name}")).by(&desk).json(&body).send();
    let neighbour = json!({"name": "Li", "phone": "13800000077"});
    let registered = house.post(&format!("{path}/registrations")).json(&neighbour).send().await.expect(201);
    assert_eq!(registered.text("/tracking_code").len(), 13);
    let early = step("finish", json!({"answer": "Paved"})).await.expect(409);
    assert_eq!(early.text("/code"), "project-stages-open");
    step("stages", json!({"stage": 1})).await.expect(200);
    let shown = house.get(&path).send().await.expect(200);
    assert_eq!((&shown.body["phase"], &shown.body["light"]), (&json!("working"), &json!("green")));
    assert_eq!((&shown.body["registered"], &shown.body["requests"]), (&json!(1), &json!([filed.id])));
    let finished = step("finish", json!({"answer": "Paved"})).await.expect(200);
    let shown = house.get(&path).send().await.expect(200);
    assert_eq!((&shown.body["phase"], &shown.body["round"]), (&json!("in_review"), &json!(1)));
    let vote = house.get(&format!("/api/v1/evaluations/{}", shown.text("/review"))).send().await.expect(200);
    assert_eq!((&vote.body["stage"], &vote.body["vote"]["electorate"]), (&json!("voting"), &json!(2)));
    assert_eq!(vote.body["subjects"], json!([{"id": "river-walk", "kind": "project", "name": "The river walk"}]));
    let lines = house.get(&format!("{path}/registrations")).by(&desk).send().await.expect(200);
    assert_eq!(lines.body["items"], json!([{"name": "Li", "phone": "13800000077", "token": false}]));
    let listed = house.get("/api/v1/projects?community=a").send().await.expect(200);
    assert_eq!(listed.body["items"][0]["name"], "river-walk");
    let position = finished.body["position"].as_u64().unwrap();
    let request = format!("/api/v1/requests/{}?after={position}", filed.id);
    let served = house.get(&request).by(&desk).send().await.expect(200);
    assert_eq!(served.body["project"], json!(project));
}

#[tokio::test]
async fn a_project_that_is_not_there_is_not_found_and_fields_are_named() {
    let house = House::furnished().await;
    let desk = house.dispatcher().await;
    house.get(&format!("/api/v1/projects/{}", uuid::Uuid::nil())).send().await.expect(404);
    let stranger = json!({"name": "Li", "phone": "13800000077"});
    let path = format!("/api/v1/projects/{}/registrations", uuid::Uuid::nil());
    house.post(&path).json(&stranger).send().await.expect(404);
    let empty = house.post("/api/v1/projects").by(&desk).json(&json!({"community": "a"})).send().await.expect(422);
    assert_eq!(empty.fields(), ["name", "title", "responsible", "unit"]);
    house.get("/api/v1/projects").send().await.expect(422);
}
