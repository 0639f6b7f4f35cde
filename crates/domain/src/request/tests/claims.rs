//! R3: the pool's race, its slots, and what the loser is told.

use super::{claimed, refused_by_the_state};
use crate::request::{Holder, Rejection, Stage, Step};
use crate::testing::{claim, complete, filed, give_back, given, progress, unit};

#[test]
fn r3_the_first_claim_wins_and_leads() {
    let past = given(filed().triaged().pooled(1)).when(claim("parks")).then([claimed("parks", true)]);
    assert_eq!(past.case().owner(), Some(Holder::Unit(unit("parks"))));
}

#[test]
fn r3_the_loser_of_the_race_is_told_who_has_it() {
    let past = filed().triaged().pooled(1).claimed_by("parks");
    let permitted = past.case().permitted_names();
    assert!(!permitted.contains(&"claim"));
    let refusal = Rejection::ClaimedBy { unit: unit("parks"), permitted };
    assert_eq!(refusal.to_string(), "parks has claimed the request");
    given(past).when(claim("roads")).then_refused(refusal);
}

#[test]
fn r3_it_goes_to_as_many_as_the_dispatcher_allowed_and_the_first_leads() {
    let past = given(filed().triaged().pooled(3)).when(claim("parks")).then([claimed("parks", true)]);
    let past = given(past).when(claim("roads")).then([claimed("roads", false)]);
    let past = given(past).when(claim("water-works")).then([claimed("water-works", false)]);
    assert_eq!(past.case().stage.engaged(), ["parks", "roads", "water-works"].map(unit));
    given(past).when(claim("fire-brigade")).then_refused_as("claimed-by-another");
}

#[test]
fn r3_a_unit_has_one_of_the_slots() {
    let past = || filed().triaged().pooled(3).claimed_by("parks").claimed_by("roads");
    for slug in ["parks", "roads"] {
        let permitted = past().case().permitted_names();
        given(past()).when(claim(slug)).then_refused(Rejection::OnItAlready { unit: unit(slug), permitted });
    }
}

#[test]
fn r1_assistants_report_and_only_the_lead_completes_or_returns() {
    let past = || filed().triaged().pooled(2).claimed_by("parks").claimed_by("roads");
    let not_lead = || Rejection::NotLead { lead: unit("parks") };
    given(past()).when(progress("roads")).then_granted();
    given(past()).when(complete("roads")).then_refused(not_lead());
    given(past()).when(give_back("roads")).then_refused(not_lead());
    given(past()).when(complete("parks")).then_granted();
}

#[test]
fn nobody_works_on_anothers_request() {
    let past = || filed().with_the_fire_brigade();
    for wish in [progress("parks"), complete("parks"), give_back("parks")] {
        given(past()).when(wish).then_refused(Rejection::NotYours);
    }
}

#[test]
fn where_no_unit_has_it_the_state_decides() {
    let pasts = [filed(), filed().triaged(), filed().triaged().pooled(1), filed().returned_twice()];
    for past in pasts {
        for (step, wish) in [
            (Step::Progress, progress("parks")),
            (Step::Complete, complete("parks")),
            (Step::Return, give_back("parks")),
        ] {
            let refusal = refused_by_the_state(past.case(), step);
            given(past.clone()).when(wish).then_refused(refusal);
        }
    }
}

#[test]
fn a_finished_request_keeps_its_team_but_no_open_slot() {
    let past = filed().triaged().pooled(3).claimed_by("parks").claimed_by("roads").completed_by("parks");
    let Stage::Completed(done) = &past.case().stage else { panic!("it is completed") };
    assert_eq!(done.work.open_slots, 0);
    assert_eq!(past.case().stage.team(), Some((Holder::Unit(unit("parks")), &[unit("roads")][..])));
    assert_eq!(past.case().stage.engaged(), []);
}
