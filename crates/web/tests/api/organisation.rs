//! Communities, grids and units: names for anyone, the rest for the staff.

use sandan_domain::Role;
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn anyone_sees_names_and_the_staff_see_all() {
    let house = House::furnished().await;
    let path = "/api/v1/units?community=a";
    let told = house.get(path).send().await.expect(200);
    let first = &told.body["items"][0];
    assert_eq!(
        (first["slug"].as_str(), &first["capacity"], &first["load"]),
        (Some("power"), &json!(null), &json!(null))
    );
    let desk = house.dispatcher().await;
    assert_eq!(house.get(path).by(&desk).send().await.expect(200).body["items"][0]["capacity"], 5);
    let far = house.token(Role::Dispatcher, None, Some("b")).await;
    assert_eq!(house.get(path).by(&far).send().await.expect(200).body["items"][0]["capacity"], json!(null));
    let grids = house.get("/api/v1/grids").by(&desk).send().await.expect(200);
    assert_eq!(grids.body["items"][0], json!({"slug": "g", "community": "a", "name": "Grid", "lead": "Lead"}));
}

#[tokio::test]
async fn lists_come_in_pages() {
    let house = House::furnished().await;
    let told = house.get("/api/v1/communities?limit=1").send().await.expect(200);
    assert_eq!(told.body["items"], json!([{"slug": "a", "name": "Community a", "parent": null}]));
    let cursor = told.text("/next_cursor");
    let told = house.get(&format!("/api/v1/communities?limit=1&cursor={cursor}")).send().await.expect(200);
    assert_eq!((&told.body["items"][0]["slug"], &told.body["next_cursor"]), (&json!("b"), &json!(null)));
}

#[tokio::test]
async fn what_is_taken_is_taken() {
    let house = House::furnished().await;
    let admin = house.token(Role::Administrator, None, None).await;
    let found = |body| house.post("/api/v1/communities").by(&admin).json(&body).send();
    assert_eq!(found(json!({"slug": "a", "name": "Again"})).await.expect(422).fields(), ["slug"]);
    assert_eq!(found(json!({"slug": "No Slug", "name": "x"})).await.expect(422).fields(), ["slug"]);
    assert_eq!(found(json!({})).await.expect(422).fields(), ["slug", "name"]);
}

#[tokio::test]
async fn categories_have_names_in_both_languages() {
    let house = House::new().await;
    let told = house.get("/api/v1/categories?limit=500").send().await.expect(200);
    let items = told.body["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["name"]["zh"].is_string() && item["name"]["en"].is_string()));
}
