//! R16 and R17 in whole numbers, against a comparison of fractions that multiplies nothing.

use std::cmp::Ordering;

use crate::review::{Tally, calls_for_accountability, calls_for_rework, rework_is_certain};

/// Compares two fractions by their whole parts, then what remains of them upside down, as Euclid did.
fn compare(left: (u32, u32), right: (u32, u32)) -> Ordering {
    let (whole_left, rest_left) = (left.0 / left.1, left.0 % left.1);
    let (whole_right, rest_right) = (right.0 / right.1, right.0 % right.1);
    whole_left.cmp(&whole_right).then_with(|| match (rest_left, rest_right) {
        (0, 0) => Ordering::Equal,
        (0, _) => Ordering::Less,
        (_, 0) => Ordering::Greater,
        _ => compare((right.1, rest_right), (left.1, rest_left)),
    })
}

const THIRTY_PERCENT: (u32, u32) = (3, 10);

#[test]
fn the_comparison_of_fractions_is_right_where_one_can_see_it() {
    assert_eq!(compare((1, 3), THIRTY_PERCENT), Ordering::Greater);
    assert_eq!(compare((1, 4), THIRTY_PERCENT), Ordering::Less);
    assert_eq!(compare((6, 20), THIRTY_PERCENT), Ordering::Equal);
    assert_eq!(compare((0, 7), THIRTY_PERCENT), Ordering::Less);
    assert_eq!(compare((7, 7), THIRTY_PERCENT), Ordering::Greater);
    assert_eq!(compare((2, 7), (3, 11)), Ordering::Greater);
}

#[test]
fn r16_and_r17_for_every_number_of_ballots_up_to_a_thousand() {
    for valid in 1..=1_000 {
        for dissatisfied in 0..=valid {
            let share = compare((dissatisfied, valid), THIRTY_PERCENT);
            assert_eq!(calls_for_rework(dissatisfied, valid), share.is_gt(), "R16: {dissatisfied} of {valid}");
            assert_eq!(calls_for_accountability(dissatisfied, valid), share.is_ge(), "R17: {dissatisfied} of {valid}");
        }
    }
}

#[test]
fn r16_exactly_thirty_percent_passes() {
    assert!(!calls_for_rework(3, 10));
    assert!(calls_for_rework(4, 13));
    assert!(!calls_for_rework(30, 100));
    assert!(calls_for_rework(31, 100));
    assert!(calls_for_rework(1, 1));
}

#[test]
fn r17_exactly_thirty_percent_is_called_to_account() {
    assert!(calls_for_accountability(3, 10));
    assert!(!calls_for_accountability(29, 100));
}

#[test]
fn without_a_ballot_nothing_follows() {
    assert!(!calls_for_rework(0, 0));
    assert!(!calls_for_accountability(0, 0));
}

#[test]
fn the_largest_figures_do_not_overflow() {
    assert!(calls_for_rework(u32::MAX, u32::MAX));
    assert!(!calls_for_rework(u32::MAX / 10 * 3, u32::MAX));
    assert!(calls_for_accountability(u32::MAX, u32::MAX));
}

/// R15: rework is certain exactly when it would follow even if all who are silent were satisfied.
#[test]
fn r15_rework_is_certain_when_no_ballot_still_out_can_prevent_it() {
    for electorate in 1..=120 {
        for valid in 0..=electorate {
            for dissatisfied in 0..=valid {
                let tally = Tally { electorate, valid, dissatisfied, dispatch_wrong: 0 };
                let out = electorate - valid;
                let in_every_case =
                    (0..=out).all(|more| compare((dissatisfied + more, electorate), THIRTY_PERCENT).is_gt());
                assert_eq!(rework_is_certain(&tally), in_every_case, "{tally:?}");
            }
        }
    }
}
