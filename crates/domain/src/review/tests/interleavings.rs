//! R14 to R16, R18, R20 under random interleavings of ballots, changes, late ballots and the end of the window.

use proptest::prelude::*;
use proptest::sample::select;

use super::model::{End, Paper};
use crate::review::{Command, Event, Rating, Review, SatisfactionReview, Vote};
use crate::testing::{Past, end, opened_for, voter};

#[derive(Clone, Copy, Debug)]
enum Step {
    Vote {
        voter: u32,
        rating: Rating,
        wrong: bool,
    },
    /// The timer rings.
    Ring,
    Pass {
        hours: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let vote = (0u32..16, select(&Rating::ALL), prop::bool::weighted(0.3));
    prop_oneof![
        12 => vote.prop_map(|(voter, rating, wrong)| Step::Vote { voter, rating, wrong }),
        1 => Just(Step::Ring),
        2 => (0i64..60).prop_map(|hours| Step::Pass { hours }),
    ]
}

fn steps() -> impl Strategy<Value = (u32, Vec<Step>)> {
    (1u32..15, prop::collection::vec(step(), 0..60))
}

/// Does what the rules say; whether it was granted.
fn attempt(past: &mut Past<Review>, command: Command) -> bool {
    let is_granted = past.decide(command.clone()).is_ok();
    if is_granted {
        *past = past.clone().done(command);
    }
    is_granted
}

fn ends(past: &Past<Review>) -> Vec<End> {
    let of = |event: &Event| match event {
        Event::Closed(closed) => Some(End {
            outcome: closed.outcome,
            tally: closed.tally,
            from_triage: closed.from_triage,
            early: closed.early,
        }),
        Event::Opened(_) | Event::Rated(_) | Event::Invited(_) => None,
        Event::Called(_) | Event::Appealed(_) | Event::AppealDecided(_) => None,
    };
    past.events.iter().filter_map(of).collect()
}

proptest! {
    #[test]
    fn a_round_goes_as_it_would_on_paper((electorate, steps) in steps()) {
        let mut past = opened_for(electorate);
        let mut paper = Paper::for_voters(electorate);
        for step in steps {
            let in_window = past.now < past.round().closes_at;
            match step {
                Step::Vote { voter: nth, rating, wrong } => {
                    let wish = Command::Rate(Vote { dispatch_wrong: wrong, ..Vote::new(voter(nth), rating) });
                    let is_granted = attempt(&mut past, wish);
                    prop_assert_eq!(is_granted, paper.vote(nth, rating, wrong, in_window));
                }
                Step::Ring => {
                    prop_assert!(attempt(&mut past, end(1)));
                    if !in_window {
                        paper.window_ends();
                    }
                }
                Step::Pass { hours } => past = past.after_hours(hours),
            }
            prop_assert_eq!(past.round().tally(), paper.tally(), "one ballot a person");
            prop_assert_eq!(ends(&past), paper.end.into_iter().collect::<Vec<_>>(), "one end, and the right one");
        }
    }

    #[test]
    fn late_is_said_of_a_ballot_exactly_after_an_early_end((electorate, steps) in steps()) {
        let mut past = opened_for(electorate);
        for step in steps {
            if let Step::Vote { voter: nth, rating, .. } = step {
                let wish = Command::Rate(Vote { dispatch_wrong: false, ..Vote::new(voter(nth), rating) });
                attempt(&mut past, wish);
            }
        }
        let end = past.events.iter().position(|event| matches!(event, Event::Closed(_))).unwrap_or(usize::MAX);
        for (nth, event) in past.events.iter().enumerate() {
            if let Event::Rated(rated) = event {
                prop_assert_eq!(rated.late, nth > end);
            }
        }
    }

    #[test]
    fn a_review_survives_being_stored((electorate, steps) in steps()) {
        let mut past = opened_for(electorate);
        for step in steps {
            if let Step::Vote { voter: nth, rating, wrong } = step {
                let wish = Command::Rate(Vote { dispatch_wrong: wrong, ..Vote::new(voter(nth), rating) });
                attempt(&mut past, wish);
            }
        }
        let stored = serde_json::to_string(&past.state).unwrap();
        prop_assert_eq!(serde_json::from_str::<SatisfactionReview>(&stored).unwrap(), past.state);
    }
}
