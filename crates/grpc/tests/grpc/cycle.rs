//! The cycle over gRPC alone: 点单, 派单, 评单.

use sandan_domain::Role;
use sandan_grpc::v1::{self, Light, Rating, State};
use tonic::Code;

use crate::house::{House, accept, by, fields, filing, problem, rating, to_unit, with};

async fn get(house: &House, token: &str, filed: &v1::FileResponse, after: u64) -> v1::GetResponse {
    let message = v1::GetRequest { id: filed.id.clone(), ..Default::default() };
    let request = with(by(token, message), "sandan-after", &after.to_string());
    house.requests().get(request).await.unwrap().into_inner()
}

#[tokio::test]
async fn a_request_goes_from_filing_to_a_review_that_orders_rework() {
    let house = House::furnished().await;
    let filed = house.files("a", "The tap drips").await;
    assert_eq!((filed.state(), filed.number.len(), filed.tracking_code.len()), (State::Filed, 9, 13));
    let receipt = filed.receipt.clone().unwrap();
    assert_eq!((receipt.position, receipt.hash.len()), (filed.position, 64));
    assert!(receipt.url.ends_with(&format!("/r/{}", filed.tracking_code)) && receipt.url.starts_with("http://127."));
    let (desk, water, id) = (house.dispatcher().await, house.unit("water").await, filed.id.clone());
    let told = house.requests().triage(by(&desk, accept(&id))).await.unwrap().into_inner();
    assert_eq!((told.id.as_str(), told.state()), (id.as_str(), State::Triaged));
    let told = house.requests().dispatch(by(&desk, to_unit(&id, "water"))).await.unwrap().into_inner();
    assert_eq!(told.state(), State::Dispatched);
    let told = house.requests().claim(by(&water, v1::ClaimRequest { id: id.clone() })).await.unwrap().into_inner();
    assert_eq!(told.state(), State::Claimed);
    let note = v1::ProgressRequest { id: id.clone(), note: "On the way".to_owned() };
    house.requests().progress(by(&water, note)).await.unwrap();
    let answer = v1::CompleteRequest { id: id.clone(), answer: "Mended".to_owned(), ..Default::default() };
    let told = house.requests().complete(by(&water, answer)).await.unwrap().into_inner();
    assert_eq!(told.state(), State::InReview);
    let told = house.requests().rate(rating(&filed, Rating::VeryDissatisfied)).await.unwrap().into_inner();
    assert_eq!(told.state(), State::Rework);
    let shown = get(&house, &desk, &filed, told.position).await;
    let request = shown.request.unwrap();
    assert_eq!((request.state(), request.round, request.light()), (State::Rework, 2, Light::Yellow));
    assert_eq!((request.unit.as_deref(), request.answer.as_deref()), (Some("water"), Some("Mended")));
    assert_eq!(request.requester.unwrap().name.as_deref(), Some("王小明"));
    assert!(request.filed_at.is_some() && request.due_at.is_some() && request.closed_at.is_none());
    let ratings = request.ratings.unwrap();
    assert_eq!((ratings.valid, ratings.dissatisfied, ratings.outcome()), (1, 1, v1::Outcome::Rework));
    assert!(shown.permitted.contains(&"complete".to_owned()), "{:?}", shown.permitted);
}

#[tokio::test]
async fn what_is_hidden_over_http_is_hidden_here() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let joined = v1::CoSignRequest {
        id: filed.id.clone(),
        name: "李".to_owned(),
        phone: "13900000002".to_owned(),
        ..Default::default()
    };
    let joined = house.requests().co_sign(joined).await.unwrap().into_inner();
    house.seen(joined.position).await;
    let request = get(&house, &house.unit("water").await, &filed, joined.position).await.request.unwrap();
    assert_eq!(request.requester, Some(v1::Requester::default()), "a unit never learns who asked");
    assert_eq!(request.description.as_deref(), Some("The tap drips"));
    let by_code = |code: &str| {
        let (id, tracking_code) = (filed.id.clone(), code.to_owned());
        tonic::Request::new(v1::GetRequest { id, tracking_code })
    };
    let own = house.requests().get(by_code(&filed.tracking_code)).await.unwrap().into_inner().request.unwrap();
    assert_eq!(own.description.as_deref(), Some("The tap drips"));
    let joiner = house.requests().get(by_code(&joined.tracking_code)).await.unwrap().into_inner().request.unwrap();
    assert_eq!((joiner.description, joiner.answer.as_deref()), (None, Some("Mended")));
    let in_metadata = with(by_code(""), "sandan-tracking-code", &filed.tracking_code);
    assert!(house.requests().get(in_metadata).await.is_ok());
    for wrong in ["", "nonsense", "AAAAAAAAAAAAA"] {
        problem(house.requests().get(by_code(wrong)).await, Code::NotFound);
    }
}

#[tokio::test]
async fn the_watch_and_the_oversight_board_have_their_steps() {
    let house = House::furnished().await;
    let filed = house.files("a", "The wall leans").await;
    let (desk, water, id) = (house.dispatcher().await, house.unit("water").await, || filed.id.clone());
    house.requests().triage(by(&desk, accept(&filed.id))).await.unwrap();
    house.requests().dispatch(by(&desk, to_unit(&filed.id, "water"))).await.unwrap();
    house.requests().claim(by(&water, v1::ClaimRequest { id: id() })).await.unwrap();
    let supervisor = house.token(Role::Supervisor, None, None).await;
    let reason = || "The part is on its way".to_owned();
    let suspend = v1::SuspendRequest { id: id(), reason: reason(), review_on: "2026-11-20".to_owned() };
    let told = house.requests().suspend(by(&supervisor, suspend)).await.unwrap().into_inner();
    assert_eq!(told.state(), State::Suspended);
    let told = house.requests().resume(by(&supervisor, v1::ResumeRequest { id: id() })).await.unwrap().into_inner();
    assert_eq!(told.state(), State::Claimed);
    let extend = v1::ExtendRequest { id: id(), reason: reason(), until: "2027-01-10".to_owned() };
    let told = house.requests().extend(by(&water, extend)).await.unwrap().into_inner();
    let request = get(&house, &desk, &filed, told.position).await.request.unwrap();
    assert!(request.extension.unwrap().asked_until.is_some());
    let back = v1::ReturnRequest { id: id(), reason: reason(), basis: "List of duties".to_owned() };
    let told = house.requests().r#return(by(&water, back)).await.unwrap().into_inner();
    assert_eq!(told.state(), State::Returned);
    let oversight = house.token(Role::Oversight, None, None).await;
    let close = v1::CloseRequest { id: id(), reason: reason() };
    let refused = problem(house.requests().close(by(&oversight, close)).await, Code::FailedPrecondition);
    assert_eq!((refused.state.as_deref(), refused.http_status), (Some("returned"), 409));
    let withdraw = v1::WithdrawRequest { id: id(), tracking_code: filed.tracking_code.clone(), ..Default::default() };
    assert_eq!(house.requests().withdraw(withdraw).await.unwrap().into_inner().state(), State::Withdrawn);
}

#[tokio::test]
async fn who_had_it_and_why_it_is_due_are_told_as_over_http() {
    let house = House::furnished().await;
    let filed = house.files("a", "The wall leans").await;
    let (desk, water, id) = (house.dispatcher().await, house.unit("water").await, || filed.id.clone());
    let pass = |hours| house.time.advance(jiff::SignedDuration::from_hours(hours));
    pass(2);
    house.requests().triage(by(&desk, accept(&filed.id))).await.unwrap();
    house.requests().dispatch(by(&desk, to_unit(&filed.id, "water"))).await.unwrap();
    house.requests().claim(by(&water, v1::ClaimRequest { id: id() })).await.unwrap();
    pass(3);
    let supervisor = house.token(Role::Supervisor, None, None).await;
    let (reason, review_on) = ("The part is on its way".to_owned(), "2026-11-20".to_owned());
    let suspend = v1::SuspendRequest { id: id(), reason: reason.clone(), review_on };
    let position = house.requests().suspend(by(&supervisor, suspend)).await.unwrap().into_inner().position;
    pass(4);
    house.seen(position).await;

    let hands = v1::HandsRequest { id: id(), ..Default::default() };
    let told = house.requests().hands(by(&desk, hands.clone())).await.unwrap().into_inner();
    let hours = |hand: &v1::Hand| hand.spell.unwrap().seconds / 3_600;
    let lines = told.items.iter().map(|hand| (hand.owner.as_str(), hand.kind(), hand.suspended, hours(hand)));
    let lines: Vec<_> = lines.collect();
    let expected = [
        ("desk", v1::Capacity::Desk, false, 2),
        ("water", v1::Capacity::Unit, false, 3),
        ("water", v1::Capacity::Unit, true, 4),
    ];
    assert_eq!(lines, expected);
    assert_eq!(told.items.iter().filter(|hand| hand.to.is_none()).count(), 1);
    let total = told.total.unwrap();
    assert_eq!(total.seconds, 9 * 3_600);
    assert_eq!(told.totals.iter().map(|sum| sum.spell.unwrap().seconds).sum::<i64>(), total.seconds);
    problem(house.requests().hands(hands).await, Code::NotFound);

    let ask = || v1::ExplainDueRequest { id: id(), tracking_code: String::new() };
    let told = house.requests().explain_due(by(&desk, ask())).await.unwrap().into_inner();
    let over_http = house.get(&format!("/api/v1/requests/{}/due", filed.id), &desk).await;
    assert_eq!(told.standing(), v1::explain_due_response::Standing::Suspended);
    assert_eq!((told.limit.as_str(), told.rule_number.as_deref()), ("15 days", Some("R8")));
    assert_eq!(over_http["rule"], told.rule.unwrap());
    assert_eq!(over_http["items"].as_array().unwrap().len(), told.items.len());
    assert!(!told.items.is_empty() && told.policy.is_some() && told.calendar.is_some());
    // The clock stands still since the day on which it began, which is not counted.
    assert_eq!(told.items.iter().map(|item| item.days).sum::<u32>(), 0);
    problem(house.requests().explain_due(ask()).await, Code::NotFound);
    let by_code = v1::ExplainDueRequest { tracking_code: filed.tracking_code.clone(), ..ask() };
    assert!(house.requests().explain_due(by_code).await.is_ok());
}

#[tokio::test]
async fn an_address_for_notices_is_taken_and_never_shown() {
    let house = House::furnished().await;
    let email = |email: &str| Some(v1::Requester { email: Some(email.to_owned()), ..Default::default() });
    let wrong = v1::FileRequest { requester: email("nobody"), ..filing("a", "The tap drips") };
    let refused = problem(house.requests().file(wrong).await, Code::InvalidArgument);
    assert_eq!(fields(&refused)[0].0, "requester.email");
    let right = v1::FileRequest { requester: email("wang@example.org"), ..filing("a", "The tap drips") };
    let filed = house.requests().file(right).await.unwrap().into_inner();
    let shown = get(&house, &house.dispatcher().await, &filed, filed.position).await.request.unwrap();
    assert_eq!(shown.requester.unwrap().email, None);
    let join = |email: &str| {
        let (name, phone) = ("李".to_owned(), "13900000002".to_owned());
        v1::CoSignRequest { id: filed.id.clone(), name, phone, email: email.to_owned() }
    };
    let refused = problem(house.requests().co_sign(join("nobody")).await, Code::InvalidArgument);
    assert_eq!(fields(&refused)[0].0, "email");
    house.requests().co_sign(join("li@example.org")).await.unwrap();
}
