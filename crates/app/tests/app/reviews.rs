//! Reviews that residents can trust: every channel, who may vote, calls, appeals, requests beyond reason.

use sandan_app::{
    Appeal, Call, CoSign, DecideAppeal, DecideUnreasonable, EnterBallot, KeepMember, ProposeUnreasonable, Rate,
    Refusal, Verify,
};
use sandan_domain::review::{Review, SatisfactionReview, ballot_name};
use sandan_domain::{Decider, Event, RequestId, Role, review};
use sandan_log::StreamName;
use uuid::Uuid;

use crate::world::{World, ballot, of_unit, staff, text};

const PHONE: &str = "13800000009";

/// A request of a resident who left a telephone and no e-mail address, joined by others, in review.
async fn in_review(world: &World, joiners: usize) -> (RequestId, Vec<String>) {
    let filed = world.in_work("roads").await;
    let caller = sandan_app::Caller::resident();
    let join = CoSign { phone: text(PHONE), ..CoSign::default() };
    let mut codes = vec![filed.tracking.to_string()];
    codes.push(world.app.co_sign(&caller, filed.request, join).await.unwrap().outcome.tracking.to_string());
    for _ in 0..joiners {
        codes.push(world.co_signs(filed.request).await.tracking.to_string());
    }
    world.completes(filed.request, "roads").await;
    (filed.request, codes)
}

async fn review_of(world: &World, id: RequestId) -> SatisfactionReview {
    let mut state = SatisfactionReview::default();
    for record in world.log.read_stream(&StreamName::new("review", id.0), 0, 1_000).await.unwrap() {
        if let Ok(Event::Review(event)) = Event::decode(&record.kind, record.schema, &record.body) {
            Review::evolve(&mut state, &event);
        }
    }
    state
}

async fn round(world: &World, id: RequestId) -> review::Round {
    match review_of(world, id).await {
        SatisfactionReview::Round(round) => round,
        SatisfactionReview::Waiting => panic!("a round was opened"),
    }
}

fn code(refusal: Refusal) -> String {
    match refusal {
        Refusal::Invalid(fields) => fields.iter().map(|field| field.field.as_str()).collect::<Vec<_>>().join(","),
        refusal => refusal.code().to_owned(),
    }
}

fn entered(phone: Option<&str>, rating: &str) -> EnterBallot {
    let ballot = Rate { rating: text(rating), ..Rate::default() };
    EnterBallot { phone: phone.map(str::to_owned), via: text("paper"), ballot, ..EnterBallot::default() }
}

#[tokio::test]
async fn a_ballot_on_paper_is_entered_for_whoever_is_named_and_never_over_their_own() {
    let world = World::new().await;
    let (id, codes) = in_review(&world, 4).await;
    let hotline = staff(Role::Hotline);
    world.app.enter_ballot(&hotline, id, entered(Some(PHONE), "dissatisfied")).await.unwrap();
    let entered_by: Vec<bool> =
        round(&world, id).await.ballots.values().map(|ballot| ballot.via.is_entered()).collect();
    assert_eq!(entered_by, [true]);
    // They correct it themselves; from then on nobody else does.
    world.rates(id, &codes[1], "satisfied").await.unwrap();
    let refused = world.app.enter_ballot(&hotline, id, entered(Some(PHONE), "dissatisfied")).await.unwrap_err();
    assert_eq!(code(refused), "cast-themselves");
    for (input, expected) in [
        (entered(Some("13900000000"), "satisfied"), "phone"),
        (entered(None, "satisfied"), "person"),
        (entered(Some(PHONE), "splendid"), "rating"),
        (EnterBallot { via: text("fax"), ..entered(Some(PHONE), "satisfied") }, "via"),
    ] {
        assert_eq!(code(world.app.enter_ballot(&hotline, id, input).await.unwrap_err()), expected);
    }
    let refused = world.app.enter_ballot(&of_unit("roads"), id, entered(Some(PHONE), "satisfied")).await.unwrap_err();
    assert_eq!(code(refused), "forbidden");
}

#[tokio::test]
async fn reasons_are_of_the_list_and_kept_in_its_order() {
    let world = World::new().await;
    let (id, codes) = in_review(&world, 4).await;
    let caller = sandan_app::Caller::resident();
    let why = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let wrong = Rate { reasons: why(&["too_slow", "no_such"]), ..ballot(&codes[0], "dissatisfied") };
    assert_eq!(code(world.app.rate(&caller, id, wrong).await.unwrap_err()), "reasons");
    let right = Rate {
        reasons: why(&["wrong_unit", "not_solved", "wrong_unit"]),
        remedy: text("send the power company"),
        via: text("qr"),
        ..ballot(&codes[0], "dissatisfied")
    };
    world.app.rate(&caller, id, right).await.unwrap();
    let records = world.log.read_stream(&StreamName::new("review", id.0), 0, 100).await.unwrap();
    let rated = records.iter().find(|record| record.kind == "sandan.review.rated").unwrap();
    let body: serde_json::Value = serde_json::from_slice(&rated.body).unwrap();
    assert_eq!((&body["reasons"], &body["via"]), (&serde_json::json!(["not_solved", "wrong_unit"]), &"qr".into()));
    assert!(body["remedy"].as_str().unwrap().starts_with("v1."), "a resident's words are sealed");
}

#[tokio::test]
async fn r14_a_telephone_of_the_units_staff_does_not_vote_on_its_work() {
    let world = World::new().await;
    let admin = staff(Role::Administrator);
    let member = |unit: &str, leaves| KeepMember {
        community: text("elm"),
        unit: text(unit),
        phone: text(PHONE),
        leaves,
        ..KeepMember::default()
    };
    world.app.keep_member(&admin, member("roads", None)).await.unwrap();
    let (id, codes) = in_review(&world, 1).await;
    assert_eq!(code(world.rates(id, &codes[1], "very_satisfied").await.unwrap_err()), "of-the-unit");
    let refused = world.app.enter_ballot(&staff(Role::Hotline), id, entered(Some(PHONE), "satisfied")).await;
    assert_eq!(code(refused.unwrap_err()), "of-the-unit");
    // Nobody waits for them: the two others decide.
    world.rates(id, &codes[0], "satisfied").await.unwrap();
    assert_eq!(world.rates(id, &codes[2], "satisfied").await.unwrap().outcome.state, "closed");
    // Another unit's work they may judge, and their own again once they have left.
    world.app.keep_member(&admin, member("roads", Some(true))).await.unwrap();
    world.app.keep_member(&admin, member("water", None)).await.unwrap();
    let (id, codes) = in_review(&world, 1).await;
    world.rates(id, &codes[1], "satisfied").await.unwrap();
    assert_eq!(code(world.app.keep_member(&admin, member("nobody", None)).await.unwrap_err()), "not-found");
}

#[tokio::test]
async fn r14_a_burst_of_joiners_is_flagged_in_the_append_of_the_last_of_them() {
    let world = World::new().await;
    let id = world.files().await.request;
    for nth in 1..=12 {
        world.co_signs(id).await;
        assert_eq!(world.count("sandan.request.burst_flagged").await, usize::from(nth >= 10), "{nth}");
    }
}

#[tokio::test]
async fn r18_a_call_is_recorded_and_is_no_ballot() {
    let world = World::new().await;
    let (id, codes) = in_review(&world, 0).await;
    let call = |outcome: &str| Call { phone: text(PHONE), outcome: text(outcome), ..Call::default() };
    let hotline = staff(Role::Hotline);
    world.app.record_call(&hotline, id, call("reached")).await.unwrap();
    assert!(round(&world, id).await.ballots.is_empty());
    assert_eq!(code(world.app.record_call(&hotline, id, call("asleep")).await.unwrap_err()), "outcome");
    for code in codes.iter().take(2) {
        world.rates(id, code, "satisfied").await.unwrap();
    }
    assert_eq!(code(world.app.record_call(&hotline, id, call("reached")).await.unwrap_err()), "round-closed");
}

#[tokio::test]
async fn r19a_a_unit_appeals_and_somebody_independent_decides() {
    let world = World::new().await;
    let (id, codes) = in_review(&world, 0).await;
    world.rates(id, &codes[0], "very_dissatisfied").await.unwrap();
    assert_eq!(world.state(id).await, "rework");
    let person = *round(&world, id).await.ballots.keys().next().unwrap();
    let name = ballot_name(id, 1, person).to_string();
    let appeal =
        |ballot: &str| Appeal { ballot: text(ballot), ground: text("malicious"), reason: text("never lived there") };
    let decide = || DecideAppeal { ballot: Some(name.clone()), upheld: Some(true), reason: text("looked at") };
    let refused = world.app.appeal(&of_unit("water"), id, appeal(&name)).await.unwrap_err();
    assert_eq!(code(refused), "not-yours");
    let unknown = appeal(&Uuid::new_v4().to_string());
    assert_eq!(code(world.app.appeal(&of_unit("roads"), id, unknown).await.unwrap_err()), "ballot");
    world.app.appeal(&of_unit("roads"), id, appeal(&name)).await.unwrap();
    assert_eq!(code(world.app.decide_appeal(&of_unit("roads"), id, decide()).await.unwrap_err()), "forbidden");
    assert_eq!(code(world.app.decide_appeal(&staff(Role::Dispatcher), id, decide()).await.unwrap_err()), "forbidden");
    world.app.decide_appeal(&staff(Role::Oversight), id, decide()).await.unwrap();
    assert_eq!(code(world.app.decide_appeal(&staff(Role::Oversight), id, decide()).await.unwrap_err()), "no-appeal");
    // The ballot stays, and so does the rework.
    assert_eq!((world.state(id).await, round(&world, id).await.tally().dissatisfied), ("rework", 1));
}

#[tokio::test]
async fn r6b_a_unit_proposes_and_somebody_independent_decides() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    let propose = || ProposeUnreasonable { reason: text("against the law"), basis: text("article 9") };
    let decide = || DecideUnreasonable { upheld: Some(true), reason: text("looked at") };
    assert_eq!(code(world.app.propose_unreasonable(&of_unit("water"), id, propose()).await.unwrap_err()), "not-yours");
    let nothing = world.app.decide_unreasonable(&staff(Role::Supervisor), id, decide()).await.unwrap_err();
    assert_eq!(code(nothing), "not-permitted");
    world.app.propose_unreasonable(&of_unit("roads"), id, propose()).await.unwrap();
    assert_eq!(
        code(world.app.decide_unreasonable(&staff(Role::Dispatcher), id, decide()).await.unwrap_err()),
        "forbidden"
    );
    world.app.decide_unreasonable(&staff(Role::Supervisor), id, decide()).await.unwrap();
    // It is answered and reviewed like any other.
    assert_eq!(world.completes(id, "roads").await.state, "in_review");
    assert_eq!(code(world.app.verify(&of_unit("roads"), id, Verify::default()).await.unwrap_err()), "own-work");
}
