//! Honours over gRPC: the same as over HTTP, and with the same keys.

use sandan_domain::Role;
use sandan_grpc::v1::{self, Opinion, honour::State};
use serde_json::json;
use tonic::Code;

use crate::house::{House, by, fields, problem, with};

const KEY: &str = "01890000-0000-7000-8000-00000000000e";

fn question(honour: &str) -> v1::AskOpinionRequest {
    v1::AskOpinionRequest {
        community: "a".to_owned(),
        unit: "water".to_owned(),
        honour: honour.to_owned(),
        from: "2026-10-01".to_owned(),
        to: "2026-10-31".to_owned(),
    }
}

#[tokio::test]
async fn r24_a_unit_is_asked_about_answered_for_with_its_figures_and_proposed() {
    let house = House::furnished().await;
    let (town, desk) = (house.token(Role::Supervisor, None, None).await, house.dispatcher().await);
    problem(house.honours().ask_opinion(by(&desk, question("Civil"))).await, Code::PermissionDenied);
    let keyed = || with(by(&town, question("Civil")), "idempotency-key", KEY);
    let told = house.honours().ask_opinion(keyed()).await.unwrap().into_inner();
    let body = json!({"community": "a", "unit": "water", "honour": "Civil", "from": "2026-10-01", "to": "2026-10-31"});
    let bearer = format!("Bearer {town}");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", KEY)];
    let (status, over_http) = house.post("/api/v1/honours", &headers, &body).await;
    assert_eq!((status, &over_http["position"]), (201, &json!(told.position)), "{over_http}");
    let propose = || v1::ProposeHonourRequest { id: told.id.clone(), reason: String::new() };
    let hasty = problem(house.honours().propose_honour(by(&town, propose())).await, Code::FailedPrecondition);
    assert_eq!(hasty.code, "honour-not-answered");

    let give = |opinion: i32, reason: &str| {
        let (id, reason) = (told.id.clone(), reason.to_owned());
        v1::GiveOpinionRequest { id, opinion, reason }
    };
    let refused = problem(house.honours().give_opinion(by(&desk, give(0, ""))).await, Code::InvalidArgument);
    assert_eq!(fields(&refused).iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["opinion", "reason"]);
    house.honours().give_opinion(by(&desk, give(Opinion::Supports.into(), "Always there"))).await.unwrap();
    let position = house.honours().propose_honour(by(&town, propose())).await.unwrap().into_inner().position;
    let ask = v1::GetHonourRequest { id: told.id.clone() };
    let ask = with(by("", ask), "sandan-after", &position.to_string());
    let shown = house.honours().get_honour(ask).await.unwrap().into_inner().honour.unwrap();
    assert_eq!((shown.state(), shown.opinion(), shown.position), (State::Proposed, Opinion::Supports, position));
    assert_eq!(shown.opinion_reason.as_deref(), Some("Always there"));
    let figures = shown.figures.unwrap();
    assert!(figures.position > 0 && figures.on_time.unwrap().denominator == 0);
    problem(house.honours().get_honour(v1::GetHonourRequest { id: "x".to_owned() }).await, Code::NotFound);
}

#[tokio::test]
async fn questions_are_listed_in_pages_and_dropped_with_a_reason() {
    let house = House::furnished().await;
    let town = house.token(Role::Supervisor, None, None).await;
    let mut last = v1::HonourChangedResponse::default();
    for honour in ["Civil", "Green", "Safe"] {
        last = house.honours().ask_opinion(by(&town, question(honour))).await.unwrap().into_inner();
    }
    let drop = |reason: &str| v1::DropHonourRequest { id: last.id.clone(), reason: reason.to_owned() };
    let refused = problem(house.honours().drop_honour(by(&town, drop(""))).await, Code::InvalidArgument);
    assert_eq!(fields(&refused)[0].0, "reason");
    let position = house.honours().drop_honour(by(&town, drop("Another unit"))).await.unwrap().into_inner().position;
    house.seen(position).await;
    let (mut cursor, mut listed) = (String::new(), Vec::new());
    loop {
        let ask = v1::ListHonoursRequest { community: "a".to_owned(), cursor, limit: Some(2) };
        let page = house.honours().list_honours(ask).await.unwrap().into_inner();
        listed.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_empty() {
            break;
        }
    }
    let mut names: Vec<&str> = listed.iter().map(|item| &*item.honour).collect();
    names.sort_unstable();
    assert_eq!(names, ["Civil", "Green", "Safe"]);
    let dropped = listed.iter().find(|item| item.id == last.id).unwrap();
    assert_eq!((dropped.state(), dropped.settled_reason.as_deref()), (State::Dropped, Some("Another unit")));
}
