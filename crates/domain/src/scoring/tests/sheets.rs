//! What comes of the inputs, number by number.

use super::{check_in, commitments, hours, parks, rate, strike_out, year};
use crate::review::Rating;
use crate::scoring::{ScoreWeights, Sheet, community_sheet, unit_sheet};
use crate::share::Share;
use crate::testing::Past;

const NONE: Share = Share { numerator: 0, denominator: 0 };

fn sheet(past: &Past<crate::scoring::Scoring>, on_time: Share, satisfaction: Share) -> Sheet {
    unit_sheet(&ScoreWeights::STANDARD, &past.state, &parks(), on_time, satisfaction)
}

fn hours_of(past: &Past<crate::scoring::Scoring>) -> (u64, u64, Option<u64>) {
    let part = sheet(past, NONE, NONE).parts[3];
    (part.share.numerator, part.share.denominator, part.points())
}

#[test]
fn the_standard_weights_make_a_hundred_each() {
    assert_eq!(ScoreWeights::STANDARD.of_units(), ScoreWeights::WHOLE);
    assert_eq!(ScoreWeights::STANDARD.of_community(), ScoreWeights::WHOLE);
    assert_eq!(ScoreWeights::STANDARD.target_hours, 20);
}

#[test]
fn who_only_checks_in_scores_zero_however_often() {
    let mut past = year();
    for day in 1..=30 {
        past = past.done(check_in("wang", &format!("2026-10-{day:02}")));
    }
    assert_eq!(hours_of(&past), (0, 1_200, Some(0)));
    // Beside somebody who works they are asked for the target too.
    let both = past.done(hours("li", "2026-10-01", 1_200));
    assert_eq!(hours_of(&both), (1_200, 2_400, Some(5_000)));
}

#[test]
fn hours_count_up_to_the_target_of_each_and_do_not_make_up_for_another() {
    assert_eq!(hours_of(&year()), (0, 1_200, Some(0)), "nobody was entered");
    let past = year().done(hours("wang", "2026-10-01", 1_200));
    assert_eq!(hours_of(&past), (1_200, 1_200, Some(10_000)));
    let more = past.done(hours("wang", "2026-10-02", 1_200)).done(hours("li", "2026-10-02", 300));
    assert_eq!(hours_of(&more), (1_500, 2_400, Some(6_250)));
    let struck = more.done(strike_out(1)).done(strike_out(2));
    assert_eq!(hours_of(&struck), (300, 1_200, Some(2_500)), "who has no entry left is not asked");
}

#[test]
fn a_units_score_weighs_its_four_inputs() {
    let past = year().done(commitments(4, 3)).done(hours("wang", "2026-10-01", 600));
    let sheet = sheet(&past, Share { numerator: 9, denominator: 10 }, Share { numerator: 2, denominator: 3 });
    let points: Vec<_> = sheet.parts.iter().map(|part| (part.name, part.weight, part.points())).collect();
    let expected = [
        ("on_time", 30, Some(9_000)),
        ("satisfaction", 40, Some(6_667)),
        ("commitments", 15, Some(7_500)),
        ("hours", 15, Some(5_000)),
    ];
    assert_eq!(points, expected);
    // (30·90 + 40·66.67 + 15·75 + 15·50) / 100
    assert_eq!(sheet.score(), Some(7_242));
}

#[test]
fn an_input_without_a_denominator_leaves_its_weight_to_the_others() {
    let past = year().done(hours("wang", "2026-10-01", 1_200));
    let sheet = sheet(&past, Share { numerator: 1, denominator: 2 }, NONE);
    // (30·50 + 15·100) / 45
    assert_eq!(sheet.score(), Some(6_667));
    assert_eq!(Sheet { parts: Vec::new() }.score(), None);
    assert_eq!(community_sheet(&ScoreWeights::STANDARD, &year().state).score(), None, "no unit rated it");
}

#[test]
fn the_units_rate_the_community_by_what_satisfies_them() {
    use Rating::{BasicallySatisfied, Dissatisfied, Satisfied, VeryDissatisfied, VerySatisfied};
    let past = year()
        .done(rate("parks", [VerySatisfied, Satisfied, Dissatisfied]))
        .done(rate("roads", [BasicallySatisfied, Dissatisfied, VeryDissatisfied]));
    let sheet = community_sheet(&ScoreWeights::STANDARD, &past.state);
    let points: Vec<_> = sheet.parts.iter().map(|part| (part.name, part.points())).collect();
    assert_eq!(points, [("dispatch", Some(10_000)), ("support", Some(5_000)), ("response", Some(0))]);
    // (40·100 + 30·50 + 30·0) / 100
    assert_eq!(sheet.score(), Some(5_500));
}

#[test]
fn other_weights_make_another_score() {
    let past = year().done(hours("wang", "2026-10-01", 300));
    let weights = ScoreWeights {
        on_time: 0,
        satisfaction: 0,
        commitments: 0,
        hours: 100,
        target_hours: 10,
        ..ScoreWeights::STANDARD
    };
    let sheet = unit_sheet(&weights, &past.state, &parks(), Share { numerator: 1, denominator: 1 }, NONE);
    assert_eq!(sheet.score(), Some(5_000));
}
