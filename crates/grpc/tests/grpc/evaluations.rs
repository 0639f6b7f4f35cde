//! Evaluations over gRPC: the same as over HTTP, and with the same keys. Tokens and ballots have no method here (R21).

use prost::Message;
use prost_types::FileDescriptorSet;
use sandan_grpc::v1::{self, end_evaluation_request::Phase, evaluation::Stage, evaluation_result::Verdict};
use serde_json::json;
use tonic::Code;

use crate::house::{House, by, fields, problem, with};

const KEY: &str = "01890000-0000-7000-8000-00000000000c";

fn announcement() -> v1::AnnounceEvaluationRequest {
    let water = v1::EvaluationSubject { id: "water".to_owned(), ..Default::default() };
    v1::AnnounceEvaluationRequest {
        community: "a".to_owned(),
        occasion: "2026-Q4".to_owned(),
        subjects: vec![water],
        criteria: "Of age".to_owned(),
        places: Some(5),
        sign_up_until: "2026-11-08".to_owned(),
    }
}

fn sign_up(id: &str, phone: &str) -> v1::SignUpRequest {
    let (id, name, phone) = (id.to_owned(), "Wang".to_owned(), phone.to_owned());
    v1::SignUpRequest { id, name, phone, email: "wang@home.example".to_owned(), ..Default::default() }
}

#[test]
fn no_method_draws_a_token_or_casts_a_ballot() {
    let described = FileDescriptorSet::decode(sandan_grpc::DESCRIPTORS).unwrap();
    let services = described.file.iter().flat_map(|file| &file.service);
    let names: Vec<&str> = services.flat_map(|service| service.method.iter().map(|method| method.name())).collect();
    assert!(names.contains(&"ListBallots") && names.len() > 60, "{names:?}");
    assert!(names.iter().all(|name| !name.contains("Token") && !name.contains("Cast")), "{names:?}");
}

#[tokio::test]
async fn a_session_is_held_from_its_announcement_to_its_count() {
    let house = House::furnished().await;
    let desk = house.dispatcher().await;
    let wrong = v1::AnnounceEvaluationRequest { occasion: "autumn".to_owned(), places: None, ..announcement() };
    let refused = problem(house.evaluations().announce_evaluation(by(&desk, wrong)).await, Code::InvalidArgument);
    assert_eq!(fields(&refused).iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["occasion", "places"]);
    let keyed = || with(by(&desk, announcement()), "idempotency-key", KEY);
    let told = house.evaluations().announce_evaluation(keyed()).await.unwrap().into_inner();
    assert_eq!(house.evaluations().announce_evaluation(keyed()).await.unwrap().into_inner(), told);
    let body = json!({"community": "a", "occasion": "2026-Q4", "subjects": [{"id": "water"}], "criteria": "Of age",
        "places": 5, "sign_up_until": "2026-11-08"});
    let bearer = format!("Bearer {desk}");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", KEY)];
    let (status, over_http) = house.post("/api/v1/evaluations", &headers, &body).await;
    assert_eq!((status, &over_http["position"]), (201, &json!(told.position)), "{over_http}");
    let id = told.id;

    let unreached = v1::SignUpRequest { email: String::new(), ..sign_up(&id, "13800000021") };
    let joined = house.evaluations().sign_up(unreached).await.unwrap().into_inner();
    house.evaluations().sign_up(sign_up(&id, "13800000022")).await.unwrap();
    assert_eq!(joined.number, 1);
    let refused = house.evaluations().sign_up(sign_up(&id, "13800000021")).await;
    assert_eq!(problem(refused, Code::FailedPrecondition).code, "evaluation-volunteered-before");
    let mine = |code: &str| v1::GetVolunteerRequest { id: id.clone(), tracking_code: code.to_owned() };
    let line = house.evaluations().get_volunteer(mine(&joined.tracking_code)).await.unwrap().into_inner();
    let line = line.volunteer.unwrap();
    assert_eq!((line.name.as_deref(), line.screening()), (Some("Wang"), v1::volunteer_line::Screening::Waiting));
    problem(house.evaluations().get_volunteer(mine("0000000000000")).await, Code::NotFound);

    let screen = |number: i64, admitted: bool, reason: &str| {
        let (number, admitted, reason) = (Some(number), Some(admitted), reason.to_owned());
        v1::ScreenVolunteerRequest { id: id.clone(), number, admitted, reason }
    };
    house.evaluations().screen_volunteer(by(&desk, screen(1, true, ""))).await.unwrap();
    let bare = house.evaluations().screen_volunteer(by(&desk, screen(2, false, ""))).await;
    assert_eq!(fields(&problem(bare, Code::InvalidArgument)), [("reason", "evaluation-reason-needed")]);
    house.evaluations().screen_volunteer(by(&desk, screen(2, false, "Lives elsewhere"))).await.unwrap();
    let list = || v1::ListVolunteersRequest { id: id.clone() };
    let lines = house.evaluations().list_volunteers(by(&desk, list())).await.unwrap().into_inner().items;
    assert_eq!(lines.iter().map(|line| line.reason.as_deref()).collect::<Vec<_>>(), [None, Some("Lives elsewhere")]);
    problem(house.evaluations().list_volunteers(by(&house.unit("water").await, list())).await, Code::PermissionDenied);

    house.time.set("2026-11-09T08:00:00+08:00".parse().unwrap());
    house.evaluations().draw_lots(by(&desk, v1::DrawLotsRequest { id: id.clone() })).await.unwrap();
    let open = v1::OpenEvaluationRequest {
        id: id.clone(),
        drawing_until: "2026-11-09T09:00:00+08:00".to_owned(),
        voting_until: "2026-11-09T10:00:00+08:00".to_owned(),
    };
    house.evaluations().open_evaluation(by(&desk, open)).await.unwrap();
    let shown = shown(&house, &id).await;
    assert_eq!((shown.stage(), shown.chosen.clone(), shown.signed_up), (Stage::Voting, vec![1], 2));
    let vote = shown.vote.unwrap();
    assert_eq!((vote.electorate, vote.tokens, vote.fingerprint.len()), (1, 0, 64));
    let calls = || v1::ListVoterCallsRequest { id: id.clone(), ..Default::default() };
    let hotline = house.token(sandan_domain::Role::Hotline, None, None).await;
    let listed = house.evaluations().list_voter_calls(by(&hotline, calls())).await.unwrap().into_inner();
    assert_eq!(listed.items.iter().map(|line| &*line.name).collect::<Vec<_>>(), ["Wang"], "left no address");
    let theirs = house.unit("water").await;
    problem(house.evaluations().list_voter_calls(by(&theirs, calls())).await, Code::PermissionDenied);
    let end = |phase: i32| v1::EndEvaluationRequest { id: id.clone(), phase };
    let refused = house.evaluations().end_evaluation(by(&desk, end(9))).await;
    assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "phase");
    house.evaluations().end_evaluation(by(&desk, end(Phase::Voting.into()))).await.unwrap();
    house.time.advance(jiff::SignedDuration::from_secs(15));
    house.evaluations().close_evaluation(by(&desk, v1::CloseEvaluationRequest { id: id.clone() })).await.unwrap();
    let shown = self::shown(&house, &id).await;
    assert_eq!((shown.stage(), shown.results[0].verdict()), (Stage::Closed, Verdict::Unrated));
    assert_eq!((shown.results[0].valid, shown.results[0].ratings.len()), (None, 0), "below five ballots");
    let ballots = v1::ListBallotsRequest { id: id.clone(), ..Default::default() };
    assert_eq!(
        house.evaluations().list_ballots(ballots).await.unwrap().into_inner(),
        v1::ListBallotsResponse::default()
    );
    let back = v1::SendBackRequest { id, request: "000012342".to_owned(), ..Default::default() };
    let refused = problem(house.evaluations().send_back(by(&desk, back)).await, Code::InvalidArgument);
    assert_eq!(fields(&refused).iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["request", "why"]);
}

async fn shown(house: &House, id: &str) -> v1::Evaluation {
    let ask = v1::GetEvaluationRequest { id: id.to_owned() };
    house.evaluations().get_evaluation(ask).await.unwrap().into_inner().evaluation.unwrap()
}

#[tokio::test]
async fn anybody_lists_a_communitys_evaluations_in_pages() {
    let house = House::furnished().await;
    let desk = house.dispatcher().await;
    for occasion in ["2026-Q4", "2026"] {
        let announce = v1::AnnounceEvaluationRequest { occasion: occasion.to_owned(), ..announcement() };
        house.evaluations().announce_evaluation(by(&desk, announce)).await.unwrap();
    }
    let ask = |cursor: String| v1::ListEvaluationsRequest { community: "a".to_owned(), cursor, limit: Some(1) };
    let first = house.evaluations().list_evaluations(ask(String::new())).await.unwrap().into_inner();
    let rest = house.evaluations().list_evaluations(ask(first.next_cursor.clone())).await.unwrap().into_inner();
    assert_eq!((&*first.items[0].occasion, &*rest.items[0].occasion, &*rest.next_cursor), ("2026", "2026-Q4", ""));
    let refused = house.evaluations().list_evaluations(ask("!!".to_owned())).await;
    assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "cursor");
    let nowhere = house.evaluations().list_evaluations(v1::ListEvaluationsRequest::default()).await;
    assert_eq!(fields(&problem(nowhere, Code::InvalidArgument))[0].0, "community");
    let nothing = v1::GetEvaluationRequest { id: "x".to_owned() };
    problem(house.evaluations().get_evaluation(nothing).await, Code::NotFound);
}
