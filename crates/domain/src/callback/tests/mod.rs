//! R18: a sample that nobody can choose and anyone can draw again.

use proptest::prelude::*;

use crate::callback::{Callbacks, Command, Event, Outcome, Rejection};
use crate::ids::RequestId;
use crate::lots::{draw, hash_of, lot};
use crate::process::{Promise, Reaction, after_callback};
use crate::review::{CallOutcome, Rating};
use crate::testing::{Past, at, community, given, request};

const SEED: &str = "ab12";

fn commit(from: &str, to: &str) -> Command {
    Command::Commit { community: community(), from: at(from), to: at(to), size: 2, hash: hash_of(SEED) }
}

fn committed() -> Past<Callbacks> {
    Past::nothing().done(commit("2026-11-03 00:00", "2026-12-01 00:00"))
}

fn draw_with(seed: &str) -> Command {
    let candidates = ["lamp", "bench", "path", "lamp"].map(request).to_vec();
    Command::Draw { seed: seed.to_owned(), candidates }
}

fn call(name: &str) -> Command {
    let (outcome, answer) = (CallOutcome::Reached, Some(Rating::Dissatisfied));
    Command::Call { request: request(name), outcome: Outcome { outcome, answer, note: None } }
}

#[test]
fn r18_the_seed_is_committed_to_before_the_period_begins() {
    let now = at("2026-11-02 08:00");
    for from in ["2026-11-02 08:00", "2026-11-01 00:00"] {
        let refused = Rejection::CommittedTooLate { from: at(from), now };
        given(Past::<Callbacks>::nothing()).when(commit(from, "2026-12-01 00:00")).then_refused(refused);
    }
    given(Past::<Callbacks>::nothing())
        .when(commit("2026-11-03 00:00", "2026-11-03 00:00"))
        .then_refused(Rejection::EndsBeforeItBegins);
    given(committed()).when(commit("2026-11-03 00:00", "2026-12-01 00:00")).then_refused(Rejection::CommittedBefore);
}

#[test]
fn r18_the_sample_follows_from_the_seed_that_was_committed_to_and_the_list() {
    let early = Rejection::PeriodNotOver { to: at("2026-12-01 00:00") };
    given(committed().at("2026-11-30 23:59")).when(draw_with(SEED)).then_refused(early);
    let over = committed().at("2026-12-01 00:00");
    given(over.clone()).when(draw_with("ab13")).then_refused(Rejection::AnotherSeed);
    let drawn = over.done(draw_with(SEED));
    let Some(Event::Drawn(event)) = drawn.events.last() else { panic!("it was drawn") };
    assert_eq!((event.candidates.len(), event.sample.len()), (3, 2));
    assert_eq!(event.sample, draw(SEED, &event.candidates, 2));
    given(drawn).when(draw_with(SEED)).then_refused(Rejection::DrawnBefore);
}

#[test]
fn r18_the_draw_is_promised_for_a_minute_after_the_end_until_somebody_draws() {
    let id = community().callback_id(at("2026-11-03 00:00"), at("2026-12-01 00:00"));
    let promise = || Promise::DrawCallbacks { community: community(), callbacks: id };
    let past = committed();
    let follows = after_callback(id, &past.events[0], &past.state);
    assert_eq!(follows, [Reaction::Promise(promise(), at("2026-12-01 00:01"))]);
    let past = past.at("2026-12-01 00:00").done(draw_with(SEED));
    assert_eq!(after_callback(id, &past.events[1], &past.state), [Reaction::Release(promise())]);
    let chosen = draw(SEED, &["lamp", "bench", "path"].map(request), 1)[0];
    let call = Outcome { outcome: CallOutcome::NoAnswer, answer: None, note: None };
    let past = past.done(Command::Call { request: chosen, outcome: call });
    assert_eq!(after_callback(id, &past.events[2], &past.state), []);
}

#[test]
fn r18_only_the_sample_is_called_back() {
    given(committed()).when(call("lamp")).then_refused(Rejection::NotDrawn);
    let drawn = committed().at("2026-12-01 00:00").done(draw_with(SEED));
    let chosen = draw(SEED, &["lamp", "bench", "path"].map(request), 2);
    for name in ["lamp", "bench", "path"] {
        if chosen.contains(&request(name)) {
            drop(drawn.clone().done(call(name)));
        } else {
            given(drawn.clone()).when(call(name)).then_refused(Rejection::NotInSample(request(name)));
        }
    }
    given(Past::<Callbacks>::nothing()).when(call("lamp")).then_refused(Rejection::NotFound);
}

/// Worked out with `sha256sum`, so that the recipe in the docs stays true.
#[test]
fn the_draw_is_what_sha256sum_says() {
    assert_eq!(hash_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let id = RequestId("0192f3a1-7c40-7d11-9a52-3f1c8e6b1d02".parse().unwrap());
    assert_eq!(lot("abc", id), "bb072c63c36fb73397e5e90921619874ae15916d67ce5b28d9c93bae9b20a47d");
}

proptest! {
    #[test]
    fn the_order_of_the_list_does_not_matter_and_more_of_it_only_adds(
        ids in prop::collection::vec(any::<u128>(), 0..60), size in 0u32..30, seed in "[a-f0-9]{8}",
    ) {
        let list: Vec<RequestId> = ids.iter().map(|id| RequestId(uuid::Uuid::from_u128(*id))).collect();
        let backwards: Vec<RequestId> = list.iter().rev().copied().collect();
        let sample = draw(&seed, &list, size as usize);
        prop_assert_eq!(&sample, &draw(&seed, &backwards, size as usize));
        prop_assert!(sample.iter().all(|request| list.contains(request)));
        let distinct: std::collections::BTreeSet<_> = list.iter().collect();
        prop_assert_eq!(sample.len(), distinct.len().min(size as usize));
        prop_assert_eq!(&sample[..], &draw(&seed, &list, size as usize + 5)[..sample.len()]);
    }
}
