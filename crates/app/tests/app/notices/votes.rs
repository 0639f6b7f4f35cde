//! Votes without a name reach those who may take part (R14, R18), by what is known of them: whether they drew a token, and
//! nothing of a ballot (R21).

use jiff::SignedDuration;
use sandan_app::notices::{NewEndpoint, Recipient, Smtp};
use sandan_app::{Caller, EndEvaluation, Register};
use sandan_domain::{EvaluationId, Role};
use serde_json::Value;

use super::receiver::Receiver;
use super::{administrator, endpoint, job};
use crate::evaluations::hall::Hall;
use crate::projects::{Site, phone};
use crate::world::{World, at, staff, text};

struct Letters<'a> {
    world: &'a World,
    receiver: Receiver,
}

impl<'a> Letters<'a> {
    async fn of(world: &'a World) -> Self {
        let receiver = Receiver::start().await;
        let notices = NewEndpoint { feed: text("notices"), ..NewEndpoint::default() };
        endpoint(world, &receiver.url, notices).await;
        Self { world, receiver }
    }

    /// What was told of a vote so far: which notice, to whom by telephone, and the code behind the link.
    async fn told(&self, vote: EvaluationId) -> Vec<(String, Option<String>, String)> {
        let (job, _) = job(self.world, None);
        job.send_due().await.unwrap();
        let word = |value: &Value| value.as_str().map(str::to_owned);
        let place = format!("http://here/evaluations/{vote}/vote#");
        let calls = self.receiver.calls().into_iter().map(|call| call.json()["data"].clone());
        let of_votes = calls.filter(|data| data["notice"].as_str().is_some_and(|name| name.starts_with("vote_")));
        let line = |data: Value| {
            assert_eq!(data["to"]["audience"], "resident");
            let url = word(&data["url"]).unwrap();
            (word(&data["notice"]).unwrap(), word(&data["to"]["phone"]), url.strip_prefix(&place).unwrap().to_owned())
        };
        of_votes.map(line).collect()
    }
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort();
    items
}

#[tokio::test]
async fn all_whose_project_it_is_are_invited_each_with_a_code_of_their_own() {
    let world = World::new().await;
    let letters = Letters::of(&world).await;
    let site = Site::opened(&world, 3).await;
    site.stage_done().await;
    let vote = site.finishes().await;
    let told = letters.told(vote).await;
    assert!(told.iter().all(|(notice, ..)| notice == "vote_opened"), "{told:?}");
    assert_eq!(sorted(told.iter().map(|(_, _, code)| code.clone())), sorted(site.codes.clone()));
    let code_of = |nth| told.iter().find(|(_, to, _)| *to == text(&phone(nth))).map(|(_, _, code)| code.clone());
    assert_eq!([0, 1, 2].map(code_of), [1, 2, 3].map(|nth| Some(site.codes[nth].clone())));
    // The code behind the link is the right to a token.
    site.draws(vote, &told[0].2).await.unwrap();
    let letter = letters.receiver.calls().pop().unwrap().json()["data"].clone();
    let (zh, en) = (letter["zh"]["text"].as_str().unwrap(), letter["en"]["text"].as_str().unwrap());
    assert!(zh.contains("“The river walk”") && zh.contains("答复：The walk is paved"), "{zh}");
    assert!(en.contains("Please rate “The river walk” without your name"), "{en}");
    assert!(en.contains("the vote ends at 2026-03-12 00:00"), "{en}");
}

#[tokio::test]
async fn those_whom_the_lots_chose_are_told_when_the_vote_of_a_session_opens() {
    let world = World::new().await;
    let letters = Letters::of(&world).await;
    let hall = Hall::open(&world, "2026-Q1", 3).await;
    let told = letters.told(hall.id).await;
    assert_eq!(sorted(told.iter().map(|(_, _, code)| code.clone())), sorted(hall.codes.clone()));
    assert!(told.iter().all(|(notice, ..)| notice == "vote_opened"), "{told:?}");
    // An hour in a hall is no time for a second invitation.
    assert_eq!(world.app.evaluation(hall.id).await.unwrap().poll().unwrap().invite_at, None);
}

#[tokio::test]
async fn r18_and_r21_who_drew_no_token_after_three_days_is_invited_once_more_and_nobody_else() {
    let world = World::new().await;
    let letters = Letters::of(&world).await;
    let site = Site::opened(&world, 4).await;
    site.stage_done().await;
    let vote = site.finishes().await;
    let first = letters.told(vote).await.len();
    assert_eq!(first, 5);
    // Two draw; of one the ballot waits in the urn, the other keeps the token.
    site.only(&[1]).votes(vote, 0).await;
    site.draws(vote, &site.codes[3]).await.unwrap();
    // Tuesday to Thursday; Thursday's midnight ends it.
    let invited = at("2026-03-06T00:00:00+08:00");
    world.clock.set(invited - SignedDuration::from_secs(1));
    world.app.keep_due_promises().await.unwrap();
    assert_eq!(letters.told(vote).await.len(), first, "not before its time");
    world.clock.set(invited);
    world.app.keep_due_promises().await.unwrap();
    let told = letters.told(vote).await.split_off(first);
    assert!(told.iter().all(|(notice, ..)| notice == "vote_invited"), "{told:?}");
    let silent = [0, 2, 4].map(|nth: usize| site.codes[nth].clone());
    assert_eq!(sorted(told.into_iter().map(|(_, _, code)| code)), sorted(silent));
    world.clock.advance(SignedDuration::from_hours(24 * 3));
    world.app.keep_due_promises().await.unwrap();
    assert_eq!(world.count("sandan.evaluation.invited").await, 1, "once more, and once only");
}

#[tokio::test]
async fn nobody_is_invited_again_where_all_have_their_token_or_drawing_was_ended() {
    for ends in [false, true] {
        let world = World::new().await;
        let site = Site::opened(&world, 1).await;
        site.stage_done().await;
        let vote = site.finishes().await;
        if ends {
            let end = EndEvaluation { phase: text("drawing") };
            world.app.end_evaluation(&staff(Role::Dispatcher), vote, end).await.unwrap();
        } else {
            for code in &site.codes {
                site.draws(vote, code).await.unwrap();
            }
        }
        site.counted(vote).await;
        assert_eq!(world.count("sandan.evaluation.invited").await, 0, "{ends}");
        assert_eq!(world.count("sandan.evaluation.closed").await, 1, "{ends}");
    }
}

#[tokio::test]
async fn a_letter_goes_to_whoever_gave_an_address_and_an_operator_sees_what_it_is_about() {
    let world = World::new().await;
    // Nobody listens there: what is to be sent stays to be seen.
    let smtp = Smtp { url: "smtp://127.0.0.1:1".to_owned(), from: "sandan@elm.example".to_owned() };
    let (job, _) = job(&world, Some(smtp));
    job.send_due().await.unwrap();
    let site = Site::opened(&world, 1).await;
    let register = Register { name: text("Wang"), phone: text(&phone(7)), ..Register::default() };
    let register = Register { email: text("wang@home.example"), ..register };
    world.app.register_for(&Caller::resident(), site.id, register).await.unwrap();
    site.stage_done().await;
    site.finishes().await;
    job.send_due().await.unwrap();
    let standing = world.app.notices(&administrator()).await.unwrap();
    let [letter] = &standing.waiting[..] else { panic!("one gave an address: {standing:?}") };
    let shown = world.app.show_notice(letter).await.unwrap();
    assert_eq!(shown.notice, Some(["请您匿名评价", "please rate it without your name"]));
    assert_eq!((shown.event.as_str(), shown.request), ("sandan.evaluation.convened", None));
    assert_eq!(shown.to, Recipient::Resident(text("w***@home.example")));
    let records = world.records().await;
    assert!(records.iter().all(|record| !String::from_utf8_lossy(&record.body).contains("wang@home")), "sealed");
}

#[tokio::test]
async fn r18_whom_no_channel_reaches_the_hotline_rings_up_until_they_draw_a_token_or_drawing_ends() {
    let world = World::new().await;
    let site = Site::opened(&world, 3).await;
    let mailed =
        Register { name: text("Zhao"), phone: text(&phone(9)), email: text("zhao@example.cn"), ..Register::default() };
    world.app.register_for(&Caller::resident(), site.id, mailed).await.unwrap();
    site.stage_done().await;
    let vote = site.finishes().await;
    let hotline = staff(Role::Hotline);
    let listed = || async {
        let lines = world.app.unreached(&hotline, vote).await.unwrap();
        sorted(lines.into_iter().filter_map(|line| line.phone))
    };
    let all = listed().await;
    assert!([0, 1, 2].iter().all(|nth| all.contains(&phone(*nth))) && !all.contains(&phone(9)), "{all:?}");
    site.draws(vote, &site.codes[2]).await.unwrap();
    let left: Vec<_> = all.into_iter().filter(|number| *number != phone(1)).collect();
    assert_eq!(listed().await, left, "of them nothing more is to be asked");
    assert!(
        world.app.unreached(&Caller::resident(), vote).await.is_err(),
        "telephones are the hotline's business alone"
    );
    world.clock.set(world.app.evaluation(vote).await.unwrap().poll().unwrap().drawing_until);
    assert_eq!(listed().await, Vec::<String>::new());
}
