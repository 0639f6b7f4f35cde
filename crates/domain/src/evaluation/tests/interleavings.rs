//! Whatever comes in whatever order: what must hold of a vote holds.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::evaluation::{Event, Stage};

const VOTERS: u32 = 5;

#[derive(Clone, Debug)]
enum Step {
    Draw {
        voter: u32,
        blinded: u8,
    },
    /// A node writes what it holds: tokens with answers, some of them again, some of them others.
    Write(Vec<(u32, usize)>),
    End(Phase),
    Count,
    Wait {
        minutes: i64,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (1..=VOTERS + 1, 0u8..2).prop_map(|(voter, blinded)| Step::Draw { voter, blinded }),
        4 => proptest::collection::vec((1..=VOTERS, 0usize..5), 0..4).prop_map(Step::Write),
        1 => prop_oneof![Just(Phase::Drawing), Just(Phase::Voting)].prop_map(Step::End),
        1 => Just(Step::Count),
        2 => (1i64..40).prop_map(|minutes| Step::Wait { minutes }),
    ];
    proptest::collection::vec(step, 0..40)
}

fn take(past: Past<Evaluation>, step: &Step) -> Past<Evaluation> {
    let command = match step {
        Step::Draw { voter, blinded } => token(*voter, &format!("{voter}/{blinded}")),
        Step::Write(ballots) => {
            record(ballots.iter().map(|(token, rating)| ballot(&format!("t{token}"), Rating::ALL[*rating])).collect())
        }
        Step::End(phase) => end(*phase),
        Step::Count => count(),
        Step::Wait { minutes } => return past.after(SignedDuration::from_mins(*minutes)),
    };
    match past.decide(command.clone()) {
        Ok(_) => past.done(command),
        Err(_) => past,
    }
}

proptest! {
    #[test]
    fn one_person_one_token_one_ballot_and_no_ballot_before_the_last_token(steps in steps()) {
        let mut past = announced(VOTERS).voting(VOTERS);
        let mut written = BTreeMap::new();
        for step in &steps {
            let before = past.clone();
            past = take(past, step);
            let poll = past.poll();
            prop_assert!(poll.ballots.len() <= poll.issued.len() && poll.issued.len() <= poll.electorate.len());
            // What was written stays as it was.
            prop_assert!(written.iter().all(|(token, answers)| poll.ballots.get(token) == Some(answers)));
            written = poll.ballots.clone();
            if matches!(before.session().stage, Stage::Closed(..)) {
                prop_assert_eq!(&before.events, &past.events);
            }
        }
        let place = |is: fn(&Event) -> bool| past.events.iter().position(is);
        let last_token = past.events.iter().rposition(|event| matches!(event, Event::TokenIssued(_)));
        let first_ballot = place(|event| matches!(event, Event::BallotsCast(_)));
        if let (Some(token), Some(ballot)) = (last_token, first_ballot) {
            prop_assert!(token < ballot, "a token was drawn after a ballot was written");
        }
        if let Some(results) = past.session().results() {
            let dissatisfied = |answers: &Vec<Answer>| answers.iter().any(|answer| answer.rating.is_dissatisfied());
            let counted = written.values().filter(|answers| dissatisfied(answers)).count();
            prop_assert_eq!((results[0].valid as usize, results[0].dissatisfied as usize), (written.len(), counted));
        }
    }
}
