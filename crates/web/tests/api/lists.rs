//! The list of requests, its filters, and the rates.

use sandan_domain::Role;
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_list_can_be_filtered_and_paged_without_end() {
    let house = House::furnished().await;
    for n in 0..5 {
        house.files(&format!("路灯坏了 {n}")).await;
    }
    let last = house.files("Tap").await;
    let desk = house.dispatcher().await;
    let get = |query: String| house.get(&format!("/api/v1/requests?{query}&after={}", last.position)).by(&desk).send();
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let told = get(format!("state=filed&limit=2&cursor={cursor}")).await.expect(200);
        seen.extend(told.body["items"].as_array().unwrap().iter().map(|item| item["id"].clone()));
        match told.body["next_cursor"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    seen.sort_by_key(ToString::to_string);
    seen.dedup();
    assert_eq!(seen.len(), 6);
    let found = get("q=%E7%81%AF%E5%9D%8F".to_owned()).await.expect(200);
    assert_eq!(found.body["items"].as_array().unwrap().len(), 5);
    for (query, count) in [("grid=g", 6), ("unit=water", 0), ("state=closed", 0), ("channel=web", 6), ("light=red", 0)]
    {
        let told = get(query.to_owned()).await.expect(200);
        assert_eq!(told.body["items"].as_array().unwrap().len(), count, "{query}");
    }
}

#[tokio::test]
async fn another_communitys_requests_are_not_shown() {
    let house = House::furnished().await;
    let filed = house.files("x").await;
    let far = house.token(Role::Supervisor, None, Some("b")).await;
    let after = format!("after={}", filed.position);
    let told = house.get(&format!("/api/v1/requests?{after}")).by(&far).send().await.expect(200);
    assert_eq!(told.body["items"], json!([]));
    house.get("/api/v1/requests?community=a").by(&far).send().await.expect(403);
    house.get(&format!("/api/v1/requests/{}?{after}", filed.id)).by(&far).send().await.expect(403);
    house.get(&format!("/api/v1/requests/{}/timeline", filed.id)).by(&far).send().await.expect(403);
    house.get("/api/v1/requests").send().await.expect(401);
}

#[tokio::test]
async fn rates_show_what_they_are_made_of_and_open_into_rows() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let told = house.step("", &filed.id, "ratings", json!({"tracking_code": filed.code, "rating": "satisfied"})).await;
    let position = told.body["position"].as_u64().unwrap();
    let desk = house.dispatcher().await;
    let get = |path: &str| house.get(&format!("/api/v1/rates{path}&after={position}")).by(&desk).send();
    let told = get("?community=a&from=2026-11-01&to=2026-12-01").await.expect(200);
    let whole = json!({"numerator": 1, "denominator": 1, "rate": 1.0});
    assert_eq!(
        (&told.body["satisfaction"], &told.body["response"], &told.body["resolution"]),
        (&whole, &whole, &whole)
    );
    let told = get("?by=unit").await.expect(200);
    assert_eq!((&told.body["items"][0]["group"], &told.body["items"][0]["on_time"]), (&json!("water"), &whole));
    let told = get("/rows?which=satisfaction&side=numerator").await.expect(200);
    assert_eq!(told.body["items"][0]["id"], filed.id.as_str());
    let none = get("?from=2027-01-01").await.expect(200);
    assert_eq!(none.body["satisfaction"], json!({"numerator": 0, "denominator": 0, "rate": null}));
}

#[tokio::test]
async fn residents_are_shown_what_is_nearby_without_anybodys_words() {
    let house = House::furnished().await;
    let filed = house.files("My secret words").await;
    let path = format!("/api/v1/requests/nearby?community=a&grid=g&after={}", filed.position);
    let told = house.get(&path).send().await.expect(200);
    assert_eq!(told.body["items"].as_array().unwrap().len(), 1);
    assert!(!told.body.to_string().contains("secret"));
    assert_eq!(house.get("/api/v1/requests/nearby").send().await.expect(422).fields(), ["community"]);
}

#[tokio::test]
async fn an_answer_waits_for_the_position_it_is_asked_for() {
    let house = House::furnished().await;
    let desk = house.dispatcher().await;
    let told = house.get("/api/v1/requests").by(&desk).header("sandan-after", "1000000").send().await.expect(503);
    assert_eq!((told.text("/code"), told.header("retry-after")), ("lagging", "1"));
}

#[tokio::test]
async fn a_digests_numbers_open_into_rows() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let last = house.files("Another").await;
    let (desk, position) = (house.dispatcher().await, last.position);
    let get = |path: &str| house.get(&format!("/api/v1/digests{path}&after={position}")).by(&desk).send();
    // This month and the one before: it may turn meanwhile.
    let digest = get("?kind=monthly&date=2999-12-01").await.expect(200);
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::get("Asia/Shanghai").unwrap()).date();
    assert_eq!(digest.body["figures"]["open"], 2);
    let open = get("/rows?kind=monthly&date=2999-12-01&figure=open&limit=1").await.expect(200);
    let next = open.text("/next_cursor").to_owned();
    let rest = get(&format!("/rows?kind=monthly&date=2999-12-01&figure=open&limit=1&cursor={next}")).await.expect(200);
    assert_eq!(rest.body["next_cursor"], serde_json::Value::Null);
    let ids: Vec<_> = [&open, &rest].map(|told| told.text("/items/0/id").to_owned()).into();
    assert_eq!(ids, [last.id.clone(), filed.id.clone()], "newest first");
    let unit = get("/rows?kind=monthly&date=2999-12-01&figure=open&by=unit&group=water&group_community=a").await;
    assert_eq!(unit.expect(200).text("/items/0/id"), filed.id);
    let elsewhere = get("/rows?kind=monthly&date=2999-12-01&figure=open&by=unit&group=water&group_community=b").await;
    assert_eq!(elsewhere.expect(200).body["items"], json!([]));
    let none = get("/rows?kind=monthly&date=2999-12-01&figure=open&by=unit").await.expect(200);
    assert_eq!(none.text("/items/0/id"), last.id);
    let filed_by = |date: jiff::civil::Date| get(&format!("/rows?kind=monthly&date={date}&figure=filed"));
    let this = filed_by(today).await.expect(200).body["items"].as_array().unwrap().len();
    let before = filed_by(today.first_of_month().yesterday().unwrap()).await.expect(200);
    assert_eq!(this + before.body["items"].as_array().unwrap().len(), 2);
}
