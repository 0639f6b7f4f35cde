//! Every route and every role: who may is one table, and nothing is outside of it.

use std::collections::BTreeMap;

use axum::http::Method;
use sandan_app::{Action, may};
use sandan_domain::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::house::House;

/// What a call is in the table. `None`: anybody, or the tracking code decides.
fn table() -> BTreeMap<(&'static str, &'static str), Option<Action>> {
    use Action::*;
    BTreeMap::from([
        (("get", "/api/v1/requests"), Some(See)),
        (("post", "/api/v1/requests"), Some(File)),
        (("get", "/api/v1/requests/nearby"), None),
        (("get", "/api/v1/requests/{id}"), None),
        (("get", "/api/v1/requests/{id}/timeline"), None),
        (("get", "/api/v1/requests/{id}/due"), None),
        (("get", "/api/v1/requests/{id}/hands"), None),
        (("get", "/api/v1/requests/{id}/signers"), Some(See)),
        (("get", "/api/v1/requests/{id}/attachments/{attachment}"), None),
        (("post", "/api/v1/requests/{id}/attachments"), Some(Attach)),
        (("post", "/api/v1/requests/{id}/co-signers"), Some(CoSign)),
        (("post", "/api/v1/requests/{id}/ratings"), Some(Rate)),
        (("post", "/api/v1/requests/{id}/withdraw"), Some(Withdraw)),
        (("post", "/api/v1/requests/{id}/triage"), Some(Triage)),
        (("post", "/api/v1/requests/{id}/dispatch"), Some(Dispatch)),
        (("post", "/api/v1/requests/{id}/claim"), Some(Claim)),
        (("post", "/api/v1/requests/{id}/return"), Some(Return)),
        (("post", "/api/v1/requests/{id}/progress"), Some(Progress)),
        (("post", "/api/v1/requests/{id}/complete"), Some(Complete)),
        (("post", "/api/v1/requests/{id}/rule"), Some(Rule)),
        (("post", "/api/v1/requests/{id}/verify"), Some(Verify)),
        (("post", "/api/v1/requests/{id}/suspend"), Some(Suspend)),
        (("post", "/api/v1/requests/{id}/resume"), Some(Resume)),
        (("post", "/api/v1/requests/{id}/extend"), Some(Extend)),
        (("post", "/api/v1/requests/{id}/close"), Some(Close)),
        (("post", "/api/v1/requests/{id}/entered-ballots"), Some(EnterBallot)),
        (("post", "/api/v1/requests/{id}/calls"), Some(Call)),
        (("post", "/api/v1/requests/{id}/appeals"), Some(Appeal)),
        (("post", "/api/v1/requests/{id}/appeal-decisions"), Some(DecideAppeal)),
        (("post", "/api/v1/requests/{id}/unreasonable"), Some(ProposeUnreasonable)),
        (("post", "/api/v1/requests/{id}/unreasonable-decision"), Some(DecideUnreasonable)),
        (("get", "/api/v1/calls"), Some(Call)),
        (("get", "/api/v1/callbacks"), None),
        (("post", "/api/v1/callbacks"), Some(Sample)),
        (("get", "/api/v1/callbacks/{id}"), None),
        (("post", "/api/v1/callbacks/{id}/draw"), Some(Sample)),
        (("post", "/api/v1/callbacks/{id}/calls"), Some(Call)),
        (("get", "/api/v1/watch"), Some(DecideAppeal)),
        (("get", "/api/v1/honours"), None),
        (("post", "/api/v1/honours"), Some(ProposeHonour)),
        (("get", "/api/v1/honours/{id}"), None),
        (("post", "/api/v1/honours/{id}/opinion"), Some(GiveOpinion)),
        (("post", "/api/v1/honours/{id}/proposal"), Some(ProposeHonour)),
        (("post", "/api/v1/honours/{id}/drop"), Some(ProposeHonour)),
        (("get", "/api/v1/evaluations"), None),
        (("post", "/api/v1/evaluations"), Some(RunEvaluation)),
        (("get", "/api/v1/evaluations/{id}"), None),
        (("get", "/api/v1/evaluations/{id}/ballots"), None),
        (("post", "/api/v1/evaluations/{id}/ballots"), None),
        (("get", "/api/v1/evaluations/{id}/volunteers"), Some(RunEvaluation)),
        (("post", "/api/v1/evaluations/{id}/volunteers"), Some(Volunteer)),
        (("get", "/api/v1/evaluations/{id}/volunteer"), None),
        (("post", "/api/v1/evaluations/{id}/screen"), Some(RunEvaluation)),
        (("post", "/api/v1/evaluations/{id}/draw"), Some(RunEvaluation)),
        (("post", "/api/v1/evaluations/{id}/open"), Some(RunEvaluation)),
        (("post", "/api/v1/evaluations/{id}/tokens"), Some(DrawToken)),
        (("post", "/api/v1/evaluations/{id}/end"), Some(RunEvaluation)),
        (("post", "/api/v1/evaluations/{id}/close"), Some(RunEvaluation)),
        (("post", "/api/v1/evaluations/{id}/call-off"), Some(RunEvaluation)),
        (("get", "/api/v1/evaluations/{id}/calls"), Some(Call)),
        (("post", "/api/v1/evaluations/{id}/send-back"), Some(RunEvaluation)),
        (("get", "/api/v1/projects"), None),
        (("post", "/api/v1/projects"), Some(RunProject)),
        (("get", "/api/v1/projects/{id}"), None),
        (("post", "/api/v1/projects/{id}/requests"), Some(RunProject)),
        (("post", "/api/v1/projects/{id}/stages"), Some(RunProject)),
        (("get", "/api/v1/projects/{id}/registrations"), Some(RunProject)),
        (("post", "/api/v1/projects/{id}/registrations"), Some(Register)),
        (("post", "/api/v1/projects/{id}/finish"), Some(RunProject)),
        (("post", "/api/v1/projects/{id}/close"), Some(Close)),
        (("get", "/api/v1/scores"), Some(See)),
        (("get", "/api/v1/scores/entries"), Some(See)),
        (("post", "/api/v1/scores/hours"), Some(EnterHours)),
        (("post", "/api/v1/scores/check-ins"), Some(EnterHours)),
        (("post", "/api/v1/scores/strike-outs"), Some(EnterHours)),
        (("post", "/api/v1/scores/commitments"), Some(EnterHours)),
        (("post", "/api/v1/scores/community-ratings"), Some(RateCommunity)),
        (("get", "/api/v1/ballots"), Some(See)),
        (("get", "/api/v1/ballot-reasons"), None),
        (("get", "/api/v1/unit-members"), Some(KeepMembers)),
        (("post", "/api/v1/unit-members"), Some(KeepMembers)),
        (("get", "/api/v1/digests"), Some(See)),
        (("get", "/api/v1/digests/rows"), Some(See)),
        (("get", "/api/v1/rates"), Some(See)),
        (("get", "/api/v1/rates/rows"), Some(See)),
        (("get", "/api/v1/communities"), None),
        (("post", "/api/v1/communities"), Some(Found)),
        (("get", "/api/v1/grids"), None),
        (("post", "/api/v1/grids"), Some(AddGrid)),
        (("get", "/api/v1/units"), None),
        (("post", "/api/v1/units"), Some(RegisterUnit)),
        (("get", "/api/v1/categories"), None),
        (("get", "/api/v1/policies"), Some(See)),
        (("post", "/api/v1/policies"), Some(PublishPolicy)),
        (("post", "/api/v1/policies/preview"), Some(PublishPolicy)),
        (("get", "/api/v1/calendars"), Some(See)),
        (("post", "/api/v1/calendars"), Some(PublishPolicy)),
        (("post", "/api/v1/calendars/preview"), Some(PublishPolicy)),
        (("get", "/api/v1/webhooks"), Some(ManageEndpoints)),
        (("post", "/api/v1/webhooks"), Some(ManageEndpoints)),
        (("delete", "/api/v1/webhooks/{id}"), Some(ManageEndpoints)),
        (("post", "/api/v1/webhooks/{id}/ping"), Some(ManageEndpoints)),
        (("post", "/api/v1/webhooks/{id}/rotate"), Some(ManageEndpoints)),
        (("post", "/api/v1/webhooks/{id}/replay"), Some(ManageEndpoints)),
        (("get", "/api/v1/notices"), Some(ManageEndpoints)),
        (("post", "/api/v1/notices/retry"), Some(ManageEndpoints)),
        (("get", "/api/v1/me"), None),
        (("get", "/api/v1/live"), Some(See)),
        (("get", "/healthz"), None),
        (("get", "/readyz"), None),
        (("get", "/metrics"), None),
        (("get", "/openapi.json"), None),
    ])
}

#[test]
fn every_described_route_is_in_the_table() {
    let description: Value = serde_json::from_str(sandan_web::api::description::json()).unwrap();
    let table = table();
    let mut described = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            assert!(table.contains_key(&(method.as_str(), path.as_str())), "{method} {path} is not in the table");
            described.push((method.clone(), path.clone()));
        }
    }
    for (method, path) in table.keys() {
        let known = described.iter().any(|(m, p)| m == method && p == path);
        assert!(known, "{method} {path} is not described");
    }
}

#[tokio::test]
async fn every_role_may_exactly_what_the_table_says() {
    let house = House::furnished().await;
    let id = house.files("x").await.id;
    let mut callers = vec![(Role::Resident, String::new())];
    for role in Role::STAFF {
        let unit = (role == Role::Unit).then_some("water");
        callers.push((role, house.token(role, unit, None).await));
    }
    for ((method, path), action) in table() {
        let Some(action) = action.filter(|_| path != "/api/v1/live") else { continue };
        let path = path.replace("{id}", &id).replace("{attachment}", &Uuid::nil().to_string());
        for (role, token) in &callers {
            // A field that no call has: whoever may is told so, and nothing happens.
            let body = json!({"no_such_field": 1});
            let method: Method = method.to_uppercase().parse().unwrap();
            let told = house.call(method, &path).by(token).json(&body).send().await;
            let status = told.status.as_u16();
            if may(*role, action) {
                let own = path.ends_with("/signers") && *role == Role::Unit;
                assert!(own || !matches!(status, 401 | 403), "{role} {path}: {:#}", told.body);
            } else {
                let expected = if *role == Role::Resident { 401 } else { 403 };
                assert_eq!(status, expected, "{role} {path}: {:#}", told.body);
            }
        }
    }
}
