//! The description says what the program does.

use std::collections::BTreeSet;
use std::path::Path;

use sandan_domain::Role;
use serde_json::{Value, json};

use crate::house::House;

/// The copy in the repository. `SANDAN_WRITE_OPENAPI=1 cargo test -p sandan-web` writes it anew.
#[test]
fn the_copy_in_the_repository_is_what_is_served() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let served = sandan_web::api::description::json();
    if std::env::var_os("SANDAN_WRITE_OPENAPI").is_some() {
        std::fs::write(&path, served).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == served, "docs/openapi.json is old: SANDAN_WRITE_OPENAPI=1 cargo test -p sandan-web description");
}

fn description() -> Value {
    serde_json::from_str(sandan_web::api::description::json()).unwrap()
}

#[track_caller]
fn check_keys(description: &Value, schema: &str, answer: &Value) {
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let shape = &description["components"]["schemas"][schema]["properties"];
    assert!(shape.is_object(), "there is no schema {schema}");
    assert_eq!(keys(answer), keys(shape), "{schema}");
    for (key, part) in answer.as_object().unwrap() {
        let reference = |shape: &Value| {
            let shape = shape
                .get("oneOf")
                .and_then(|of| of.as_array()?.iter().find(|of| of.get("$ref").is_some()))
                .unwrap_or(shape);
            shape["$ref"].as_str().map(|name| name.trim_start_matches("#/components/schemas/").to_owned())
        };
        if let (Some(name), Value::Object(_)) = (reference(&shape[key]), part) {
            check_keys(description, &name, part);
        }
        if let (Some(name), Some(Value::Object(_))) = (reference(&shape[key]["items"]), part.get(0)) {
            check_keys(description, &name, &part[0]);
        }
    }
}

#[tokio::test]
async fn answers_have_the_keys_that_are_described() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let supervisor = house.token(Role::Supervisor, None, None).await;
    let last = house.files("Another").await;
    let body = json!({"reason": "r", "review_on": "2026-12-01"});
    let position = house.step(&supervisor, &last.id, "suspend", body).await.body["position"].clone();
    let description = description();
    let get = |path: String| house.get(&format!("{path}after={position}")).by(&supervisor).send();
    for id in [&filed.id, &last.id] {
        check_keys(&description, "Request", &get(format!("/api/v1/requests/{id}?")).await.expect(200).body);
    }
    let lists = [
        ("RequestRow", "/api/v1/requests?".to_owned()),
        ("TimelineItem", format!("/api/v1/requests/{}/timeline?", filed.id)),
        ("Signer", format!("/api/v1/requests/{}/signers?", filed.id)),
        ("NearbyRequest", "/api/v1/requests/nearby?community=a&".to_owned()),
        ("RatesOfGroup", "/api/v1/rates?by=unit&".to_owned()),
        ("Community", "/api/v1/communities?".to_owned()),
        ("Grid", "/api/v1/grids?".to_owned()),
        ("Unit", "/api/v1/units?".to_owned()),
        ("Category", "/api/v1/categories?".to_owned()),
    ];
    for (schema, path) in lists {
        let told = get(path).await.expect(200);
        assert!(told.body.get("next_cursor").is_some(), "{schema}");
        check_keys(&description, schema, &told.body["items"][0]);
    }
    check_keys(&description, "Problem", &house.get("/api/v1/me").send().await.expect(401).body);
}
