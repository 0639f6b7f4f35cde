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
async fn entries_are_listed_in_pages_the_newest_first_of_all_or_of_one() {
    let house = House::furnished().await;
    let desk = house.dispatcher().await;
    for nth in 1..=5 {
        let scan = json!({"community": "a", "unit": if nth == 2 { "power" } else { "water" },
            "phone": format!("138000000{nth:02}"), "day": "2026-11-01"});
        house.post("/api/v1/scores/check-ins").by(&desk).json(&scan).send().await.expect(201);
    }
    let list = |query: &str| {
        let path = format!("/api/v1/scores/entries?community=a&year=2026{query}");
        let (house, desk) = (&house, desk.clone());
        async move { house.get(&path).by(&desk).send().await }
    };
    let numbers = |page: &serde_json::Value| -> Vec<u64> {
        page["items"].as_array().unwrap().iter().map(|item| item["entry"].as_u64().unwrap()).collect()
    };
    let first = list("&limit=3").await.expect(200).body;
    assert_eq!((numbers(&first), &first["next_cursor"]), (vec![5, 4, 3], &json!("3")));
    let rest = list("&limit=3&cursor=3").await.expect(200).body;
    assert_eq!((numbers(&rest), &rest["next_cursor"]), (vec![2, 1], &json!(null)));
    assert_eq!(numbers(&list("&unit=power").await.expect(200).body), [2]);
    assert_eq!(numbers(&list("&unit=water&member=2").await.expect(200).body), [3]);
    for (query, field) in
        [("&cursor=x", "cursor"), ("&member=0", "member"), ("&unit=A+b", "unit"), ("&limit=0", "limit")]
    {
        assert_eq!(list(query).await.expect(422).fields(), [field], "{query}");
    }
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
