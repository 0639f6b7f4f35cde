//! What is taken and what is refused.

use std::collections::BTreeMap;

use super::{check_in, commitments, day, hours, parks, rate, strike_out, year};
use crate::review::Rating;
use crate::scoring::{Aspect, Command, Rejection, Scorebook};
use crate::testing::{community, given};

#[test]
fn a_day_must_be_of_the_year_and_have_come() {
    for on in ["2025-12-31", "2026-11-03", "2027-01-01"] {
        let refused = || Rejection::Day { day: day(on), year: 2026 };
        given(year()).when(hours("wang", on, 60)).then_refused(refused());
        given(year()).when(check_in("wang", on)).then_refused(refused());
    }
    assert_eq!(given(year()).when(hours("wang", "2026-11-02", 60)).then_granted().state.entries.len(), 1);
}

#[test]
fn nobody_serves_more_minutes_than_a_day_has() {
    let max = Scorebook::DAY_MINUTES;
    for minutes in [0, max + 1] {
        given(year()).when(hours("wang", "2026-11-02", minutes)).then_refused(Rejection::Minutes { max });
    }
    let long = year().done(hours("wang", "2026-11-02", 1_000));
    let refused = Rejection::TooLong { day: day("2026-11-02"), minutes: 1_441, max };
    given(long.clone()).when(hours("wang", "2026-11-02", 441)).then_refused(refused);
    given(long.clone()).when(hours("wang", "2026-11-02", 440)).then_granted();
    given(long.clone()).when(hours("li", "2026-11-02", 441)).then_granted();
    // What was struck out takes no time.
    given(long.done(strike_out(1))).when(hours("wang", "2026-11-02", 1_440)).then_granted();
}

#[test]
fn one_checks_in_once_a_day() {
    let past = year().done(check_in("wang", "2026-11-02"));
    let refused = Rejection::CheckedInBefore { day: day("2026-11-02") };
    given(past.clone()).when(check_in("wang", "2026-11-02")).then_refused(refused);
    given(past.clone()).when(check_in("wang", "2026-11-01")).then_granted();
    given(past).when(check_in("li", "2026-11-02")).then_granted();
}

#[test]
fn an_entry_is_struck_out_once_and_stays_to_be_seen() {
    let past = year().done(hours("wang", "2026-11-02", 60)).done(strike_out(1));
    assert_eq!(past.state.entries[0].struck.as_deref(), Some("another person"));
    assert_eq!(past.state.standing().count(), 0);
    given(past.clone()).when(strike_out(1)).then_refused(Rejection::StruckBefore { entry: 1 });
    for entry in [0, 2, u32::MAX] {
        given(past.clone()).when(strike_out(entry)).then_refused(Rejection::NoSuchEntry { entry });
    }
}

#[test]
fn no_more_commitments_are_kept_than_fell_due_and_the_last_entry_holds() {
    given(year()).when(commitments(2, 3)).then_refused(Rejection::Commitments { due: 2, kept: 3 });
    let past = year().done(commitments(4, 1)).done(commitments(4, 3));
    let entered = &past.state.commitments[&parks()];
    assert_eq!((entered.due, entered.kept), (4, 3));
}

#[test]
fn a_unit_rates_every_aspect_and_its_last_answer_holds() {
    let ratings = BTreeMap::from([(Aspect::Dispatch, Rating::Satisfied)]);
    let half = Command::RateCommunity { community: community(), year: 2026, unit: parks(), ratings };
    given(year()).when(half).then_refused(Rejection::Unrated { missing: Aspect::Support });
    let past = year().done(rate("parks", [Rating::Dissatisfied; 3])).done(rate("parks", [Rating::Satisfied; 3]));
    assert_eq!(past.state.ratings.len(), 1);
    assert_eq!(past.state.ratings[&parks()][&Aspect::Response], Rating::Satisfied);
}
