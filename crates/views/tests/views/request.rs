//! One request in every stage of a life.

use jiff::SignedDuration;
use sandan_domain::request::{Applicant, Closing, Command, Destination, Team, TriageDecision};
use sandan_domain::review::Rating;
use sandan_domain::time::Light;
use sandan_domain::{Actor, EvaluationId, Level, PersonId, ProjectId, RequestId};
use sandan_views::{RequestView, Sight, State, SupervisionView};

use crate::world::{Running, World, desk, id, staff, text};

async fn shown(running: &Running, world: &World, request: RequestId) -> RequestView {
    running.caught_up(world).await;
    running.views.request(&Sight::All, request).await.unwrap().unwrap()
}

async fn dispatched_to(world: &mut World, request: RequestId, lead: &str, assisting: &[&str]) {
    let accept =
        TriageDecision::Accept { category: None, urgency: None, reason: None, public_title: Some(text("路灯")) };
    world.does(request, Command::Triage(accept), desk()).await.unwrap();
    let team = Team { lead: id(lead), assisting: assisting.iter().map(|unit| id(unit)).collect() };
    world.does(request, Command::Dispatch { target: Destination::Units(team), note: None }, desk()).await.unwrap();
    world.does(request, Command::Claim { unit: id(lead) }, staff(lead)).await.unwrap();
}

async fn completed(world: &mut World, request: RequestId, unit: &str) {
    let answer = text("已修好");
    let command = Command::Complete { unit: id(unit), answer, solved: true, unsolved_reason: None };
    world.does(request, command, staff(unit)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_shown_from_filing_through_rework_to_its_end() {
    let mut world = World::new(80);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let running = world.views(folder.path()).await;
    let file = world.plain("river", "路灯不亮");
    let (filer, number) = (file.requester.person, file.number);
    let request = world.files(file).await;
    let view = shown(&running, &world, request).await;
    assert_eq!((view.state, view.round, view.number), (State::Filed, 1, number));
    assert_eq!((view.owner.as_deref(), view.unit.clone(), view.units.len()), (Some("desk"), None, 0));
    assert_eq!(view.description.as_deref(), Some("路灯不亮"));
    assert_eq!(view.requester.phone.as_deref(), Some("13800000000"));
    assert_eq!(view.filed_at, world.now());

    let neighbour = PersonId(world.chance.uuid());
    let joins = Applicant { person: neighbour, name: Some(text("李明")), phone: None, email: None };
    world.does(request, Command::CoSign(joins), desk()).await.unwrap();
    world.pass(SignedDuration::from_hours(2));
    dispatched_to(&mut world, request, "power", &["water"]).await;
    let view = shown(&running, &world, request).await;
    assert_eq!((view.state, view.owner.as_deref(), view.co_signers), (State::Claimed, Some("power"), 1));
    assert_eq!(view.units, [id("power"), id("water")]);
    assert_eq!((view.triaged_at, view.claimed_at), (Some(world.now()), Some(world.now())));
    assert_eq!(view.public_title.as_deref(), Some("路灯"));
    assert_eq!(view.due_at, world.case(request).map(|case| case.due.at));

    completed(&mut world, request, "power").await;
    let view = shown(&running, &world, request).await;
    assert_eq!(
        (view.state, view.owner.as_deref(), view.unit.clone()),
        (State::InReview, Some("desk"), Some(id("power")))
    );
    assert_eq!((view.ratings.round, view.ratings.electorate, view.ratings.valid), (Some(1), 2, 0));
    assert_eq!(view.ratings.rate, None);

    world.rates(request, neighbour, Rating::VeryDissatisfied).await.unwrap();
    let view = shown(&running, &world, request).await;
    assert_eq!((view.state, view.round, view.reworks), (State::Rework, 2, 1));
    assert_eq!((view.ratings.valid, view.ratings.dissatisfied, view.ratings.rate), (1, 1, Some(0.0)));
    assert_eq!(view.reasons.len(), 1);
    assert_eq!(view.reasons[0].reason.as_deref(), Some("没有修好"));
    // A ballot after rework is certain counts and undoes nothing (R15).
    world.rates(request, filer, Rating::Satisfied).await.unwrap();
    let view = shown(&running, &world, request).await;
    assert_eq!((view.state, view.ratings.valid, view.ratings.rate), (State::Rework, 2, Some(0.5)));

    completed(&mut world, request, "power").await;
    world.rates(request, filer, Rating::Satisfied).await.unwrap();
    world.rates(request, filer, Rating::VerySatisfied).await.unwrap();
    world.rates(request, neighbour, Rating::BasicallySatisfied).await.unwrap();
    let view = shown(&running, &world, request).await;
    assert_eq!((view.state, view.owner.clone(), view.unit.clone()), (State::Closed, None, Some(id("power"))));
    assert_eq!((view.ratings.round, view.ratings.valid, view.ratings.answers.very_satisfied), (Some(2), 2, 1));
    assert_eq!(view.rounds.len(), 2);
    assert_eq!((view.solved, view.answer.as_deref(), view.closed_at), (Some(true), Some("已修好"), Some(world.now())));
    assert!(!view.overdue);

    let json = serde_json::to_value(&view).unwrap();
    assert_eq!((json["state"].as_str(), json["closing"].as_str()), (Some("closed"), Some("satisfied")));
    for key in ["owner", "suspended", "external", "merged_into", "category", "title", "unsolved_reason"] {
        assert!(json.as_object().unwrap().contains_key(key), "{key}");
        assert!(json[key].is_null(), "{key}");
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_requests_residents_join_the_other_by_name() {
    let mut world = World::new(81);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let (one, other) = (world.plain("river", "路灯不亮"), world.plain("river", "没有灯"));
    let person = other.requester.person;
    let (one, other) = (world.files(one).await, world.files(other).await);
    let merge = TriageDecision::Merge { into: one, reason: Some(text("同一件事")) };
    world.does(other, Command::Triage(merge), desk()).await.unwrap();
    let running = world.views(folder.path()).await;
    let view = shown(&running, &world, other).await;
    assert_eq!((view.state, view.merged_into, view.owner), (State::Merged, Some(one), None));
    assert_eq!(view.ended_reason.as_deref(), Some("同一件事"));
    let view = shown(&running, &world, one).await;
    assert_eq!(view.co_signers, 1);
    let signers = running.views.signers(&Sight::All, one).await.unwrap();
    assert_eq!((signers[1].person, signers[1].name.as_deref()), (person, Some("王芳")));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspension_stops_the_clock_and_an_extension_moves_it() {
    let mut world = World::new(82);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let running = world.views(folder.path()).await;
    let file = world.plain("river", "路灯不亮");
    let request = world.files(file).await;
    dispatched_to(&mut world, request, "power", &[]).await;
    let until = world.case(request).unwrap().due.at.checked_add(SignedDuration::from_hours(48)).unwrap();
    let asks = Command::Extend { reason: Some(text("等材料")), until: Some(until) };
    world.does(request, asks, staff("power")).await.unwrap();
    let view = shown(&running, &world, request).await;
    assert_eq!((view.extension.asked_until, view.extension.granted), (Some(until), false));
    world.does(request, Command::Extend { reason: None, until: None }, desk()).await.unwrap();
    let view = shown(&running, &world, request).await;
    assert_eq!((view.due_at, view.extension.granted), (Some(until), true));

    let review_on = world.now().checked_add(SignedDuration::from_hours(24 * 100)).unwrap();
    world.does(request, Command::Suspend { reason: text("下雪"), review_on }, desk()).await.unwrap();
    world.pass(SignedDuration::from_hours(24 * 90));
    let view = shown(&running, &world, request).await;
    let suspended = view.suspended.unwrap();
    assert_eq!((view.state, view.overdue, suspended.review_on), (State::Suspended, false, review_on));
    assert_eq!(suspended.reason.as_deref(), Some("下雪"));
    assert_eq!(view.owner.as_deref(), Some("power"));
    world.does(request, Command::Resume, desk()).await.unwrap();
    let view = shown(&running, &world, request).await;
    assert_eq!((view.state, view.suspended), (State::Claimed, None));
    assert!(view.due_at.unwrap() > world.now());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn returns_and_the_hours_they_cost_are_on_the_board() {
    let mut world = World::new(83);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let running = world.views(folder.path()).await;
    let file = world.plain("river", "路灯不亮");
    let request = world.files(file).await;
    dispatched_to(&mut world, request, "power", &[]).await;
    world.pass(SignedDuration::from_hours(30));
    let gives_back = Command::Return { unit: id("power"), reason: text("不归我管"), basis: text("职责清单") };
    world.does(request, gives_back, staff("power")).await.unwrap();
    let view = shown(&running, &world, request).await;
    assert_eq!((view.state, view.returns, view.unit), (State::Returned, 1, None));
    let board = running.views.board(&Sight::All).await.unwrap();
    assert_eq!(board.by_unit.len(), 1);
    assert_eq!((board.by_unit[0].returns, board.by_unit[0].lost_in_hours, board.by_unit[0].open), (1, 30, 0));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_arrival_is_marked_and_measured_by_the_units_own_hours() {
    let mut world = World::new(85);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let running = world.views(folder.path()).await;
    let file = world.plain("river", "路灯不亮");
    let request = world.files(file).await;
    dispatched_to(&mut world, request, "power", &[]).await;
    // It bounces until the limit has passed: the next unit did not waste that time.
    let due = world.case(request).unwrap().due.clone();
    world.pass(world.now().duration_until(due.at) + SignedDuration::from_hours(1));
    let gives_back = Command::Return { unit: id("power"), reason: text("不归我管"), basis: text("职责清单") };
    world.does(request, gives_back, staff("power")).await.unwrap();
    dispatched_to(&mut world, request, "water", &[]).await;
    world.pass(SignedDuration::from_hours(5));
    completed(&mut world, request, "water").await;
    shown(&running, &world, request).await;
    let board = running.views.board(&Sight::All).await.unwrap();
    let of = |unit: &str| board.by_unit.iter().find(|figures| figures.unit.as_str() == unit).unwrap();
    let water = of("water");
    assert_eq!((water.late_arrivals, water.done, water.own_on_time, water.held_in_hours), (1, 1, 1, 5));
    assert_eq!((of("power").late_arrivals, of("power").returns, of("power").done), (0, 1, 0));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_out_of_sight_is_not_there() {
    let mut world = World::new(84);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let file = world.plain("river", "路灯不亮");
    let request = world.files(file).await;
    let running = world.views(folder.path()).await;
    let hill = Sight::Set(vec![id("hill")]);
    assert_eq!(running.views.request(&hill, request).await.unwrap(), None);
    assert!(running.views.timeline(&hill, request, None, 50).await.unwrap().items.is_empty());
    assert!(running.views.signers(&hill, request).await.unwrap().is_empty());
    assert_eq!(running.views.request(&Sight::All, RequestId(world.chance.uuid())).await.unwrap(), None);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_time_brings_is_shown_until_it_is_settled() {
    let mut world = World::new(84);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let running = world.views(folder.path()).await;
    let file = world.plain("river", "路灯不亮");
    let request = world.files(file).await;
    dispatched_to(&mut world, request, "power", &[]).await;
    let view = shown(&running, &world, request).await;
    assert_eq!((view.light, view.overdue, view.supervision, view.escalated), (Light::Green, false, None, None));

    let due = world.case(request).unwrap().due.at;
    world.pass(world.now().duration_until(due));
    world.does(request, Command::MarkOverdue, Actor::System).await.unwrap();
    let view = shown(&running, &world, request).await;
    let order = world.case(request).unwrap().supervision.clone().unwrap().at;
    assert_eq!((view.light, view.overdue), (Light::Red, true));
    assert_eq!(view.supervision, Some(SupervisionView { due_at: order, level: None }));

    world.pass(world.now().duration_until(order));
    world.does(request, Command::Escalate, Actor::System).await.unwrap();
    let view = shown(&running, &world, request).await;
    let next = world.case(request).unwrap().supervision.clone().unwrap().at;
    assert_eq!(view.supervision, Some(SupervisionView { due_at: next, level: Some(Level::Branch) }));
    assert_eq!(view.escalated, Some(Level::Branch));
    let json = serde_json::to_value(&view).unwrap();
    assert_eq!(json["supervision"]["level"], "branch");

    completed(&mut world, request, "power").await;
    let view = shown(&running, &world, request).await;
    assert_eq!((view.supervision, view.escalated), (None, Some(Level::Branch)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_names_the_project_that_serves_it_also_after_it_closed_with_it() {
    let mut world = World::new(82);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let file = world.plain("river", "路灯不亮");
    let request = world.files(file).await;
    dispatched_to(&mut world, request, "power", &[]).await;
    let running = world.views(folder.path()).await;
    assert_eq!(shown(&running, &world, request).await.project, None);
    let project = ProjectId(world.chance.uuid());
    world.does(request, Command::Serve { project }, Actor::System).await.unwrap();
    assert_eq!(shown(&running, &world, request).await.project, Some(project));
    let close = Command::CloseWithProject { project, closing: Closing::Satisfied };
    world.does(request, close, Actor::System).await.unwrap();
    let view = shown(&running, &world, request).await;
    assert_eq!((view.state, view.project, view.owner), (State::Closed, Some(project), None));
    assert_eq!((view.closing, view.completed_at, view.solved), (Some(Closing::Satisfied), None, None));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_sends_back_what_was_closed_long_before() {
    let mut world = World::new(83);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let running = world.views(folder.path()).await;
    let file = world.plain("river", "路灯不亮");
    let filer = file.requester.person;
    let request = world.files(file).await;
    dispatched_to(&mut world, request, "power", &[]).await;
    completed(&mut world, request, "power").await;
    world.rates(request, filer, Rating::Satisfied).await.unwrap();
    assert_eq!(shown(&running, &world, request).await.state, State::Closed);

    let evaluation = EvaluationId(world.chance.uuid());
    world.does(request, Command::SendBack { evaluation }, Actor::System).await.unwrap();
    let view = shown(&running, &world, request).await;
    assert_eq!((view.state, view.round, view.reworks), (State::Returned, 2, 1));
    assert_eq!((view.owner.as_deref(), view.closed_at), (Some("desk"), None));
    let accept = TriageDecision::Accept { category: None, urgency: None, reason: None, public_title: None };
    world.does(request, Command::Triage(accept), desk()).await.unwrap();
    assert_eq!(shown(&running, &world, request).await.state, State::Triaged);
}
