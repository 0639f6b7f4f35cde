//! What is entered for two-way scoring, by whom, and what is refused (R23).

use sandan_app::{
    CheckIn, EnterCommitments, EnterHours, PublishPolicy, RateCommunity, ScoringInput, StrikeOut, TermsInput,
};
use sandan_domain::scoring::{ScoreWeights, Scorebook, community_sheet, members, unit_sheet};
use sandan_domain::{Role, Share};

use crate::world::{World, fields, limited_to, of_unit, staff, text};

const NONE: Share = Share { numerator: 0, denominator: 0 };

fn hours(phone: &str, minutes: i64) -> EnterHours {
    EnterHours {
        community: text("elm"),
        unit: text("roads"),
        phone: text(phone),
        day: text("2026-03-01"),
        minutes: Some(minutes),
        activity: text("Planting trees"),
        evidence: text("The list of the day"),
    }
}

fn check_in(phone: &str, day: &str) -> CheckIn {
    CheckIn { community: text("elm"), unit: text("roads"), phone: text(phone), day: text(day) }
}

async fn book(world: &World) -> Scorebook {
    (*world.app.scorebook(&"elm".parse().unwrap(), 2026).await.unwrap()).clone()
}

#[tokio::test]
async fn who_works_counts_and_who_only_checks_in_does_not() {
    let world = World::new().await;
    let worker = staff(Role::GridWorker);
    for day in ["2026-01-10", "2026-02-10", "2026-03-01"] {
        world.app.check_in(&worker, check_in("13800000001", day)).await.unwrap();
    }
    world.app.enter_hours(&worker, hours("13800000002", 600)).await.unwrap();
    let book = book(&world).await;
    let roads = "roads".parse().unwrap();
    let people: Vec<_> =
        members(&book, &roads).into_values().map(|member| (member.check_ins, member.minutes)).collect();
    assert!(people.contains(&(3, 0)) && people.contains(&(0, 600)), "{people:?}");
    let sheet = unit_sheet(&ScoreWeights::STANDARD, &book, &roads, NONE, NONE);
    // 10 of 20 hours, and none of 20.
    assert_eq!(sheet.parts[3].share, Share { numerator: 600, denominator: 2_400 });
    let again = world.app.check_in(&worker, check_in("138 0000 0001", "2026-03-01")).await.unwrap_err();
    assert_eq!(again.code(), "scoring-checked-in-before", "a telephone is one person however it is written");
    let phone = world.records().await.iter().any(|record| record.body.windows(11).any(|text| text == b"13800000001"));
    assert!(!phone, "no telephone is in the log");
}

#[tokio::test]
async fn a_mistake_is_struck_out_and_commitments_are_entered_with_evidence() {
    let world = World::new().await;
    let desk = staff(Role::Dispatcher);
    world.app.enter_hours(&desk, hours("13800000002", 600)).await.unwrap();
    let strike =
        |entry| StrikeOut { community: text("elm"), year: Some(2026), entry: Some(entry), reason: text("Another") };
    assert_eq!(world.app.strike_out(&desk, strike(2)).await.unwrap_err().code(), "scoring-no-such-entry");
    world.app.strike_out(&desk, strike(1)).await.unwrap();
    assert_eq!(book(&world).await.standing().count(), 0);
    let commitments = |kept| EnterCommitments {
        community: text("elm"),
        year: Some(2026),
        unit: text("roads"),
        due: Some(4),
        kept: Some(kept),
        evidence: text("The public list"),
    };
    assert_eq!(world.app.enter_commitments(&desk, commitments(5)).await.unwrap_err().code(), "scoring-commitments");
    world.app.enter_commitments(&desk, commitments(3)).await.unwrap();
    let sheet = unit_sheet(&ScoreWeights::STANDARD, &book(&world).await, &"roads".parse().unwrap(), NONE, NONE);
    assert_eq!(sheet.parts[2].share, Share { numerator: 3, denominator: 4 });
}

#[tokio::test]
async fn units_rate_the_community_each_for_itself() {
    let world = World::new().await;
    let rate = |word: &str| RateCommunity {
        community: text("elm"),
        year: Some(2026),
        dispatch: text(word),
        support: text("satisfied"),
        response: text("satisfied"),
    };
    world.app.rate_community(&of_unit("roads"), rate("satisfied")).await.unwrap();
    world.app.rate_community(&of_unit("water"), rate("dissatisfied")).await.unwrap();
    let sheet = community_sheet(&ScoreWeights::STANDARD, &book(&world).await);
    // (40·50 + 30·100 + 30·100) / 100
    assert_eq!(sheet.score(), Some(8_000));
    let desk = world.app.rate_community(&staff(Role::Dispatcher), rate("satisfied")).await.unwrap_err();
    assert_eq!(desk.code(), "forbidden");
    let strange = world.app.rate_community(&of_unit("library"), rate("satisfied")).await.unwrap_err();
    assert_eq!(strange.code(), "forbidden");
    let half = RateCommunity { support: None, response: text("superb"), ..rate("satisfied") };
    assert_eq!(fields(world.app.rate_community(&of_unit("roads"), half).await), ["support", "response"]);
}

#[tokio::test]
async fn every_field_that_cannot_stand_is_named() {
    let world = World::new().await;
    let desk = staff(Role::Dispatcher);
    let empty = world.app.enter_hours(&desk, EnterHours { community: text("elm"), ..EnterHours::default() }).await;
    assert_eq!(fields(empty), ["unit", "phone", "day", "minutes", "activity", "evidence"]);
    let wrong = EnterHours { unit: text("nobody"), day: text("yesterday"), minutes: Some(1_441), ..hours("1", 1) };
    assert_eq!(fields(world.app.enter_hours(&desk, wrong).await), ["unit", "phone", "day", "minutes"]);
    let tomorrow = EnterHours { day: text("2026-03-03"), ..hours("13800000002", 60) };
    assert_eq!(world.app.enter_hours(&desk, tomorrow).await.unwrap_err().code(), "scoring-day");
    let elsewhere = limited_to(staff(Role::Dispatcher), "oak");
    world.found("oak", None).await;
    assert_eq!(world.app.enter_hours(&elsewhere, hours("13800000002", 60)).await.unwrap_err().code(), "forbidden");
    let unit = world.app.enter_hours(&of_unit("roads"), hours("13800000002", 60)).await.unwrap_err();
    assert_eq!(unit.code(), "forbidden", "nobody enters their own hours");
}

#[tokio::test]
async fn weights_are_the_policys_and_make_a_hundred() {
    let world = World::new().await;
    let administrator = staff(Role::Administrator);
    let publish = |scoring| PublishPolicy {
        community: text("elm"),
        from: None,
        policy: TermsInput { name: text("Our weights"), scoring: Some(scoring), ..TermsInput::default() },
    };
    let wrong = ScoringInput { on_time: Some(50), response: Some(101), ..ScoringInput::default() };
    assert_eq!(fields(world.app.publish_policy(&administrator, publish(wrong)).await), ["policy.scoring.response"]);
    let wrong = ScoringInput { on_time: Some(50), dispatch: Some(0), ..ScoringInput::default() };
    let wrong = world.app.publish_policy(&administrator, publish(wrong)).await;
    assert_eq!(fields(wrong), ["policy.scoring.hours", "policy.scoring.response"]);
    let right = ScoringInput { on_time: Some(20), hours: Some(25), target_hours: Some(10), ..ScoringInput::default() };
    world.app.publish_policy(&administrator, publish(right)).await.unwrap();
    let policy = world.app.policy_of(&"elm".parse().unwrap(), world.clock.now()).await.unwrap();
    let weights = policy.scoring;
    assert_eq!((weights.on_time, weights.satisfaction, weights.hours, weights.target_hours), (20, 40, 25, 10));
    assert_eq!(policy.version, 1);
}
