//! The score sheet through the API: every input, and where its rows stand (R23).

use sandan_domain::Role;
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn the_sheet_shows_every_input_and_opens_into_its_rows() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let (desk, water) = (house.dispatcher().await, house.unit("water").await);
    let enter = |what: &'static str, body| house.post(&format!("/api/v1/scores/{what}")).by(&desk).json(&body).send();
    let hours = json!({"community": "a", "unit": "water", "phone": "13800000021", "day": "2026-11-01", "minutes": 600,
        "activity": "Planting trees", "evidence": "The list of the day"});
    enter("hours", hours).await.expect(201);
    let scan = json!({"community": "a", "unit": "water", "phone": "13800000022", "day": "2026-11-01"});
    enter("check-ins", scan).await.expect(201);
    let kept = json!({"community": "a", "year": 2026, "unit": "water", "due": 4, "kept": 3, "evidence": "The list"});
    enter("commitments", kept).await.expect(201);
    let rating = json!({"community": "a", "year": 2026, "dispatch": "satisfied", "support": "dissatisfied",
        "response": "very_satisfied"});
    house.post("/api/v1/scores/community-ratings").by(&water).json(&rating).send().await.expect(201);
    let sheet = format!("/api/v1/scores?community=a&year=2026&after={}", filed.position);
    let sheet = house.get(&sheet).by(&water).send().await.expect(200).body;
    let unit = sheet["units"].as_array().unwrap().iter().find(|unit| unit["unit"] == "water").unwrap().clone();
    let part = |nth: usize| {
        let part = &unit["parts"][nth];
        (part["name"].clone(), part["numerator"].clone(), part["denominator"].clone(), part["points"].clone())
    };
    assert_eq!(part(0), (json!("on_time"), json!(1), json!(1), json!(100.0)));
    assert_eq!(part(1), (json!("satisfaction"), json!(0), json!(0), json!(null)));
    assert_eq!(part(2), (json!("commitments"), json!(3), json!(4), json!(75.0)));
    assert_eq!(part(3), (json!("hours"), json!(600), json!(2_400), json!(25.0)));
    // (30·100 + 15·75 + 15·25) / 60
    assert_eq!(unit["score"], json!(75.0));
    assert_eq!(unit["members"][1], json!({"number": 2, "check_ins": 1, "minutes": 0, "counted_minutes": 0}));
    // (40·100 + 30·0 + 30·100) / 100
    assert_eq!(sheet["rated_by_units"]["score"], json!(70.0));
    assert_eq!(sheet["weights"]["target_hours"], json!(20));
    let rows = unit["parts"][0]["rows"].as_str().unwrap().to_owned();
    let rows = house.get(&rows).by(&desk).send().await.expect(200);
    assert_eq!(rows.body["items"][0]["id"], json!(filed.id));
    assert_eq!(sheet["entries"][1]["minutes"], json!(null), "a bare check-in");
}

#[tokio::test]
async fn community_and_year_must_be_named_and_residents_see_no_sheet() {
    let house = House::furnished().await;
    let watch = house.token(Role::Supervisor, None, Some("a")).await;
    for (query, field) in [("year=2026", "community"), ("community=a", "year"), ("community=a&year=26", "year")] {
        let told = house.get(&format!("/api/v1/scores?{query}")).by(&watch).send().await.expect(422);
        assert_eq!(told.fields(), [field], "{query}");
    }
    house.get("/api/v1/scores?community=a&year=2026").send().await.expect(401);
    house.get("/api/v1/scores?community=b&year=2026").by(&watch).send().await.expect(403);
}
