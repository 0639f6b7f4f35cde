//! Entered ballots, calls, appeals and call-backs: the same as over HTTP, and with the same keys.

use sandan_domain::Role;
use sandan_grpc::v1::{self, CallOutcome, Rating, Via, appeal_request::Charge, watched::Kind};
use serde_json::json;
use tonic::Code;

use crate::house::{House, by, fields, problem, with};

const KEY: &str = "01890000-0000-7000-8000-00000000000b";

#[tokio::test]
async fn the_hotline_calls_and_enters_a_ballot_once_whichever_way_it_comes() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let hotline = house.token(Role::Hotline, None, Some("a")).await;
    let list = || v1::ListCallsRequest { limit: Some(1), ..Default::default() };
    let told = house.reviews().list_calls(by(&hotline, list())).await.unwrap().into_inner();
    assert_eq!((told.items.len(), told.next_cursor.as_str()), (1, ""));
    let (person, phone) = (told.items[0].person.clone(), told.items[0].phone.clone());
    assert_eq!((told.items[0].request.as_str(), phone.as_deref()), (filed.id.as_str(), Some("13800000001")));
    let outcome = CallOutcome::NoAnswer.into();
    let call = v1::RecordCallRequest { id: filed.id.clone(), person: person.clone(), outcome, ..Default::default() };
    let position = house.reviews().record_call(by(&hotline, call)).await.unwrap().into_inner().position;
    house.seen(position).await;
    let told = house.reviews().list_calls(by(&hotline, list())).await.unwrap().into_inner();
    assert_eq!((told.items[0].calls, told.items[0].outcome()), (1, CallOutcome::NoAnswer));

    let ballot = |via: Via| {
        let (via, rating) = (via.into(), Rating::Satisfied.into());
        v1::EnterBallotRequest { id: filed.id.clone(), person: person.clone(), via, rating, ..Default::default() }
    };
    let refused = house.reviews().enter_ballot(by(&hotline, ballot(Via::Unspecified))).await;
    assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "via");
    let keyed = || with(by(&hotline, ballot(Via::Phone)), "idempotency-key", KEY);
    let told = house.reviews().enter_ballot(keyed()).await.unwrap().into_inner();
    assert_eq!(told.state(), v1::State::Closed);
    let body = json!({"person": person, "via": "phone", "rating": "satisfied"});
    let bearer = format!("Bearer {hotline}");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", KEY)];
    let path = format!("/api/v1/requests/{}/entered-ballots", filed.id);
    let (status, over_http) = house.post(&path, &headers, &body).await;
    assert_eq!((status, &over_http["position"]), (200, &json!(told.position)), "{over_http}");
    house.seen(told.position).await;
    let told = house.reviews().list_calls(by(&hotline, list())).await.unwrap().into_inner();
    assert_eq!(told.items, []);
    for limit in [Some(0), Some(501)] {
        let refused = house.reviews().list_calls(by(&hotline, v1::ListCallsRequest { limit, ..list() })).await;
        assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "limit");
    }
    let cursor = "!!".to_owned();
    let refused = house.reviews().list_calls(by(&hotline, v1::ListCallsRequest { cursor, ..list() })).await;
    assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "cursor");
    problem(house.reviews().list_calls(by(&house.unit("water").await, list())).await, Code::PermissionDenied);
}

#[tokio::test]
async fn a_unit_appeals_and_proposes_and_the_oversight_board_decides() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let (water, board) = (house.unit("water").await, house.token(Role::Oversight, None, Some("a")).await);
    let id = || filed.id.clone();
    let rate = v1::RateRequest {
        id: id(),
        tracking_code: filed.tracking_code.clone(),
        rating: Rating::VeryDissatisfied.into(),
        via: Via::Qr.into(),
        ..Default::default()
    };
    let position = house.requests().rate(rate).await.unwrap().into_inner().position;
    house.seen(position).await;
    let told = house.get(&format!("/api/v1/requests/{}", filed.id), &water).await;
    let name = || told["reasons"][0]["ballot"].as_str().unwrap().to_owned();
    let reason = || "A feud".to_owned();

    let appeal = |ground: i32| v1::AppealRequest { id: id(), ballot: name(), ground, reason: reason() };
    let refused = house.reviews().appeal(by(&water, appeal(9))).await;
    assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "ground");
    house.reviews().appeal(by(&water, appeal(Charge::Malicious.into()))).await.unwrap();
    let propose = v1::ProposeUnreasonableRequest { id: id(), reason: reason(), basis: "Article 9".to_owned() };
    let position = house.reviews().propose_unreasonable(by(&water, propose)).await.unwrap().into_inner().position;
    house.seen(position).await;
    let list = v1::ListWatchedRequest::default;
    let waits = house.reviews().list_watched(by(&board, list())).await.unwrap().into_inner();
    assert_eq!(waits.items.iter().map(|item| item.kind()).collect::<Vec<_>>(), [Kind::Appeal, Kind::Unreasonable]);
    assert_eq!((waits.items[0].ballot.clone(), waits.items[0].unit.as_deref()), (Some(name()), Some("water")));

    let decide = |upheld| v1::DecideAppealRequest { id: id(), ballot: name(), upheld, reason: reason() };
    problem(house.reviews().decide_appeal(by(&water, decide(Some(true)))).await, Code::PermissionDenied);
    let refused = house.reviews().decide_appeal(by(&board, decide(None))).await;
    assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "upheld");
    house.reviews().decide_appeal(by(&board, decide(Some(true)))).await.unwrap();
    let decide = v1::DecideUnreasonableRequest { id: id(), upheld: Some(true), reason: reason() };
    let position = house.reviews().decide_unreasonable(by(&board, decide)).await.unwrap().into_inner().position;
    house.seen(position).await;
    assert_eq!(house.reviews().list_watched(by(&board, list())).await.unwrap().into_inner().items, []);
    let told = house.get(&format!("/api/v1/requests/{}", filed.id), &board).await;
    assert_eq!((&told["unreasonable"], &told["reasons"][0]["appeal"]["upheld"]), (&json!("upheld"), &json!(true)));
    let ballots = house.get("/api/v1/ballots", &board).await;
    let qr = ballots["by_channel"].as_array().unwrap().iter().find(|way| way["channel"] == "qr").unwrap();
    assert_eq!(qr["valid"], 1);
}

#[tokio::test]
async fn call_backs_are_committed_to_and_open_to_anybody() {
    let house = House::furnished().await;
    let board = house.token(Role::Oversight, None, Some("a")).await;
    let commit = |size| v1::CommitCallbacksRequest {
        community: "a".to_owned(),
        from: "2999-01-01".to_owned(),
        to: "2999-02-01".to_owned(),
        size,
    };
    let refused = house.reviews().commit_callbacks(by(&board, commit(None))).await;
    assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "size");
    let told = house.reviews().commit_callbacks(by(&board, commit(Some(20)))).await.unwrap().into_inner();
    let (id, position) = (|| told.id.clone(), told.position);
    let ask = with(by("", v1::GetCallbacksRequest { id: id() }), "sandan-after", &position.to_string());
    let shown = house.reviews().get_callbacks(ask).await.unwrap().into_inner();
    assert_eq!((shown.seed, shown.hash.len(), shown.size, shown.position), (None, 64, 20, position));
    assert!(shown.candidates.is_empty() && shown.sample.is_empty() && shown.calls.unwrap().to_make == 0);
    let draw = house.reviews().draw_callbacks(by(&board, v1::DrawCallbacksRequest { id: id() })).await;
    problem(draw, Code::FailedPrecondition);
    let call = v1::CallBackRequest {
        id: id(),
        request: "0199a000-0000-7000-8000-000000000000".to_owned(),
        outcome: CallOutcome::Reached.into(),
        ..Default::default()
    };
    let refused = house.reviews().call_back(by(&house.token(Role::Hotline, None, Some("a")).await, call)).await;
    assert_ne!(refused.unwrap_err().code(), Code::Ok);
    problem(house.reviews().get_callbacks(v1::GetCallbacksRequest { id: "x".to_owned() }).await, Code::NotFound);

    let member = v1::KeepMemberRequest {
        community: "a".to_owned(),
        unit: "water".to_owned(),
        phone: "13800000009".to_owned(),
        ..Default::default()
    };
    let admin = house.token(Role::Administrator, None, None).await;
    assert_eq!(house.reviews().keep_member(by(&admin, member)).await.unwrap().into_inner().unit, "water");
    let list = v1::ListMembersRequest { community: "a".to_owned(), unit: "water".to_owned() };
    let members = house.reviews().list_members(by(&admin, list.clone())).await.unwrap().into_inner().persons;
    let over_http = house.get("/api/v1/unit-members?community=a&unit=water", &admin).await;
    assert_eq!(json!(members), json!([over_http["items"][0]["person"]]));
    problem(house.reviews().list_members(by(&board, list)).await, Code::PermissionDenied);
}
