//! A project serves it, and it closes with the project (R29).

use crate::ids::ProjectId;
use crate::people::Actor;
use crate::request::{Closed, Closing, Command, Event, Rejection, Request, Stage};
use crate::testing::{Past, filed, given, withdraw};

fn project(nth: u128) -> ProjectId {
    ProjectId(uuid::Uuid::from_u128(nth))
}

fn serve(nth: u128) -> Command {
    Command::Serve { project: project(nth) }
}

fn close_with(nth: u128, closing: Closing) -> Command {
    Command::CloseWithProject { project: project(nth), closing }
}

fn served() -> Past<Request> {
    filed().with_the_fire_brigade().by(Actor::System).done(serve(1))
}

#[test]
fn one_project_at_a_time_serves_it_and_before_it_is_completed() {
    assert_eq!(served().case().project, Some(project(1)));
    given(served()).when(serve(2)).then_refused(Rejection::ServedByAnother);
    let completed = filed().with_the_fire_brigade().completed_by("fire-brigade").by(Actor::System);
    let state = completed.case().stage.name();
    given(completed).when(serve(1)).then_refused(Rejection::TooLateToServe { state });
}

#[test]
fn it_closes_with_its_own_project_as_that_does() {
    for closing in [Closing::Satisfied, Closing::Unrated, Closing::Dissatisfied] {
        let closed = Closed { closing, reason: None, project: Some(project(1)) };
        given(served()).when(close_with(1, closing)).then([Event::Closed(closed)]);
    }
    let after = served().done(close_with(1, Closing::Satisfied));
    assert_eq!((&after.case().stage, after.case().project), (&Stage::Closed(Closing::Satisfied), None));
    given(served()).when(close_with(2, Closing::Satisfied)).then_nothing();
    given(filed().by(Actor::System)).when(close_with(1, Closing::Satisfied)).then_nothing();
}

#[test]
fn what_was_completed_by_itself_or_has_ended_is_left_alone() {
    let completed =
        filed().by(Actor::System).done(serve(1)).with_the_fire_brigade().completed_by("fire-brigade").by(Actor::System);
    given(completed).when(close_with(1, Closing::Satisfied)).then_nothing();
    let withdrawn = filed().by(Actor::System).done(serve(1));
    let withdrawn = withdrawn.by(crate::testing::resident("wang")).done(withdraw()).by(Actor::System);
    given(withdrawn).when(close_with(1, Closing::Satisfied)).then_nothing();
}
