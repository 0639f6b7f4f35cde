//! R24: who asks, who answers, and that nobody is proposed before the answer is on the record.

use sandan_app::{AskOpinion, Caller, GiveOpinion};
use sandan_domain::honour::{self, Figures};
use sandan_domain::{Event, HonourId, Role, Share};

use crate::world::{World, fields, limited_to, staff, text};

fn question() -> AskOpinion {
    AskOpinion {
        community: text("elm"),
        unit: text("roads"),
        honour: text(" 文明单位 "),
        from: text("2026-01-01"),
        to: text("2026-03-01"),
    }
}

fn opinion(opinion: &str) -> GiveOpinion {
    GiveOpinion { opinion: text(opinion), reason: text("Always there") }
}

fn figures() -> Figures {
    Figures { position: 7, on_time: Share { numerator: 3, denominator: 4 }, ..Figures::default() }
}

async fn asked(world: &World) -> HonourId {
    world.app.ask_opinion(&staff(Role::Supervisor), question()).await.unwrap().outcome.id
}

#[tokio::test]
async fn r24_a_unit_is_asked_about_answered_for_and_then_proposed() {
    let world = World::new().await;
    let (town, desk) = (staff(Role::Supervisor), staff(Role::Dispatcher));
    let id = asked(&world).await;
    let hasty = world.app.propose_honour(&town, id, text("in a hurry")).await.unwrap_err();
    assert_eq!(hasty.code(), "honour-not-answered");
    world.app.give_opinion(&desk, id, opinion("opposes"), figures()).await.unwrap();
    let against = world.app.propose_honour(&town, id, text("  ")).await.unwrap_err();
    assert_eq!(against.code(), "honour-reason-needed");
    world.app.propose_honour(&town, id, text("The town saw more")).await.unwrap();
    let records = world.records().await;
    let of_it: Vec<_> = records.iter().filter(|record| record.stream.id == id.0).collect();
    let kinds: Vec<&str> = of_it.iter().map(|record| record.kind.as_str()).collect();
    assert_eq!(kinds, ["sandan.honour.asked", "sandan.honour.answered", "sandan.honour.proposed"]);
    let answered = Event::decode(&of_it[1].kind, of_it[1].schema, &of_it[1].body).unwrap();
    let Event::Honour(honour::Event::Answered(answered)) = answered else { panic!("{answered:?}") };
    assert_eq!((answered.figures, &*answered.reason), (figures(), "Always there"));
}

#[tokio::test]
async fn who_asks_does_not_answer_and_who_answers_does_not_propose() {
    let world = World::new().await;
    world.found("oak", None).await;
    let id = asked(&world).await;
    for role in Role::STAFF {
        let by = staff(role);
        if role != Role::Supervisor {
            assert_eq!(world.app.ask_opinion(&by, question()).await.unwrap_err().code(), "forbidden", "{role}");
            assert_eq!(world.app.propose_honour(&by, id, None).await.unwrap_err().code(), "forbidden", "{role}");
            assert_eq!(world.app.drop_honour(&by, id, text("no")).await.unwrap_err().code(), "forbidden", "{role}");
        }
        if role != Role::Dispatcher {
            let given = world.app.give_opinion(&by, id, opinion("supports"), figures()).await;
            assert_eq!(given.unwrap_err().code(), "forbidden", "{role}");
        }
    }
    let elsewhere = limited_to(staff(Role::Dispatcher), "oak");
    let given = world.app.give_opinion(&elsewhere, id, opinion("supports"), figures()).await;
    assert_eq!(given.unwrap_err().code(), "forbidden");
    let given = world.app.give_opinion(&Caller::resident(), id, opinion("supports"), figures()).await;
    assert_eq!(given.unwrap_err().code(), "not-signed-in");
}

#[tokio::test]
async fn what_is_asked_is_asked_once_and_of_a_period_that_is_over() {
    let world = World::new().await;
    let town = staff(Role::Supervisor);
    asked(&world).await;
    let same = AskOpinion { honour: text("文明单位"), ..question() };
    assert_eq!(world.app.ask_opinion(&town, same).await.unwrap_err().code(), "honour-asked-before");
    let next_year = AskOpinion { from: text("2025-01-01"), to: text("2026-01-01"), ..question() };
    world.app.ask_opinion(&town, next_year).await.unwrap();
    assert_eq!(
        fields(world.app.ask_opinion(&town, AskOpinion::default()).await),
        ["community", "unit", "honour", "from", "to"]
    );
    for (wrong, code) in [
        (AskOpinion { unit: text("nobody"), ..question() }, "not-found"),
        (AskOpinion { to: text("2027-01-01"), ..question() }, "honour-period-not-over"),
        (AskOpinion { to: text("2026-01-01"), ..question() }, "honour-ends-before-it-begins"),
    ] {
        assert_eq!(world.app.ask_opinion(&town, wrong).await.unwrap_err().code(), code);
    }
    let nobodys = HonourId(uuid::Uuid::nil());
    let given = world.app.give_opinion(&staff(Role::Dispatcher), nobodys, opinion("supports"), figures()).await;
    assert_eq!(given.unwrap_err().code(), "not-found");
}

#[tokio::test]
async fn an_answer_is_given_once_and_a_question_can_be_dropped() {
    let world = World::new().await;
    let (town, desk) = (staff(Role::Supervisor), staff(Role::Dispatcher));
    let id = asked(&world).await;
    let wrong = GiveOpinion { opinion: text("splendid"), reason: text(" ") };
    assert_eq!(fields(world.app.give_opinion(&desk, id, wrong, figures()).await), ["opinion", "reason"]);
    world.app.give_opinion(&desk, id, opinion("reserved"), figures()).await.unwrap();
    let again = world.app.give_opinion(&desk, id, opinion("supports"), figures()).await.unwrap_err();
    assert_eq!(again.code(), "honour-answered-before");
    assert_eq!(fields(world.app.drop_honour(&town, id, None).await), ["reason"]);
    world.app.drop_honour(&town, id, text("Another unit")).await.unwrap();
    let late = world.app.propose_honour(&town, id, None).await.unwrap_err();
    assert_eq!(late.code(), "honour-dropped-before");
}
