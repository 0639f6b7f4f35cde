//! What the API says about reviews: calls, what waits for the oversight board, ballots by channel, rates with and without.

use sandan_domain::Role;
use serde_json::{Value, json};

use crate::house::House;

#[tokio::test]
async fn whom_no_channel_reaches_is_on_the_call_list_until_they_vote() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let hotline = house.token(Role::Hotline, None, Some("a")).await;
    let calls = |position: u64| house.get(&format!("/api/v1/calls?after={position}")).by(&hotline).send();
    let told = calls(filed.position).await.expect(200);
    let items = told.body["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["phone"], &items[0]["calls"]), (1, &json!("13800000001"), &json!(0)));
    assert_eq!(items[0]["about"], "Title");
    let person = items[0]["person"].clone();
    let body = json!({"person": person, "outcome": "no_answer"});
    let position = house.step(&hotline, &filed.id, "calls", body).await.body["position"].as_u64().unwrap();
    assert_eq!(calls(position).await.expect(200).body["items"][0]["outcome"], "no_answer");
    let body = json!({"person": person, "via": "phone", "rating": "satisfied"});
    let position = house.step(&hotline, &filed.id, "entered-ballots", body).await.body["position"].as_u64().unwrap();
    assert_eq!(calls(position).await.expect(200).body["items"], json!([]));
    let told = house.get(&format!("/api/v1/ballots?after={position}")).by(&hotline).send().await.expect(200);
    let phone = told.body["by_channel"].as_array().unwrap().iter().find(|way| way["channel"] == "phone").unwrap();
    assert_eq!((&phone["valid"], &phone["satisfied"], &phone["rate"]), (&json!(1), &json!(1), &json!(1.0)));
    // A resident with an e-mail address is reached without a call.
    let body = json!({"community": "a", "description": "Dark", "requester": {"phone": "13800000002", "email": "li@example.cn"}});
    let told = house.post("/api/v1/requests").json(&body).send().await.expect(201);
    let (desk, water, id) = (house.dispatcher().await, house.unit("water").await, told.text("/id").to_owned());
    house.step(&desk, &id, "triage", json!({"decision": "accept"})).await;
    house.step(&desk, &id, "dispatch", json!({"unit": "water"})).await;
    house.step(&water, &id, "claim", json!({})).await;
    let told = house.step(&water, &id, "complete", json!({"answer": "Lit"})).await;
    assert_eq!(calls(told.body["position"].as_u64().unwrap()).await.expect(200).body["items"], json!([]));
}

#[tokio::test]
async fn rates_are_shown_with_and_without_what_was_ruled_out() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let ballot = json!({"tracking_code": filed.code, "rating": "very_dissatisfied", "reasons": ["not_solved"]});
    let position = house.step("", &filed.id, "ratings", ballot).await.body["position"].clone();
    let (water, board) = (house.unit("water").await, house.token(Role::Oversight, None, Some("a")).await);
    let path = format!("/api/v1/requests/{}", filed.id);
    let seen = |position: Value| house.get(&format!("{path}?after={position}")).by(&water).send();
    let told = seen(position).await.expect(200);
    let name = told.body["reasons"][0]["ballot"].clone();
    assert_eq!(
        (&told.body["reasons"][0]["reasons"], &told.body["requester"]["phone"]),
        (&json!(["not_solved"]), &Value::Null)
    );
    house.step(&water, &filed.id, "appeals", json!({"ballot": name, "ground": "malicious", "reason": "A feud"})).await;
    house.step(&water, &filed.id, "unreasonable", json!({"reason": "Against the law", "basis": "Article 9"})).await;
    let waiting = house.step(&water, &filed.id, "progress", json!({"note": "x"})).await.body["position"].clone();
    let told = house.get(&format!("/api/v1/watch?after={waiting}")).by(&board).send().await.expect(200);
    let kinds: Vec<_> = told.body["items"].as_array().unwrap().iter().map(|item| item["kind"].clone()).collect();
    assert_eq!(kinds, [json!("appeal"), json!("unreasonable")]);
    house.step(&board, &filed.id, "appeal-decisions", json!({"ballot": name, "upheld": true, "reason": "r"})).await;
    let told = house.step(&board, &filed.id, "unreasonable-decision", json!({"upheld": true, "reason": "r"})).await;
    let position = told.body["position"].clone();
    let told = house.get(&format!("/api/v1/rates?after={position}")).by(&board).send().await.expect(200);
    let share = |path: &str| {
        (told.body.pointer(path).unwrap()["numerator"].clone(), told.body.pointer(path).unwrap()["denominator"].clone())
    };
    assert_eq!(share("/satisfaction"), (json!(0), json!(1)), "the ballot stays");
    assert_eq!(share("/response"), (json!(1), json!(1)), "and so does the request");
    assert_eq!(share("/without_unreasonable/response"), (json!(0), json!(0)));
    assert_eq!(share("/without_appealed/satisfaction"), (json!(0), json!(0)));
    assert_eq!(
        (&told.body["without_unreasonable"]["requests"], &told.body["without_appealed"]["ballots"]),
        (&json!(1), &json!(1))
    );
    let rows = |more: &str| house.get(&format!("/api/v1/rates/rows?which=satisfaction{more}")).by(&board).send();
    assert_eq!(rows("").await.expect(200).body["items"].as_array().unwrap().len(), 1);
    for without in ["unreasonable", "appealed"] {
        assert_eq!(rows(&format!("&without={without}")).await.expect(200).body["items"], json!([]), "{without}");
    }
    let told = seen(position).await.expect(200);
    assert_eq!(
        (&told.body["unreasonable"], &told.body["reasons"][0]["appeal"]["upheld"]),
        (&json!("upheld"), &json!(true))
    );
    let told = house.get("/api/v1/watch").by(&board).send().await.expect(200);
    assert_eq!(told.body["items"], json!([]));
}

#[tokio::test]
async fn the_reasons_are_told_in_both_languages_to_anybody() {
    let told = House::new().await.get("/api/v1/ballot-reasons").send().await.expect(200);
    let wrong =
        told.body["items"].as_array().unwrap().iter().find(|reason| reason["code"] == "wrong_unit").unwrap().clone();
    assert_eq!((&wrong["about"], &wrong["zh"]), (&json!("dispatch"), &json!("派错了单位")));
}

#[tokio::test]
async fn call_backs_are_published_for_anybody_to_draw_again() {
    let house = House::furnished().await;
    let board = house.token(Role::Oversight, None, Some("a")).await;
    let body = json!({"community": "a", "from": "2026-11-03", "to": "2026-12-01", "size": 20});
    let told = house.post("/api/v1/callbacks").by(&board).json(&body).send().await.expect(201);
    let (id, position) = (told.text("/id").to_owned(), told.body["position"].clone());
    let told = house.get(&format!("/api/v1/callbacks/{id}?after={position}")).send().await.expect(200);
    assert_eq!((&told.body["seed"], told.text("/hash").len(), &told.body["sample"]), (&Value::Null, 64, &json!([])));
    assert_eq!((&told.body["calls"]["to_make"], told.text("/from")), (&json!(0), "2026-11-02T16:00:00Z"));
    let told = house.get("/api/v1/callbacks?community=a").send().await.expect(200);
    assert_eq!(told.body["items"].as_array().unwrap().len(), 1);
    house.post(&format!("/api/v1/callbacks/{id}/draw")).by(&board).json(&json!({})).send().await.expect(409);
    let elsewhere = house.token(Role::Oversight, None, Some("b")).await;
    house.post(&format!("/api/v1/callbacks/{id}/draw")).by(&elsewhere).json(&json!({})).send().await.expect(403);
    house.get(&format!("/api/v1/callbacks/{}", uuid::Uuid::nil())).send().await.expect(404);
    let body = json!({"community": "a", "from": "2026-11-01", "to": "2026-12-01", "size": 0});
    let told = house.post("/api/v1/callbacks").by(&board).json(&body).send().await.expect(422);
    assert_eq!(told.body["errors"][0]["field"], "size");
}

#[tokio::test]
async fn staff_telephones_are_added_listed_and_taken_away_by_the_number_or_the_name() {
    let house = House::furnished().await;
    let admin = house.token(Role::Administrator, None, None).await;
    let path = "/api/v1/unit-members";
    let keep = |body: Value| house.post(path).by(&admin).json(&body).send();
    let listed = || async {
        let told = house.get("/api/v1/unit-members?community=a&unit=water").by(&admin).send().await.expect(200);
        told.body["items"].as_array().unwrap().iter().map(|item| item["person"].as_str().unwrap().to_owned()).collect()
    };
    let none: Vec<String> = listed().await;
    assert!(none.is_empty());
    for phone in ["13800000001", "13800000002", "138 0000 0001"] {
        keep(json!({"community": "a", "unit": "water", "phone": phone})).await.expect(200);
    }
    let two: Vec<String> = listed().await;
    assert_eq!(two.len(), 2, "{two:?}");
    keep(json!({"community": "a", "unit": "water", "person": two[0], "leaves": true})).await.expect(200);
    assert_eq!(listed().await, two[1..]);
    for phone in ["13800000001", "13800000002"] {
        keep(json!({"community": "a", "unit": "water", "phone": phone, "leaves": true})).await.expect(200);
    }
    assert_eq!(listed().await, none);
    // A name can't be added: it stands for a number that nobody told.
    let told = keep(json!({"community": "a", "unit": "water", "person": two[0]})).await.expect(422);
    assert_eq!(told.fields(), ["phone"]);
    let told = keep(json!({"community": "a", "unit": "water", "person": "me", "leaves": true})).await.expect(422);
    assert_eq!(told.fields(), ["person"]);
    let told = house.get(path).by(&admin).send().await.expect(422);
    assert_eq!(told.fields(), ["community", "unit"]);
    house.get("/api/v1/unit-members?community=a&unit=nobody").by(&admin).send().await.expect(404);
    house.get("/api/v1/unit-members?community=a&unit=water").by(&house.dispatcher().await).send().await.expect(403);
}

#[tokio::test]
async fn what_a_burst_of_joiners_is_is_a_setting_of_the_policy() {
    let house = House::furnished().await;
    let admin = house.token(Role::Administrator, None, None).await;
    let publish = |burst: Value| {
        let body = json!({"community": "a", "policy": {"name": "Ours", "burst": burst}});
        house.post("/api/v1/policies").by(&admin).json(&body).send()
    };
    for (burst, fields) in [
        (json!({"joiners": 1, "within_minutes": 0}), vec!["policy.burst.joiners", "policy.burst.within_minutes"]),
        (json!({"joiners": 51, "within_minutes": 10_081}), vec!["policy.burst.joiners", "policy.burst.within_minutes"]),
        (json!({"joiners": 2}), vec!["policy.burst.within_minutes"]),
    ] {
        assert_eq!(publish(burst).await.expect(422).fields(), fields);
    }
    let standing = || async { house.get("/api/v1/policies?community=a").by(&admin).send().await.expect(200).body };
    assert_eq!(standing().await["in_force"]["burst"], json!({"joiners": 10, "within_minutes": 60}));
    let few = json!({"joiners": 2, "within_minutes": 10_080});
    publish(few.clone()).await.expect(201);
    let standing = standing().await;
    assert_eq!((&standing["in_force"]["burst"], &standing["versions"][0]["burst"]), (&few, &few));
    let filed = house.files("The lamp is out").await;
    let mut position = 0;
    for phone in ["13800000002", "13800000003"] {
        let body = json!({"phone": phone});
        position = house.step("", &filed.id, "co-signers", body).await.body["position"].as_u64().unwrap();
    }
    let board = house.token(Role::Oversight, None, Some("a")).await;
    let told = house.get(&format!("/api/v1/watch?after={position}")).by(&board).send().await.expect(200);
    assert_eq!((&told.body["items"][0]["kind"], &told.body["items"][0]["joiners"]), (&json!("burst"), &json!(2)));
}
