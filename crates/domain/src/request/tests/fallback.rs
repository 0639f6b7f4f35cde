//! R3: what nobody claims within a day is dispatched to the best match, or goes back to the desk (兜底).

use crate::request::{Dispatched, Event, Holder, Request, Stage, Target, Unclaimed};
use crate::testing::{Past, at, claim, fall_back_to, filed, filed_in, give_back, given, team, unit};

/// In the pool since Monday the 2nd, at eight.
fn pooled() -> Past<Request> {
    filed().triaged().pooled(2)
}

#[test]
fn r3_after_a_day_it_is_dispatched_to_the_best_match_and_says_so() {
    let past = given(pooled().at("2026-11-03 23:59:59")).when(fall_back_to(Some("parks"))).then_nothing();
    let due = past.case().due.clone();
    let past =
        given(past.at("2026-11-04 00:00")).when(fall_back_to(Some("parks"))).then([Event::Dispatched(Dispatched {
            target: Target::Units(team("parks", &[])),
            note: None,
            due,
            binding: false,
            late_arrival: false,
            remind_at: Some(at("2026-11-12 00:00")),
            fallback_at: None,
            since: Some(at("2026-11-04 00:00")),
            fallback: true,
        })]);
    assert_eq!(past.case().owner(), Some(Holder::Unit(unit("parks"))));
    given(past.clone()).when(fall_back_to(Some("roads"))).then_nothing();
    given(past.clone()).when(give_back("parks")).then_granted();
    given(past).when(claim("parks")).then_granted();
}

#[test]
fn r3_where_no_unit_is_free_the_desk_owns_it() {
    let waited_until = at("2026-11-04 00:00");
    let past = given(pooled().at("2026-11-04 00:00"))
        .when(fall_back_to(None))
        .then([Event::Unclaimed(Unclaimed { waited_until })]);
    assert_eq!((past.case().owner(), &past.case().stage), (Some(Holder::Desk), &Stage::Triaged));
    given(past).when(fall_back_to(None)).then_nothing();
}

#[test]
fn r3_one_claim_is_enough() {
    let past = pooled().claimed_by("parks").at("2026-11-10 00:00");
    given(past).when(fall_back_to(Some("roads"))).then_nothing();
}

#[test]
fn r3_each_stay_in_the_pool_lasts_a_day() {
    let past = pooled().at("2026-11-04 00:00").done(fall_back_to(None)).at("2026-11-05 08:00").pooled(1);
    assert_eq!(past.case().fallback_at, Some(at("2026-11-07 00:00")));
    let past = past.dispatched_to("parks");
    assert_eq!(past.case().fallback_at, None);
}

#[test]
fn r3_the_best_match_is_sought_in_the_requests_grid() {
    assert_eq!(filed_in("g1").case().grid, Some("g1".parse().unwrap()));
    assert_eq!(filed().case().grid, None);
}

#[test]
fn r11_a_suspension_puts_it_off() {
    let past = pooled().at("2026-11-03 08:00").suspended().at("2026-11-09 08:00");
    let past = given(past).when(fall_back_to(Some("parks"))).then_nothing().resumed();
    assert_eq!(past.case().fallback_at, Some(at("2026-11-10 00:00")));
}

#[test]
fn r4_after_the_second_return_the_ruling_binds_here_too() {
    let past = filed().returned_twice().triaged().pooled(1);
    let at = past.case().fallback_at.unwrap();
    let past = given(past.at_instant(at)).when(fall_back_to(Some("water-works"))).then_granted();
    given(past).when(give_back("water-works")).then_refused_as("ruling-binds");
}
