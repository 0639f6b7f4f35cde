//! R6b: a unit proposes that a request is beyond law or reason; somebody independent decides.

use crate::request::{Case, Rejection, Unreasonable};
use crate::testing::{
    Past, close, complete, decide_unreasonable, filed, given, open_review, oversight, propose_unreasonable, staff_of,
    supervisor, unit,
};

fn in_work() -> Past<crate::request::Request> {
    filed().triaged().dispatched_to("roads").claimed_by("roads")
}

fn proposed() -> Past<crate::request::Request> {
    in_work().by(staff_of("roads")).done(propose_unreasonable("roads"))
}

fn said(past: &Past<crate::request::Request>) -> &Unreasonable {
    let case: &Case = past.case();
    &case.unreasonable
}

#[test]
fn r6b_the_lead_proposes_and_somebody_independent_decides() {
    for upheld in [true, false] {
        let past = proposed().by(oversight()).done(decide_unreasonable(upheld));
        assert_eq!(*said(&past), if upheld { Unreasonable::Upheld } else { Unreasonable::Refused });
        // It goes on and gets an answer like any other, and can't be proposed again.
        given(past.by(staff_of("roads"))).when(propose_unreasonable("roads")).then_refused_as("proposed-before");
    }
}

#[test]
fn r6b_it_is_proposed_once_also_while_nobody_has_decided() {
    let refusal = given(proposed().by(staff_of("roads"))).when(propose_unreasonable("roads"));
    assert_eq!(refusal.then_refused_as("proposed-before").standing().map(|(state, _)| state), Some("claimed"));
}

#[test]
fn r6b_a_stranger_does_not_propose_it() {
    given(in_work().by(staff_of("parks"))).when(propose_unreasonable("parks")).then_refused(Rejection::NotYours);
}

#[test]
fn r6b_the_unit_itself_does_not_decide_whatever_its_role() {
    given(proposed().by(staff_of("roads"))).when(decide_unreasonable(true)).then_refused(Rejection::NotIndependent);
    assert_eq!(*said(&proposed()), Unreasonable::Proposed { by: unit("roads") });
}

#[test]
fn r6b_what_nobody_proposed_is_not_decided_and_what_has_ended_neither() {
    let past = in_work().by(supervisor());
    let refused = past.case().not_permitted(crate::request::Step::UnreasonableDecision);
    given(past).when(decide_unreasonable(true)).then_refused(refused);
    let ended = proposed()
        .done(complete("roads"))
        .by(crate::people::Actor::System)
        .done(open_review(1))
        .done(close(crate::request::Closing::Unrated));
    let refused = ended.case().not_permitted(crate::request::Step::UnreasonableDecision);
    given(ended.by(supervisor())).when(decide_unreasonable(true)).then_refused(refused);
}
