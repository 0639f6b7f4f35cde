//! Projects over gRPC: the same as over HTTP, and with the same keys.

use sandan_domain::Role;
use sandan_grpc::v1::{self, project::Phase};
use serde_json::json;
use tonic::Code;

use crate::house::{House, accept, by, fields, problem, to_unit, with};

const KEY: &str = "01890000-0000-7000-8000-00000000000d";

async fn in_work(house: &House, desk: &str) -> v1::FileResponse {
    let filed = house.files("a", "The walk is broken").await;
    house.requests().triage(by(desk, accept(&filed.id))).await.unwrap();
    house.requests().dispatch(by(desk, to_unit(&filed.id, "water"))).await.unwrap();
    filed
}

fn river_walk(request: &str) -> v1::OpenProjectRequest {
    let stage = v1::StagePlan { name: "Pave it".to_owned(), due: "2026-12-20".to_owned() };
    v1::OpenProjectRequest {
        community: "a".to_owned(),
        name: "river-walk".to_owned(),
        title: "The river walk".to_owned(),
        responsible: "Wang, of the committee".to_owned(),
        unit: "water".to_owned(),
        requests: vec![request.to_owned()],
        stages: vec![stage],
    }
}

fn register(id: &str, phone: &str) -> v1::RegisterForProjectRequest {
    let (id, name, phone) = (id.to_owned(), "Li".to_owned(), phone.to_owned());
    v1::RegisterForProjectRequest { id, name, phone, ..Default::default() }
}

#[tokio::test]
async fn a_project_is_opened_worked_on_and_finished_whichever_way_it_comes() {
    let house = House::furnished().await;
    let desk = house.dispatcher().await;
    let filed = in_work(&house, &desk).await;
    let empty = v1::OpenProjectRequest { community: "a".to_owned(), ..Default::default() };
    let refused = problem(house.projects().open_project(by(&desk, empty)).await, Code::InvalidArgument);
    let named: Vec<&str> = fields(&refused).iter().map(|(field, _)| *field).collect();
    assert_eq!(named, ["name", "title", "responsible", "unit"]);
    let keyed = || with(by(&desk, river_walk(&filed.number)), "idempotency-key", KEY);
    let told = house.projects().open_project(keyed()).await.unwrap().into_inner();
    assert_eq!(house.projects().open_project(keyed()).await.unwrap().into_inner(), told);
    let body = json!({"community": "a", "name": "river-walk", "title": "The river walk",
        "responsible": "Wang, of the committee", "unit": "water", "requests": [filed.number],
        "stages": [{"name": "Pave it", "due": "2026-12-20"}]});
    let bearer = format!("Bearer {desk}");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", KEY)];
    let (status, over_http) = house.post("/api/v1/projects", &headers, &body).await;
    assert_eq!((status, &over_http["position"]), (201, &json!(told.position)), "{over_http}");
    let id = told.id;

    let other = in_work(&house, &desk).await;
    let add = v1::AddRequestRequest { id: id.clone(), request: other.id.clone() };
    house.projects().add_request(by(&desk, add)).await.unwrap();
    let joined = house.projects().register_for_project(register(&id, "13800000031")).await.unwrap().into_inner();
    assert_eq!(joined.tracking_code.len(), 13);
    let again = house.projects().register_for_project(register(&id, "13800000031")).await;
    assert_eq!(problem(again, Code::FailedPrecondition).code, "project-registered-before");
    let finish = || v1::FinishProjectRequest { id: id.clone(), answer: "Paved".to_owned(), ..Default::default() };
    let early = problem(house.projects().finish_project(by(&desk, finish())).await, Code::FailedPrecondition);
    assert_eq!(early.code, "project-stages-open");
    let done = v1::MarkStageDoneRequest { id: id.clone(), stage: Some(1) };
    house.projects().mark_stage_done(by(&desk, done)).await.unwrap();
    house.projects().finish_project(by(&desk, finish())).await.unwrap();

    let ask = v1::GetProjectRequest { id: id.clone() };
    let shown = house.projects().get_project(ask).await.unwrap().into_inner().project.unwrap();
    assert_eq!((shown.phase(), shown.light(), shown.registered), (Phase::InReview, v1::Light::Green, 1));
    assert_eq!((shown.requests.clone(), shown.answer.as_deref()), (vec![filed.id, other.id], Some("Paved")));
    assert!(shown.stages[0].done.is_some() && shown.closing() == v1::Closing::Unspecified);
    let review = v1::GetEvaluationRequest { id: shown.review.unwrap() };
    let vote = house.evaluations().get_evaluation(review).await.unwrap().into_inner().evaluation.unwrap();
    assert_eq!(vote.subjects[0].kind(), v1::evaluation_subject::Kind::Project);
    let list = || v1::ListRegisteredRequest { id: id.clone() };
    let lines = house.projects().list_registered(by(&desk, list())).await.unwrap().into_inner().items;
    assert_eq!((lines[0].phone.as_deref(), lines[0].token), (Some("13800000031"), false));
    problem(house.projects().list_registered(by(&house.unit("water").await, list())).await, Code::PermissionDenied);
    let close = v1::CloseProjectRequest { id: id.clone(), reason: "No money".to_owned() };
    let board = house.token(Role::Oversight, None, Some("a")).await;
    problem(house.projects().close_project(by(&board, close)).await, Code::FailedPrecondition);

    let ask = v1::ListProjectsRequest { community: "a".to_owned(), ..Default::default() };
    let listed = house.projects().list_projects(ask).await.unwrap().into_inner();
    assert_eq!((listed.items.len(), &*listed.items[0].name, &*listed.next_cursor), (1, "river-walk", ""));
    problem(house.projects().get_project(v1::GetProjectRequest { id: "x".to_owned() }).await, Code::NotFound);
}
