//! Time policies and calendars over gRPC: the same as over HTTP, and with the same keys.

use std::collections::HashMap;

use sandan_domain::Role;
use sandan_grpc::v1;
use serde_json::json;
use tonic::Code;

use crate::house::{House, by, fields, problem, with};

const KEY: &str = "01890000-0000-7000-8000-00000000000a";

fn shorter(community: &str) -> v1::PublishPolicyRequest {
    let limits = HashMap::from([("completion".to_owned(), "10 days".to_owned())]);
    let emergency = v1::PolicyClass {
        name: "Emergency".to_owned(),
        urgency: v1::Urgency::Urgent.into(),
        limits: HashMap::from([("completion".to_owned(), "2 hours".to_owned())]),
        ..Default::default()
    };
    let policy = v1::PolicyTerms { name: "Short".to_owned(), limits, classes: vec![emergency], ..Default::default() };
    v1::PublishPolicyRequest { community: community.to_owned(), policy: Some(policy), ..Default::default() }
}

#[tokio::test]
async fn a_policy_is_published_once_whichever_way_it_comes_and_listed() {
    let house = House::furnished().await;
    let admin = house.token(Role::Administrator, None, None).await;
    let keyed = || with(by(&admin, shorter("a")), "idempotency-key", KEY);
    let told = house.policies().publish_policy(keyed()).await.unwrap().into_inner();
    assert_eq!((told.community.as_str(), told.version), ("a", 1));
    let again = house.policies().publish_policy(keyed()).await.unwrap().into_inner();
    assert_eq!(again, told);
    let body = json!({"community": "a", "policy": {
        "name": "Short", "limits": {"completion": "10 days"},
        "classes": [{"name": "Emergency", "urgency": "urgent", "limits": {"completion": "2 hours"}}],
    }});
    let bearer = format!("Bearer {admin}");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", KEY)];
    let (status, over_http) = house.post("/api/v1/policies", &headers, &body).await;
    assert_eq!((status, &over_http["position"]), (201, &json!(told.position)), "{over_http}");

    let desk = house.dispatcher().await;
    let ask = |community: &str| v1::ListPoliciesRequest { community: community.to_owned() };
    let listed = house.policies().list_policies(by(&desk, ask("a"))).await.unwrap().into_inner();
    let in_force = listed.in_force.unwrap();
    assert_eq!((in_force.community.as_deref(), in_force.version), (Some("a"), 1));
    let terms = in_force.policy.unwrap();
    assert_eq!((terms.limits["completion"].as_str(), terms.limits["rework"].as_str()), ("10 days", "7 days"));
    assert_eq!(terms.classes[0].urgency(), v1::Urgency::Urgent);
    assert_eq!(terms.burst.map(|burst| (burst.joiners, burst.within_minutes)), Some((Some(10), Some(60))));
    let scoring = terms.scoring.unwrap();
    assert_eq!((scoring.on_time, scoring.satisfaction, scoring.target_hours), (Some(30), Some(40), Some(20)));
    let own = listed.versions[0].policy.as_ref().unwrap();
    assert_eq!((listed.versions.len(), own.limits.len(), own.verified.as_ref()), (1, 1, None));
    assert_eq!(own.scoring, None);
    assert_eq!(
        problem(house.policies().list_policies(by(&desk, ask("b"))).await, Code::PermissionDenied).code,
        "forbidden"
    );
    let nowhere = problem(house.policies().list_policies(by(&admin, ask(""))).await, Code::InvalidArgument);
    assert_eq!(fields(&nowhere)[0].0, "community");
}

#[tokio::test]
async fn what_a_policy_cannot_say_is_named_field_by_field() {
    let house = House::furnished().await;
    let admin = house.token(Role::Administrator, None, None).await;
    let mut wrong = shorter("nowhere");
    let policy = wrong.policy.as_mut().unwrap();
    policy.limits.insert("completion".to_owned(), "soon".to_owned());
    policy.classes[0].urgency = 77;
    policy.scoring = Some(v1::ScoreWeights { hours: Some(101), ..Default::default() });
    let refused = problem(house.policies().publish_policy(by(&admin, wrong)).await, Code::InvalidArgument);
    let named: Vec<&str> = refused.errors.iter().map(|error| error.field.as_str()).collect();
    for field in ["community", "policy.limits.completion", "policy.classes[0].urgency", "policy.scoring.hours"] {
        assert!(named.contains(&field), "{field} in {named:?}");
    }
    let desk = house.dispatcher().await;
    problem(house.policies().publish_policy(by(&desk, shorter("a"))).await, Code::PermissionDenied);
}

#[tokio::test]
async fn a_calendar_is_published_and_shown() {
    let house = House::furnished().await;
    let admin = house.token(Role::Administrator, None, None).await;
    let day = |date: &str, kind: &str| v1::CalendarDay {
        date: date.to_owned(),
        kind: kind.to_owned(),
        name: "元旦".to_owned(),
    };
    let years = |days| v1::PublishCalendarRequest { community: "a".to_owned(), name: "2027".to_owned(), days };
    let refused = house.policies().publish_calendar(by(&admin, years(vec![day("2027-02-30", "off")]))).await;
    assert_eq!(fields(&problem(refused, Code::InvalidArgument))[0].0, "days[0].date");
    let told = house.policies().publish_calendar(by(&admin, years(vec![day("2027-01-01", "off")]))).await;
    assert_eq!(told.unwrap().into_inner().version, 1);
    let ask = v1::GetCalendarRequest { community: "a".to_owned() };
    let shown = house.policies().get_calendar(by(&house.dispatcher().await, ask)).await.unwrap().into_inner();
    assert_eq!((shown.name.as_str(), shown.version, shown.of.as_deref()), ("2027", 1, Some("a")));
    assert!(shown.years.contains(&2026) && shown.years.contains(&2027));
    assert_eq!((shown.versions[0].days, shown.versions[0].years.as_slice()), (1, [2027].as_slice()));
}
