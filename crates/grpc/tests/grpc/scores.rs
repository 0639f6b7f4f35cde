//! Two-way scoring over gRPC: the same as over HTTP, and with the same keys.

use sandan_domain::Role;
use sandan_grpc::v1::{self, Rating};
use serde_json::json;
use tonic::Code;

use crate::house::{House, by, fields, problem, with};

const KEY: &str = "01890000-0000-7000-8000-00000000000f";

fn hours(phone: &str) -> v1::EnterHoursRequest {
    v1::EnterHoursRequest {
        community: "a".to_owned(),
        unit: "water".to_owned(),
        phone: phone.to_owned(),
        day: "2026-11-01".to_owned(),
        minutes: Some(600),
        activity: "Planting trees".to_owned(),
        evidence: "The list of the day".to_owned(),
    }
}

fn scan(unit: &str, phone: &str) -> v1::CheckInRequest {
    let (community, day) = ("a".to_owned(), "2026-11-01".to_owned());
    v1::CheckInRequest { community, unit: unit.to_owned(), phone: phone.to_owned(), day }
}

#[tokio::test]
async fn what_is_entered_whichever_way_it_comes_makes_the_sheet_that_http_shows() {
    let house = House::furnished().await;
    let (desk, water) = (house.dispatcher().await, house.unit("water").await);
    let keyed = || with(by(&desk, hours("13800000021")), "idempotency-key", KEY);
    let told = house.scores().enter_hours(keyed()).await.unwrap().into_inner();
    let body = json!({"community": "a", "unit": "water", "phone": "13800000021", "day": "2026-11-01", "minutes": 600,
        "activity": "Planting trees", "evidence": "The list of the day"});
    let bearer = format!("Bearer {desk}");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", KEY)];
    let (status, over_http) = house.post("/api/v1/scores/hours", &headers, &body).await;
    assert_eq!((status, &over_http["position"]), (201, &json!(told.position)), "{over_http}");
    house.scores().check_in(by(&desk, scan("water", "13800000022"))).await.unwrap();
    let (community, unit, evidence) = ("a".to_owned(), "water".to_owned(), "The list".to_owned());
    let (year, due, kept) = (Some(2026), Some(4), Some(3));
    let commitments = v1::EnterCommitmentsRequest { community, year, unit, due, kept, evidence };
    house.scores().enter_commitments(by(&desk, commitments)).await.unwrap();
    let rate = |dispatch: i32| v1::RateCommunityRequest {
        community: "a".to_owned(),
        year: Some(2026),
        dispatch,
        support: Rating::Dissatisfied.into(),
        response: Rating::VerySatisfied.into(),
    };
    let refused = house.scores().rate_community(by(&water, rate(9))).await;
    assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "dispatch");
    house.scores().rate_community(by(&water, rate(Rating::Satisfied.into()))).await.unwrap();
    problem(house.scores().enter_hours(by(&water, hours("13800000023"))).await, Code::PermissionDenied);

    let ask = |community: &str, year| v1::GetScoresRequest { community: community.to_owned(), year };
    let sheet = house.scores().get_scores(by(&water, ask("a", Some(2026)))).await.unwrap().into_inner();
    let same = house.get("/api/v1/scores?community=a&year=2026", &water).await;
    let unit = sheet.units.iter().find(|unit| unit.unit == "water").unwrap();
    let other = same["units"].as_array().unwrap().iter().find(|unit| unit["unit"] == "water").unwrap();
    let score = unit.sheet.as_ref().unwrap();
    assert_eq!((json!(score.score), score.parts.len()), (other["score"].clone(), 4));
    for (part, http) in score.parts.iter().zip(other["parts"].as_array().unwrap()) {
        let (numerator, denominator) = (json!(part.numerator), json!(part.denominator));
        assert_eq!(
            (json!(part.name), &numerator, &denominator),
            (http["name"].clone(), &http["numerator"], &http["denominator"])
        );
        assert_eq!(json!(part.points), http["points"]);
    }
    assert_eq!(json!(sheet.rated_by_units.unwrap().score), same["rated_by_units"]["score"]);
    assert_eq!((unit.members[1].check_ins, unit.members[1].counted_minutes), (1, 0), "a bare check-in");
    assert_eq!((sheet.weights.unwrap().target_hours, sheet.ratings[0].support()), (Some(20), Rating::Dissatisfied));
    let watch = house.token(Role::Supervisor, None, Some("a")).await;
    problem(house.scores().get_scores(by(&watch, ask("b", Some(2026)))).await, Code::PermissionDenied);
    for (community, year, field) in [("", Some(2026), "community"), ("a", None, "year"), ("a", Some(26), "year")] {
        let refused = house.scores().get_scores(by(&watch, ask(community, year))).await;
        assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, field);
    }
}

#[tokio::test]
async fn entries_are_listed_in_pages_and_one_that_was_a_mistake_is_struck_out() {
    let house = House::furnished().await;
    let desk = house.dispatcher().await;
    for nth in 1..=5 {
        let unit = if nth == 2 { "power" } else { "water" };
        house.scores().check_in(by(&desk, scan(unit, &format!("138000000{nth:02}")))).await.unwrap();
    }
    let strike = |entry| v1::StrikeOutRequest {
        community: "a".to_owned(),
        year: Some(2026),
        entry,
        reason: "Somebody else".to_owned(),
    };
    let refused = house.scores().strike_out(by(&desk, strike(None))).await;
    assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "entry");
    house.scores().strike_out(by(&desk, strike(Some(4)))).await.unwrap();
    let list = |ask: v1::ListScoreEntriesRequest| {
        let ask = v1::ListScoreEntriesRequest { community: "a".to_owned(), year: Some(2026), ..ask };
        let (mut scores, request) = (house.scores(), by(&desk, ask));
        async move { scores.list_score_entries(request).await }
    };
    let numbers = |page: &v1::ListScoreEntriesResponse| page.items.iter().map(|item| item.entry).collect::<Vec<_>>();
    let none = v1::ListScoreEntriesRequest::default;
    let first = list(v1::ListScoreEntriesRequest { limit: Some(3), ..none() }).await.unwrap().into_inner();
    assert_eq!((numbers(&first), &*first.next_cursor), (vec![5, 4, 3], "3"));
    assert_eq!((first.items[1].struck.as_deref(), first.items[1].member), (Some("Somebody else"), None));
    let cursor = first.next_cursor;
    let rest = list(v1::ListScoreEntriesRequest { cursor, ..none() }).await.unwrap().into_inner();
    assert_eq!((numbers(&rest), &*rest.next_cursor), (vec![2, 1], ""));
    let unit = "water".to_owned();
    let one = list(v1::ListScoreEntriesRequest { unit, member: Some(2), ..none() }).await.unwrap().into_inner();
    assert_eq!(numbers(&one), [3]);
    let refused = list(v1::ListScoreEntriesRequest { cursor: "x".to_owned(), ..none() }).await;
    assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "cursor");
}
