//! R17 and R25 over all figures up to 1,000, against a comparison in sixty-four bits that knows no shortcut.

use super::*;
use crate::evaluation::{Grade, Verdict, grade, verdict};

const YEAR: Occasion = Occasion::Year { year: 2026 };

/// A share as a number of thousandths of thousandths, exact for these figures.
fn is_at_least_thirty_percent(part: u32, whole: u32) -> bool {
    u64::from(part) * 1_000_000 / 3 >= u64::from(whole) * 100_000 && part * 10 >= whole * 3
}

#[test]
fn r17_calls_to_account_from_thirty_percent_on_for_every_figure_up_to_a_thousand() {
    for valid in 1..=1_000 {
        for dissatisfied in 0..=valid {
            for kind in [SubjectKind::Unit, SubjectKind::Officer] {
                let called = verdict(YEAR, kind, valid, 0, dissatisfied) == Verdict::Accountable;
                assert_eq!(called, is_at_least_thirty_percent(dissatisfied, valid), "{dissatisfied} of {valid}");
            }
        }
    }
}

#[test]
fn r25_grades_by_r17s_measure_first_and_by_the_half_next_for_every_figure_up_to_a_thousand() {
    for valid in 1..=1_000_u32 {
        for dissatisfied in 0..=valid {
            // The middle answer from none to all others, in about ten steps.
            let rest = valid - dissatisfied;
            for basically in (0..=rest).step_by((rest / 10).max(1) as usize) {
                let expected = if is_at_least_thirty_percent(dissatisfied, valid) {
                    Grade::NotCompetent
                } else if basically + dissatisfied > valid - basically - dissatisfied {
                    Grade::BasicallyCompetent
                } else {
                    Grade::Competent
                };
                assert_eq!(grade(valid, basically, dissatisfied), Some(expected), "{basically}+{dissatisfied}/{valid}");
            }
        }
    }
    assert_eq!(grade(0, 0, 0), None);
}

#[test]
fn a_quarter_keeps_r16s_measure_where_exactly_thirty_percent_passes() {
    assert_eq!(verdict(QUARTER, SubjectKind::Unit, 10, 0, 3), Verdict::Passed);
    assert_eq!(verdict(QUARTER, SubjectKind::Unit, 13, 0, 4), Verdict::PutRight);
    assert_eq!(verdict(YEAR, SubjectKind::Unit, 10, 0, 3), Verdict::Accountable);
    for occasion in [QUARTER, YEAR] {
        for kind in SubjectKind::ANNOUNCED {
            assert_eq!(verdict(occasion, kind, 0, 0, 0), Verdict::Unrated);
        }
    }
}

#[test]
fn r25_not_competent_or_basically_competent_two_years_running_ends_it() {
    use Grade::*;
    let table = [
        (Competent, None, false),
        (Competent, Some(NotCompetent), false),
        (BasicallyCompetent, None, false),
        (BasicallyCompetent, Some(Competent), false),
        (BasicallyCompetent, Some(NotCompetent), false),
        (BasicallyCompetent, Some(BasicallyCompetent), true),
        (NotCompetent, None, true),
        (NotCompetent, Some(Competent), true),
    ];
    for (grade, previous, ends) in table {
        assert_eq!(grade.ends_renewal(previous), ends, "{grade:?} after {previous:?}");
    }
}

#[test]
fn the_year_before_is_counted_in_when_a_workers_year_is_closed() {
    let subjects = vec![subject("worker-li", SubjectKind::Worker)];
    let past = Past::nothing().done(Command::Announce(Box::new(announcement(YEAR, subjects, 3)))).voting(3);
    let past = (1..=3).fold(past, |past, nth| past.done(token(nth, &nth.to_string())));
    let basically = |token: &str| {
        let answer = Answer { subject: slug("worker-li"), rating: Rating::BasicallySatisfied, reasons: Vec::new() };
        Ballot { token: token.to_owned(), answers: vec![answer] }
    };
    let past = past.done(record(["t1", "t2", "t3"].map(basically).to_vec()));
    let past = past.done(end(Phase::Voting)).after(Poll::COUNTED_AFTER);
    let closed = |previous: Option<Grade>| {
        let previous = previous.map(|grade| (slug("worker-li"), grade)).into_iter().collect();
        past.clone().done(Command::Close { previous }).session().results().unwrap()[0].clone()
    };
    let (first, second) = (closed(None), closed(Some(Grade::BasicallyCompetent)));
    assert_eq!(first.verdict, Verdict::Graded(Grade::BasicallyCompetent));
    assert_eq!((first.no_renewal, second.no_renewal), (false, true));
}
