//! Each class of bad input, and what it is told.

use axum::http::Method;
use jiff::ToSpan;
use sandan_domain::Role;
use serde_json::{Value, json};

use crate::house::House;

#[tokio::test]
async fn every_field_that_cannot_stand_is_named() {
    let house = House::furnished().await;
    let cases = [
        (json!({}), vec!["community", "description"]),
        (json!({"community": "a"}), vec!["description"]),
        (json!({"community": "nowhere", "description": "x"}), vec!["community"]),
        (json!({"community": "a", "description": "x", "colour": "red"}), vec!["colour"]),
        (json!({"community": "a", "description": 5, "title": []}), vec!["description", "title"]),
        (json!({"community": "a", "description": "x", "requester": {"phon": "1"}}), vec!["requester.phon"]),
        (json!({"community": "a", "description": "x", "location": {"lat": "north"}}), vec!["location.lat"]),
        (json!({"community": "a", "description": "x", "channel": "smoke"}), vec!["channel"]),
        (json!({"community": "a", "description": "x", "title": "t".repeat(201)}), vec!["title"]),
        (json!({"community": "a", "description": "d".repeat(20_001)}), vec!["description"]),
        (json!({"community": "a", "description": "a\u{0}b"}), vec!["description"]),
        (json!([]), vec!["body"]),
    ];
    for (body, expected) in cases {
        let told = house.post("/api/v1/requests").json(&body).send().await.expect(422);
        assert_eq!(told.fields(), expected, "{body}");
        assert_eq!(told.text("/code"), "invalid");
        let messages = told.body["errors"].as_array().unwrap();
        assert!(messages.iter().all(|error| !error["message"].as_str().unwrap().is_empty()), "{messages:?}");
    }
}

#[tokio::test]
async fn what_can_not_be_read_is_refused_by_its_kind() {
    let house = House::furnished().await;
    let post = || house.post("/api/v1/requests");
    post().body("application/json", "{").send().await.expect(400);
    post().body("application/json", b"\xff\xfe".to_vec()).send().await.expect(400);
    post().body("application/json", "[".repeat(100_000)).send().await.expect(400);
    post().body("text/plain", "{}").send().await.expect(415);
    post().body("application/x-www-form-urlencoded", "community=a").send().await.expect(415);
    let long = format!("{{\"description\":\"{}\"}}", "x".repeat(1024 * 1024));
    post().body("application/json", long).send().await.expect(413);
    let told = house.call(Method::DELETE, "/api/v1/requests").send().await.expect(405);
    assert_eq!((told.header("content-type"), told.text("/code")), ("application/problem+json", "method-not-allowed"));
    assert_eq!(house.get("/api/v1/nothing").send().await.expect(404).text("/code"), "not-found");
    house.get("/api/v1/requests/not-an-id").send().await.expect(404);
}

#[tokio::test]
async fn who_may_is_decided_before_the_body_is_read() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let (desk, power) = (house.dispatcher().await, house.unit("power").await);
    let far = house.token(Role::Dispatcher, None, Some("b")).await;
    let step = |step: &str| format!("/api/v1/requests/{}/{step}", filed.id);
    let garbage = |path: String| house.post(&path).body("application/json", "{\"x\":");
    garbage(step("triage")).send().await.expect(401);
    garbage(step("triage")).by("sdn_unknown").send().await.expect(401);
    garbage(step("complete")).by(&desk).send().await.expect(403);
    garbage(step("triage")).by(&far).send().await.expect(403);
    garbage(step("complete")).by(&power).send().await.expect(403);
    garbage(step("triage")).by(&desk).send().await.expect(400);
    garbage("/api/v1/communities".to_owned()).by(&desk).send().await.expect(403);
    garbage(format!("/api/v1/requests/{}/triage", uuid::Uuid::now_v7())).by(&desk).send().await.expect(404);
}

#[tokio::test]
async fn a_wrong_tracking_code_finds_nothing() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let other = house.files("Another").await;
    for code in ["", "x", "0000000000000", "not a code at all", other.code.as_str()] {
        let body = json!({"tracking_code": code, "rating": "nonsense", "unknown": 1});
        let path = format!("/api/v1/requests/{}/ratings", filed.id);
        house.post(&path).json(&body).send().await.expect(404);
    }
    house.post(&format!("/api/v1/requests/{}/ratings", filed.id)).json(&json!({})).send().await.expect(404);
    let shouted = format!("{}-{}", &filed.code[..6].to_lowercase(), &filed.code[6..]);
    house.step("", &filed.id, "ratings", json!({"tracking_code": shouted, "rating": "satisfied"})).await;
}

#[tokio::test]
async fn queries_are_read_as_strictly() {
    let house = House::furnished().await;
    let desk = house.token(Role::Dispatcher, None, None).await;
    let cases = [
        ("/api/v1/requests?state=gone", "state"),
        ("/api/v1/requests?colour=red", "colour"),
        ("/api/v1/requests?limit=0", "limit"),
        ("/api/v1/requests?limit=501", "limit"),
        ("/api/v1/requests?limit=many", "limit"),
        ("/api/v1/requests?cursor=%21%21", "cursor"),
        ("/api/v1/requests?overdue=perhaps", "overdue"),
        ("/api/v1/requests?light=blue", "light"),
        ("/api/v1/requests?from=yesterday", "from"),
        ("/api/v1/requests?community=nowhere", "community"),
        ("/api/v1/requests?state=filed&state=closed", "state"),
        ("/api/v1/requests?after=soon", "after"),
        ("/api/v1/rates?by=weather", "by"),
        ("/api/v1/rates?as_of=yesterday", "as_of"),
        ("/api/v1/digests?kind=hourly", "kind"),
        ("/api/v1/digests?date=tomorrow", "date"),
        ("/api/v1/digests?as_of=x", "as_of"),
        ("/api/v1/digests/rows", "figure"),
        ("/api/v1/digests/rows?figure=lost", "figure"),
        ("/api/v1/digests/rows?figure=open&before=true", "before"),
        ("/api/v1/digests/rows?figure=filed&by=weather", "by"),
        ("/api/v1/digests/rows?figure=filed&cursor=%21%21", "cursor"),
        ("/api/v1/units?cursor=%21", "cursor"),
        ("/api/v1/live?after=x", "after"),
    ];
    for (path, field) in cases {
        assert_eq!(house.get(path).by(&desk).send().await.expect(422).fields(), [field], "{path}");
    }
    let all = "/api/v1/requests?state=gone&light=blue&from=yesterday&limit=0";
    assert_eq!(house.get(all).by(&desk).send().await.expect(422).fields(), ["limit", "state", "light", "from"]);
    let all = "/api/v1/rates?by=weather&to=tomorrow";
    assert_eq!(house.get(all).by(&desk).send().await.expect(422).fields(), ["to", "by"]);
    let told = house.get("/api/v1/requests").by(&desk).header("sandan-after", "x").send().await.expect(422);
    assert_eq!(told.fields(), ["Sandan-After"]);
}

#[tokio::test]
async fn a_policy_is_told_what_is_allowed_in_both_languages_and_nothing_beside() {
    let house = House::furnished().await;
    let admin = house.token(Role::Administrator, None, None).await;
    let publish = |body: Value, language: &'static str| {
        let call = house.post("/api/v1/policies").by(&admin).header("accept-language", language).json(&body);
        async move { call.send().await.expect(422) }
    };
    let limit = json!({"community": "a", "policy": {"name": "Ours", "limits": {"completion": "7 dayz"}}});
    let told = publish(limit.clone(), "en").await;
    assert_eq!(told.fields(), ["policy.limits.completion"]);
    assert!(told.text("/detail").contains("working-hours"), "{}", told.text("/detail"));
    let told = publish(limit, "zh").await;
    assert!(told.text("/detail").contains("calendar-days（自然日）"), "{}", told.text("/detail"));
    assert_eq!(publish(json!({"community": "a"}), "en").await.text("/detail"), "policy is required");
    let day = json!({"community": "a", "name": "Ours", "days": [{"date": "2026-02-30", "kind": "off", "name": "x"}]});
    let call = house.post("/api/v1/calendars").by(&admin).header("accept-language", "zh").json(&day);
    assert_eq!(call.send().await.expect(422).text("/detail"), "days[0].date 没有这一天：2026-02-30。");
}

#[tokio::test]
async fn a_second_extension_says_that_the_one_is_used_up() {
    let house = House::furnished().await;
    let (water, watch) = (house.unit("water").await, house.token(Role::Supervisor, None, None).await);
    let (desk, work) = (house.dispatcher().await, house.files("The tap drips").await);
    house.step(&desk, &work.id, "triage", json!({"decision": "accept"})).await;
    house.step(&desk, &work.id, "dispatch", json!({"unit": "water"})).await;
    house.step(&water, &work.id, "claim", json!({})).await;
    let day = |days: i64| {
        let now = house.site.app.clock().now().to_zoned(house.site.app.policy().zone.clone());
        now.date().checked_add(days.days()).unwrap().to_string()
    };
    let extend = |token: &str, until: String| {
        let path = format!("/api/v1/requests/{}/extend", work.id);
        let call = house.post(&path).by(token).header("accept-language", "zh");
        call.json(&json!({"reason": "Parts are late", "until": until}))
    };
    let told = extend(&watch, day(900)).send().await.expect(422);
    assert!(told.text("/detail").contains("最多 366 天"), "{}", told.text("/detail"));
    let told = extend(&watch, "9999-12-31".to_owned()).send().await.expect(422);
    assert!(told.text("/detail").contains("9999-12-31 超出了"), "{}", told.text("/detail"));
    let asked = json!({"reason": "Parts are late", "until": day(60)});
    house.step(&water, &work.id, "extend", asked).await;
    assert_eq!(extend(&water, day(61)).send().await.expect(409).text("/code"), "extension-asked");
    house.step(&watch, &work.id, "extend", json!({})).await;
    let told = extend(&water, day(90)).send().await.expect(409);
    assert_eq!(told.text("/code"), "extended-before");
    assert!(told.text("/detail").contains("只能延期一次"), "{}", told.text("/detail"));
}

#[tokio::test]
async fn lists_of_a_community_that_does_not_exist_say_so() {
    let house = House::furnished().await;
    for list in ["evaluations", "projects", "honours", "callbacks"] {
        let told = house.get(&format!("/api/v1/{list}?community=nowhere")).send().await.expect(422);
        assert_eq!(told.text("/errors/0/message"), "names no community: nowhere", "{list}");
        let told = house.get(&format!("/api/v1/{list}?community=nowhere")).header("accept-language", "zh");
        assert_eq!(told.send().await.expect(422).text("/errors/0/message"), "没有这个社区：nowhere。", "{list}");
    }
}

#[tokio::test]
async fn a_rating_that_cannot_be_read_is_told_as_that() {
    let house = House::furnished().await;
    let filed = house.files("The lamp is dark").await;
    let path = format!("/api/v1/requests/{}/ratings", filed.id);
    assert_eq!(
        house.post(&path).body("application/json", "{").send().await.expect(400).text("/code"),
        "malformed-json"
    );
    let wrong = house.post(&path).header("sandan-tracking-code", "0000000000000").body("application/json", "{");
    wrong.send().await.expect(404);
}

#[tokio::test]
async fn what_an_evaluation_refuses_says_where_it_stands_and_what_it_permits() {
    let house = House::furnished().await;
    let desk = house.dispatcher().await;
    house.unit("water").await;
    let announce = json!({
        "community": "a", "occasion": "2026-Q4", "subjects": [{"id": "water"}], "criteria": "Lives here",
        "places": 5, "sign_up_until": "2026-11-20"
    });
    let announced = house.post("/api/v1/evaluations").by(&desk).json(&announce).send().await.expect(201);
    let draw = format!("/api/v1/evaluations/{}/draw", announced.text("/id"));
    let told = house.post(&draw).by(&desk).json(&json!({})).send().await.expect(409);
    assert_eq!(
        (told.text("/state"), &told.body["permitted"]),
        ("sign_up", &json!(["volunteers", "screen", "draw", "call-off"]))
    );
    let mut far = announce;
    far["occasion"] = "2206-Q4".into();
    let told = house.post("/api/v1/evaluations").by(&desk).json(&far).send().await.expect(422);
    assert_eq!(told.text("/errors/0/message"), "must be of the years 2025 to 2027");
}
