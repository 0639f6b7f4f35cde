//! What is granted and what is refused, from the opening to the end.

use super::{conclude, evaluation, finish, opened, opening, parks, register, stage_done};
use crate::evaluation::Verdict;
use crate::people::Level;
use crate::project::{Closed, Command, Event, Phase, Plan, Projects, Registration, Rejection, outcome};
use crate::request::Closing;
use crate::review::{Outcome, calls_for_rework};
use crate::testing::{Past, at, given, person, request, text};

#[test]
fn a_project_serves_some_requests_each_once_in_some_stages() {
    let open = |requests, stages: &[&str]| Command::Open(Box::new(opening(requests, stages)));
    let due = "2026-11-20 00:00";
    let many = (0..=Plan::REQUESTS_MAX).map(|nth| request(&nth.to_string())).collect();
    for requests in [vec![], vec![request("lamps"), request("lamps")], many] {
        let refused = Rejection::Requests { max: Plan::REQUESTS_MAX };
        given(Past::<Projects>::nothing()).when(open(requests, &[due])).then_refused(refused);
    }
    let refused = Rejection::Stages { max: Plan::STAGES_MAX };
    given(Past::<Projects>::nothing()).when(open(vec![request("lamps")], &[])).then_refused(refused);
    given(opened()).when(open(vec![request("lamps")], &[due])).then_refused(Rejection::OpenedBefore);
    let add = |name: &str| Command::AddRequest { request: request(name) };
    given(opened()).when(add("lamps")).then_refused(Rejection::ServedAlready { request: request("lamps") });
    assert_eq!(given(opened()).when(add("bench")).then_granted().plan().requests.len(), 3);
    given(Past::<Projects>::nothing()).when(add("lamps")).then_refused(Rejection::NotFound);
}

#[test]
fn it_is_finished_when_all_its_stages_are_done_each_once() {
    given(opened()).when(finish(1, &[])).then_refused(Rejection::StagesOpen { open: 1 });
    for stage in [0, 2, u32::MAX] {
        given(opened()).when(stage_done(stage)).then_refused(Rejection::NoSuchStage { stage, stages: 1 });
    }
    let done = opened().done(stage_done(1));
    given(done.clone()).when(stage_done(1)).then_refused(Rejection::StageDoneBefore { stage: 1 });
    let in_review = done.done(finish(1, &[]));
    assert_eq!(in_review.plan().review(), Some(evaluation(1)));
    let refused = || Rejection::NotWorkedOn { phase: "in_review" };
    given(in_review.clone()).when(finish(2, &[])).then_refused(refused());
    given(in_review).when(Command::AddRequest { request: request("bench") }).then_refused(refused());
}

#[test]
fn all_whose_requests_it_serves_and_all_who_registered_vote_but_nobody_of_the_unit() {
    let past = opened().done(stage_done(1)).done(Command::Register(register("zhao")));
    let finished = past.done(finish(1, &["li"]));
    let Some(Event::Finished(finished)) = finished.events.last() else { panic!("it was not finished") };
    let mut expected = vec![person("wang"), person("zhao")];
    expected.sort_unstable();
    assert_eq!(finished.electorate, expected);
}

#[test]
fn one_phone_registers_once_and_only_who_has_no_vote_anyway_and_is_not_of_the_unit() {
    let register = |registration| Command::Register(registration);
    let once = opened().done(register(super::register("zhao")));
    given(once).when(register(super::register("zhao"))).then_refused(Rejection::RegisteredBefore);
    let served = Registration { is_served: true, ..super::register("wang") };
    given(opened()).when(register(served)).then_refused(Rejection::VotesAnyway);
    let own = Registration { works_for: Some(parks()), ..super::register("zhao") };
    given(opened()).when(register(own)).then_refused(Rejection::OwnWork { unit: parks() });
    // Who comes during a round votes in the next (R14).
    let in_review = opened().done(stage_done(1)).done(finish(1, &[])).done(register(super::register("zhao")));
    let again = in_review.done(conclude(1, Outcome::Rework)).done(finish(2, &[]));
    let Some(Event::Finished(finished)) = again.events.last() else { panic!("it was not finished") };
    assert!(finished.electorate.contains(&person("zhao")));
    let closed = again.done(conclude(2, Outcome::Passed));
    given(closed).when(register(super::register("qian"))).then_refused(Rejection::ClosedBefore);
}

#[test]
fn a_rework_has_seven_working_days_and_the_second_is_escalated() {
    let first = opened().done(stage_done(1)).reworked(1);
    let Phase::Rework(due) = &first.plan().phase else { panic!("no rework") };
    assert_eq!(due.at, at("2026-11-12 00:00"));
    let Some(Event::ReworkOrdered(ordered)) = first.events.last() else { panic!("no rework") };
    assert_eq!((ordered.round, ordered.escalated), (2, None));
    let second = first.done(finish(2, &[])).done(conclude(2, Outcome::Rework));
    let Some(Event::ReworkOrdered(ordered)) = second.events.last() else { panic!("no rework") };
    assert_eq!((ordered.round, ordered.escalated), (3, Some(Level::Town)));
}

#[test]
fn a_round_is_concluded_once_whoever_says_so_again() {
    let reworked = opened().done(stage_done(1)).reworked(1);
    for late in [conclude(1, Outcome::Rework), conclude(1, Outcome::Passed), conclude(2, Outcome::Passed)] {
        given(reworked.clone()).when(late).then_nothing();
    }
    let closed = reworked.done(finish(2, &[])).done(conclude(2, Outcome::Unrated));
    assert_eq!(closed.plan().phase, Phase::Closed(Closing::Unrated));
    given(closed).when(conclude(2, Outcome::Rework)).then_nothing();
}

#[test]
fn from_the_third_rework_on_the_oversight_board_may_end_it() {
    let close = || Command::CloseDissatisfied { reason: text("nothing more can be done") };
    let twice = opened().done(stage_done(1)).reworked(2);
    given(twice.clone()).when(close()).then_refused(Rejection::TooEarlyToClose { reworks: 2 });
    let thrice = twice.done(finish(3, &[])).done(conclude(3, Outcome::Rework));
    let reason = Some("nothing more can be done".to_owned());
    given(thrice).when(close()).then([Event::Closed(Closed { closing: Closing::Dissatisfied, reason })]);
}

/// R16 over all figures up to 1,000: the verdict of a project's ballots orders exactly what the rule says.
#[test]
fn more_than_thirty_in_a_hundred_send_a_project_back_and_nothing_else_does() {
    use crate::evaluation::{Occasion, SubjectKind, verdict};
    let occasion = Occasion::Project { project: crate::ids::ProjectId(uuid::Uuid::nil()), round: 1 };
    for valid in 0..=1_000 {
        for dissatisfied in 0..=valid {
            let verdict = verdict(occasion, SubjectKind::Project, valid, 0, dissatisfied);
            let expected = match valid {
                0 => Outcome::Unrated,
                _ if calls_for_rework(dissatisfied, valid) => Outcome::Rework,
                _ => Outcome::Passed,
            };
            assert_eq!(outcome(verdict), expected, "{dissatisfied} of {valid}");
            assert_eq!(expected == Outcome::Rework, 100 * dissatisfied > 30 * valid);
        }
    }
    assert_eq!(outcome(Verdict::Accountable), Outcome::Passed);
}
