//! R24: the desk is told that its community's opinion is asked for, and supervisors that it was given.

use sandan_app::notices::NewEndpoint;
use sandan_app::{AskOpinion, GiveOpinion};
use sandan_domain::Role;
use sandan_domain::honour::Figures;
use serde_json::{Value, json};

use super::receiver::Receiver;
use super::{endpoint, job};
use crate::world::{World, staff, text};

#[tokio::test]
async fn whoever_is_to_answer_or_to_decide_about_an_honour_is_told_once() {
    let (world, receiver) = (World::new().await, Receiver::start().await);
    let notices = NewEndpoint { feed: text("notices"), ..NewEndpoint::default() };
    endpoint(&world, &receiver.url, notices).await;
    let (job, _) = job(&world, None);
    let question = AskOpinion {
        community: text("elm"),
        unit: text("roads"),
        honour: text("Civil unit of the year"),
        from: text("2026-01-01"),
        to: text("2026-03-01"),
    };
    let id = world.app.ask_opinion(&staff(Role::Supervisor), question).await.unwrap().outcome.id;
    job.send_due().await.unwrap();
    let told = |nth: usize| -> Value { receiver.calls()[nth].json()["data"].clone() };
    let asked = told(0);
    assert_eq!((&asked["notice"], &asked["to"]["audience"]), (&json!("honour_asked"), &json!("desk")));
    assert_eq!((&asked["url"], &asked["number"]), (&json!(format!("http://here/honours/{id}")), &Value::Null));
    let (zh, en) = (asked["zh"]["text"].as_str().unwrap(), asked["en"]["text"].as_str().unwrap());
    assert!(zh.contains("拟推荐 A unit") && zh.contains("“Civil unit of the year”"), "{zh}");
    assert!(en.contains("A unit may be proposed for “Civil unit of the year”"), "{en}");
    let opinion = GiveOpinion { opinion: text("opposes"), reason: text("Always late") };
    world.app.give_opinion(&staff(Role::Dispatcher), id, opinion, Figures::default()).await.unwrap();
    job.send_due().await.unwrap();
    let answered = told(1);
    assert_eq!((&answered["notice"], &answered["to"]["audience"]), (&json!("honour_answered"), &json!("supervisors")));
    let en = answered["en"]["text"].as_str().unwrap();
    assert!(en.contains("opposes honouring A unit") && en.contains("The reason: Always late"), "{en}");
    // What was decided waits for nobody.
    world.app.drop_honour(&staff(Role::Supervisor), id, text("As they say")).await.unwrap();
    job.send_due().await.unwrap();
    assert_eq!(receiver.calls().len(), 2);
}
