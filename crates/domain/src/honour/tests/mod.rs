//! R24: asked, answered with figures, and only then proposed.

use crate::honour::{Command, Event, Figures, Honours, Opinion, Rejection};
use crate::share::Share;
use crate::testing::{Past, at, community, given, text, unit};

fn asked_of(from: &str, to: &str) -> Command {
    let (community, unit, honour) = (community(), unit("parks"), text("文明单位"));
    Command::Ask { community, unit, honour, from: at(from), to: at(to) }
}

fn answer(opinion: Opinion) -> Command {
    Command::Answer { opinion, reason: text("It came every time"), figures: Box::new(figures()) }
}

fn figures() -> Figures {
    let share = |numerator, denominator| Share { numerator, denominator };
    Figures {
        position: 812,
        resolution: share(19, 20),
        satisfaction: share(44, 50),
        on_time: share(18, 20),
        rework: share(1, 16),
        ..Figures::default()
    }
}

fn propose(reason: Option<&str>) -> Command {
    Command::Propose { reason: reason.map(text) }
}

fn drop_it() -> Command {
    Command::Drop { reason: text("Another unit is proposed") }
}

/// Asked on the Monday on which these tests begin, about October.
fn asked() -> Past<Honours> {
    Past::nothing().done(asked_of("2026-10-01 00:00", "2026-11-01 00:00"))
}

fn answered(opinion: Opinion) -> Past<Honours> {
    asked().done(answer(opinion))
}

#[test]
fn r24_the_opinion_is_on_the_record_with_its_figures() {
    let past = answered(Opinion::Supports);
    let Some(Event::Answered(said)) = past.events.last() else { panic!("{:?}", past.events) };
    assert_eq!((said.opinion, &*said.reason, said.figures), (Opinion::Supports, "It came every time", figures()));
}

#[test]
fn r24_nobody_is_proposed_before_the_opinion_is_answered() {
    given(asked()).when(propose(Some("In a hurry"))).then_refused(Rejection::NotAnswered);
    for opinion in [Opinion::Supports, Opinion::Reserved] {
        let past = answered(opinion).done(propose(None));
        assert!(matches!(past.events.last(), Some(Event::Proposed(_))));
    }
}

#[test]
fn r24_against_the_opinion_a_proposal_says_why() {
    given(answered(Opinion::Opposes)).when(propose(None)).then_refused(Rejection::ReasonNeeded);
    let past = answered(Opinion::Opposes).done(propose(Some("The town saw more of its work")));
    let Some(Event::Proposed(proposed)) = past.events.last() else { panic!("{:?}", past.events) };
    assert_eq!(proposed.reason.as_deref(), Some("The town saw more of its work"));
}

#[test]
fn the_period_is_over_when_the_question_is_asked() {
    let past = || Past::<Honours>::nothing().at("2026-11-02 08:00");
    let beginning = || asked_of("2026-11-01 00:00", "2026-11-01 00:00");
    given(past()).when(beginning()).then_refused(Rejection::EndsBeforeItBegins);
    let (to, now) = (at("2026-11-03 00:00"), at("2026-11-02 08:00"));
    let goes_on = asked_of("2026-10-01 00:00", "2026-11-03 00:00");
    given(past()).when(goes_on).then_refused(Rejection::PeriodNotOver { to, now });
    past().done(asked_of("2026-10-01 00:00", "2026-11-02 08:00"));
}

#[test]
fn each_step_is_taken_once_and_in_order() {
    let again = || asked_of("2026-10-01 00:00", "2026-11-01 00:00");
    for command in [answer(Opinion::Supports), propose(None), drop_it()] {
        given(Past::<Honours>::nothing()).when(command).then_refused(Rejection::NotFound);
    }
    for past in [asked(), answered(Opinion::Reserved), answered(Opinion::Reserved).done(drop_it())] {
        given(past).when(again()).then_refused(Rejection::AskedBefore);
    }
    given(answered(Opinion::Supports)).when(answer(Opinion::Opposes)).then_refused(Rejection::AnsweredBefore);
    let proposed = || answered(Opinion::Supports).done(propose(None));
    given(proposed()).when(answer(Opinion::Opposes)).then_refused(Rejection::AnsweredBefore);
    given(proposed()).when(propose(None)).then_refused(Rejection::ProposedBefore);
    given(proposed()).when(drop_it()).then_refused(Rejection::ProposedBefore);
    for past in [asked(), answered(Opinion::Supports)] {
        let dropped = past.done(drop_it());
        for command in [answer(Opinion::Supports), propose(None), drop_it()] {
            given(dropped.clone()).when(command).then_refused(Rejection::DroppedBefore);
        }
    }
}
