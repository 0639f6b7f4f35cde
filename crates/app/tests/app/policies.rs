//! R13: policies and calendars are published, take effect at their time, and move what is open; due times are opened.

use std::sync::Arc;

use sandan_app::policies::Standing;
use sandan_app::{Clock, DayInput, PublishCalendar, PublishPolicy, Refusal, Suspend, TermsInput, Triage};
use sandan_domain::time::{Ground, Policy};
use sandan_domain::{RequestId, Role};
use sandan_vault::MasterKey;

use crate::world::{World, a_request, at, fields, limited_to, of_unit, open, staff, text};

fn policy(completion: &str, from: Option<&str>) -> PublishPolicy {
    let limits = [("completion".to_owned(), completion.to_owned())].into();
    let policy = TermsInput { name: text("Ours"), limits, ..TermsInput::default() };
    PublishPolicy { community: text("elm"), from: from.map(str::to_owned), policy }
}

fn fair() -> PublishCalendar {
    let day = |date: &str| DayInput { date: text(date), kind: text("off"), name: text("Fair") };
    let days = ["2026-03-10", "2026-03-11"].map(day).to_vec();
    PublishCalendar { community: text("elm"), name: text("Elm"), days }
}

impl World {
    async fn publishes(&self, policy: PublishPolicy) -> u32 {
        self.app.publish_policy(&staff(Role::Administrator), policy).await.unwrap().outcome.version
    }

    async fn due(&self, id: RequestId) -> String {
        self.case(id).await.due.at.to_string()
    }

    async fn suspends(&self, id: RequestId) {
        let suspend = Suspend { reason: text("Frost"), review_on: text("2026-04-01") };
        self.app.suspend(&staff(Role::Supervisor), id, suspend).await.unwrap();
    }
}

#[tokio::test]
async fn a_policy_moves_what_is_open_once_and_says_when_it_is_done() {
    let world = World::new().await;
    let (moved, closed) = (world.in_work("roads").await.request, world.files().await.request);
    let reject = Triage { decision: text("reject"), reason: text("Not ours"), ..Triage::default() };
    world.app.triage(&staff(Role::Dispatcher), closed, reject).await.unwrap();
    assert_eq!(world.due(moved).await, "2026-03-23T16:00:00Z");
    assert_eq!(world.publishes(policy("10 days", None)).await, 1);
    world.app.work_out_all().await.unwrap();
    assert_eq!(world.due(moved).await, "2026-03-16T16:00:00Z");
    assert_eq!(world.count("sandan.request.rescheduled").await, 1);
    let done = world.records().await.into_iter().find(|record| record.kind == "sandan.policy.worked_out").unwrap();
    let told: serde_json::Value = serde_json::from_slice(&done.body).unwrap();
    assert_eq!((&told["moved"], &told["version"]), (&1.into(), &1.into()));
    assert_eq!(world.app.work_out_all().await.unwrap(), 0, "nothing is left");
    assert_eq!(world.log.next_timer().await.unwrap(), Some(at("2026-03-10T00:00:00+08:00")));
    // What is dispatched from now on has the new limit.
    let next = world.in_work("water").await.request;
    assert_eq!(world.due(next).await, "2026-03-16T16:00:00Z");
    let view = world.app.published(&staff(Role::Administrator), &"elm".parse().unwrap()).await.unwrap();
    assert!(view.work.is_empty() && view.versions[0].holds && view.in_force.name == "Ours");
}

#[tokio::test]
async fn what_is_published_in_advance_takes_effect_by_itself() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    world.publishes(policy("10 days", Some("2026-03-05"))).await;
    world.app.work_out_all().await.unwrap();
    world.app.keep_due_promises().await.unwrap();
    assert_eq!(world.due(id).await, "2026-03-23T16:00:00Z");
    world.clock.set(at("2026-03-05T00:00:00+08:00"));
    world.app.keep_due_promises().await.unwrap();
    world.app.work_out_all().await.unwrap();
    assert_eq!(world.due(id).await, "2026-03-16T16:00:00Z");
    assert_eq!(world.count("sandan.policy.took_effect").await, 1);
}

#[tokio::test]
async fn a_calendar_keeps_every_pause() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    world.clock.set(at("2026-03-03T12:00:00+08:00"));
    world.suspends(id).await;
    world.clock.set(at("2026-03-05T12:00:00+08:00"));
    world.app.resume(&staff(Role::Supervisor), id).await.unwrap();
    assert_eq!(world.due(id).await, "2026-03-25T16:00:00Z");
    world.app.publish_calendar(&staff(Role::Administrator), fair()).await.unwrap();
    world.app.work_out_all().await.unwrap();
    assert_eq!(world.due(id).await, "2026-03-27T16:00:00Z");
    let told = world.app.explain(id).await.unwrap().explanation.unwrap();
    let days: u32 = told.items.iter().map(|item| item.days).sum();
    assert_eq!((days, told.due_at.to_string().as_str()), (15, "2026-03-27T16:00:00Z"));
    let names: Vec<_> = told.items.iter().filter_map(|item| item.name.as_deref()).collect();
    assert_eq!(names, ["Fair"]);
    assert!(told.items.iter().any(|item| item.ground == Ground::Paused));
    assert_eq!((told.calendar.name.as_str(), told.calendar.version), ("Elm", 1));
}

#[tokio::test]
async fn communities_below_inherit_and_others_don_t() {
    let world = World::new().await;
    world.found("oak", Some("elm")).await;
    world.found("yew", None).await;
    let mut ids = Vec::new();
    for community in ["oak", "yew"] {
        let filing = sandan_app::FileRequest { community: text(community), ..a_request() };
        ids.push(world.app.file(&sandan_app::Caller::resident(), filing).await.unwrap().outcome.request);
    }
    let limits = [("triage".to_owned(), "5 days".to_owned())].into();
    let terms = TermsInput { name: text("Slow"), limits, ..TermsInput::default() };
    world.publishes(PublishPolicy { community: text("elm"), from: None, policy: terms }).await;
    world.app.work_out_all().await.unwrap();
    assert_eq!(world.due(ids[0]).await, "2026-03-09T16:00:00Z");
    assert_eq!(world.due(ids[1]).await, "2026-03-04T16:00:00Z");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_crashes_or_works_beside_another_moves_each_request_once() {
    let world = World::new().await;
    let mut ids = Vec::new();
    for _ in 0..300 {
        ids.push(world.files().await.request);
    }
    let limits = [("triage".to_owned(), "5 days".to_owned())].into();
    let terms = TermsInput { name: text("Slow"), limits, ..TermsInput::default() };
    world.publishes(PublishPolicy { community: text("elm"), from: None, policy: terms }).await;
    // One begins and dies; two others, who know nothing of it, go on at the same time.
    world.app.work_out_some().await.unwrap();
    world.app.work_out_some().await.unwrap();
    let node = || {
        let (clock, _hand) = Clock::manual(world.clock.now());
        open(&world.log, MasterKey::random(), clock, Policy::standard())
    };
    let (one, other) = (node(), node());
    let (one, other) = (
        tokio::spawn(async move { one.work_out_all().await }),
        tokio::spawn(async move { other.work_out_all().await }),
    );
    one.await.unwrap().unwrap();
    other.await.unwrap().unwrap();
    assert_eq!(world.count("sandan.request.rescheduled").await, 300);
    assert_eq!(world.count("sandan.policy.worked_out").await, 1);
    let again = node();
    for id in ids {
        let state = again.request(id).await.unwrap();
        let sandan_domain::request::ServiceRequest::Filed(case) = &*state else { panic!("it is there") };
        assert_eq!(case.due.at, at("2026-03-10T00:00:00+08:00"));
    }
}

/// Open requests of the test below: several batches.
const MANY: usize = 1_500;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_calendar_over_many_goes_in_steps_and_people_are_answered_in_between() {
    let world = World::new().await;
    let mut ids = Vec::new();
    for _ in 0..MANY {
        ids.push(world.files().await.request);
    }
    let days = vec![DayInput { date: text("2026-03-04"), kind: text("off"), name: text("Fair") }];
    let calendar = PublishCalendar { community: text("elm"), name: text("Elm"), days };
    world.app.publish_calendar(&staff(Role::Administrator), calendar).await.unwrap();
    // A step is bounded, and somebody who comes after it is served before the next.
    world.app.work_out_some().await.unwrap();
    world.app.work_out_some().await.unwrap();
    let first = world.count("sandan.request.rescheduled").await;
    assert!((1..=256).contains(&first), "{first} in one step");
    let app = world.app.clone();
    let working = tokio::spawn(async move { app.work_out_all().await });
    let mut answered = Vec::new();
    // Bounded: in memory requests are filed faster than anything else is done.
    while !working.is_finished() && answered.len() < 300 {
        let filed = world.files().await.request;
        let accept = Triage { decision: text("accept"), ..Triage::default() };
        answered.push(world.app.triage(&staff(Role::Dispatcher), filed, accept).await.unwrap().position);
        ids.push(filed);
    }
    working.await.unwrap().unwrap();
    let records = world.records().await;
    let moved: Vec<_> = records.iter().filter(|record| record.kind == "sandan.request.rescheduled").collect();
    let (from, to) = (moved[first].position, moved[moved.len() - 1].position);
    let between = answered.iter().filter(|position| (from..to).contains(position)).count();
    assert!(between > 0, "none of {} commands was answered while the rest was worked out", answered.len());
    // Nothing is lost, and nothing done twice: each is due as if the calendar had always held.
    let streams: std::collections::HashSet<_> = moved.iter().map(|record| record.stream.id).collect();
    assert_eq!((moved.len(), streams.len()), (MANY, MANY));
    for id in &ids[..MANY] {
        assert_eq!(world.due(*id).await, "2026-03-05T16:00:00Z");
    }
    // Each promise moved with its limit.
    let before = world.log.due_timers(at("2026-03-05T23:59:59+08:00"), 1).await.unwrap();
    assert_eq!(before, [], "a timer of the older calendar is left");
    world.clock.set(at("2026-03-06T00:00:00+08:00"));
    world.app.keep_due_promises().await.unwrap();
    assert_eq!(world.count("sandan.request.overdue").await, ids.len());
}

#[tokio::test]
async fn another_node_hears_of_it_and_what_it_decided_before_is_put_right() {
    let world = World::new().await;
    let (clock, _hand) = Clock::manual(world.clock.now());
    let other = open(&world.log, MasterKey::random(), clock, Policy::standard());
    let elm = "elm".parse().unwrap();
    let completion = |policy: Arc<Policy>| policy.completion.count;
    assert_eq!(completion(other.policy_of(&elm, world.clock.now()).await.unwrap()), 15);
    world.publishes(policy("10 days", None)).await;
    let begun = std::time::Instant::now();
    while completion(other.policy_of(&elm, world.clock.now()).await.unwrap()) != 10 {
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "it never heard");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_was_missed_is_told_by_the_policy_of_its_time() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    world.clock.set(at("2026-03-24T00:00:00+08:00"));
    world.app.keep_due_promises().await.unwrap();
    world.publishes(policy("30 days", None)).await;
    world.app.work_out_all().await.unwrap();
    let told = world.app.explain(id).await.unwrap();
    assert!(told.overdue && told.standing == Standing::Running);
    let explanation = told.explanation.unwrap();
    assert_eq!((explanation.due_at, explanation.policy.version), (told.due.at, 1));
    assert_eq!((explanation.policy.community, explanation.limit.count), (None, 15));
}

#[tokio::test]
async fn every_field_that_can_t_stand_is_named() {
    let world = World::new().await;
    let by = staff(Role::Administrator);
    let limits = [("completion", "often"), ("lunch", "1 days"), ("rework", "0 days"), ("triage", "900 days")];
    let limits = limits.map(|(rule, limit)| (rule.to_owned(), limit.to_owned())).into();
    let terms = TermsInput { zone: text("Mars/Olympus"), limits, ..TermsInput::default() };
    let input = PublishPolicy { community: text("elm"), from: text("soon"), policy: terms };
    let wrong = fields(world.app.publish_policy(&by, input).await);
    let expected = [
        "from",
        "policy.name",
        "policy.zone",
        "policy.limits.completion",
        "policy.limits.lunch",
        "policy.limits.rework",
        "policy.limits.triage",
    ];
    assert_eq!(wrong, expected);
    let past = world.app.publish_policy(&by, policy("10 days", Some("2026-03-01"))).await.unwrap_err();
    assert_eq!(past.code(), "policy-begins-in-the-past");
    let mut twice = fair();
    twice.days.push(twice.days[0].clone());
    assert_eq!(fields(world.app.publish_calendar(&by, twice).await), ["days[2].date"]);
    let desk = world.app.publish_policy(&staff(Role::Dispatcher), policy("10 days", None)).await.unwrap_err();
    assert_eq!(desk.code(), "forbidden");
    world.found("oak", None).await;
    let elsewhere = world.app.publish_policy(&limited_to(by, "oak"), policy("10 days", None)).await.unwrap_err();
    assert!(matches!(elsewhere, Refusal::Forbidden { .. }));
}

#[tokio::test]
async fn a_preview_says_how_many_due_times_would_move_and_moves_none() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    world.files().await;
    let by = staff(Role::Administrator);
    let preview = world.app.preview_policy(&by, &policy("10 days", None)).await.unwrap();
    assert_eq!((preview.seen, preview.earlier, preview.later, preview.overdue), (2, 1, 0, 0));
    let preview = world.app.preview_policy(&by, &policy("20 days", Some("2026-04-01"))).await.unwrap();
    assert_eq!((preview.earlier, preview.later), (0, 1));
    world.clock.set(at("2026-03-10T12:00:00+08:00"));
    let preview = world.app.preview_policy(&by, &policy("3 days", None)).await.unwrap();
    assert_eq!((preview.earlier, preview.overdue), (1, 1));
    assert_eq!(world.app.preview_calendar(&by, &fair()).await.unwrap().later, 1);
    assert_eq!(world.due(id).await, "2026-03-23T16:00:00Z");
    assert_eq!(world.count("sandan.policy.published").await, 0);
    _ = of_unit("roads");
}
