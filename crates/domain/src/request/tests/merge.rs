//! R5: a merged request's residents live on in the surviving one.

use super::situations::situations;
use crate::ids::CommunityId;
use crate::request::{Absorbed, Command, Event, Merged, Merger, Rejection};
use crate::testing::{absorb, co_sign, filed, given, merge_into, person, request};

#[test]
fn r5_merging_ends_the_one_and_names_the_other() {
    let merged = Event::Merged(Merged { into: request("lamp"), reason: None });
    let past = given(filed()).when(merge_into("lamp")).then([merged]);
    assert_eq!(past.case().owner(), None);
}

#[test]
fn r5_all_signers_become_signers_of_the_surviving_one_and_nobody_twice() {
    let absorbed = Absorbed { from: request("lantern"), signers: vec![person("zhao")] };
    let past = given(filed().done(co_sign("li")))
        .when(absorb("lantern", &["li", "zhao", "wang"]))
        .then([Event::Absorbed(absorbed)]);
    assert_eq!(past.case().signers, [person("wang"), person("li"), person("zhao")]);
}

#[test]
fn r5_merging_is_only_into_one_not_yet_completed() {
    for (name, past) in situations() {
        let state = past.case().stage.name();
        let is_finished = ["completed", "in_review", "rejected", "merged", "withdrawn", "closed"].contains(&state);
        let answer = given(past).when(absorb("lantern", &["li"]));
        if is_finished {
            answer.then_refused(Rejection::MergeIntoFinished { state });
        } else {
            let past = answer.then_granted();
            assert!(past.case().signers.contains(&person("li")), "{name}");
        }
    }
}

#[test]
fn merging_stays_within_the_community() {
    let elsewhere: CommunityId = "hillside".parse().unwrap();
    let merger = Merger { community: elsewhere, from: request("lantern"), signers: vec![person("li")] };
    given(filed()).when(Command::Absorb(merger)).then_refused(Rejection::MergeAcrossCommunities);
}
