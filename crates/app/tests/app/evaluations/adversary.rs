//! Somebody has everything: the whole log, all rows, and the master key. They know who drew a token and when, and want
//! to know who cast which ballot. No way of theirs is better than chance (R21).
//!
//! Matching at random finds one pair on average in a vote of any size, so over all votes together as many as there were
//! votes. Each way of matching is held against that, and against a log that *does* keep the order, where it must win.

use std::collections::HashMap;

use sandan_domain::evaluation::{Ballot, Evaluation, Event};
use sandan_domain::{EvaluationId, PersonId};
use sandan_log::Record;

use sandan_app::cqrs::Kind;

use super::hall::Hall;
use crate::world::World;

const VOTES: usize = 6;
const VOTERS: usize = 30;

/// What the adversary sees of one vote, in the order in which it stands in the log.
struct Seen {
    /// Who drew a token, with the hash of what was signed and the whole record.
    tokens: Vec<(PersonId, String, Record)>,
    ballots: Vec<(Ballot, Record)>,
}

/// A guess: the ballots in the order of the persons who are thought to have cast them.
type Way = fn(&Seen) -> Vec<String>;

const WAYS: [(&str, Way); 8] = [
    ("in the order of the log", |seen| tokens(seen.ballots.iter())),
    ("in the reverse order", |seen| tokens(seen.ballots.iter().rev())),
    ("by the order of hashes", |seen| by_rank(seen, |(_, blinded, _)| blinded.clone())),
    ("by the order of persons", |seen| by_rank(seen, |(person, ..)| person.to_string())),
    ("by the order of event ids", |seen| by_rank(seen, |(_, _, record)| record.id.to_string())),
    ("by how long the records are", |seen| by_rank(seen, |(_, _, record)| format!("{:08}", record.body.len()))),
    ("by the last digits of the hashes", |seen| by_rank(seen, |(_, blinded, _)| blinded[32..].to_owned())),
    ("by likeness of the bits", nearest),
];

fn tokens<'a>(ballots: impl Iterator<Item = &'a (Ballot, Record)>) -> Vec<String> {
    ballots.map(|(ballot, _)| ballot.token.clone()).collect()
}

/// The person of a rank gets the ballot of that rank.
fn by_rank(seen: &Seen, key: fn(&(PersonId, String, Record)) -> String) -> Vec<String> {
    let mut persons: Vec<usize> = (0..seen.tokens.len()).collect();
    persons.sort_by_key(|nth| key(&seen.tokens[*nth]));
    let mut sorted = tokens(seen.ballots.iter());
    sorted.sort();
    let mut guess = vec![String::new(); sorted.len()];
    persons.into_iter().zip(sorted).for_each(|(person, token)| guess[person] = token);
    guess
}

/// Each person the ballot, of those left, whose hash has the most bits in common with what was signed for them.
fn nearest(seen: &Seen) -> Vec<String> {
    let mut left = tokens(seen.ballots.iter());
    let like = |one: &str, other: &str| one.bytes().zip(other.bytes()).filter(|(one, other)| one == other).count();
    seen.tokens
        .iter()
        .map(|(_, blinded, _)| {
            let best = (0..left.len()).max_by_key(|nth| like(blinded, &left[*nth])).unwrap();
            left.swap_remove(best)
        })
        .collect()
}

/// Reads the log as anybody can who has it.
async fn look(world: &World, id: EvaluationId) -> Seen {
    let mut seen = Seen { tokens: Vec::new(), ballots: Vec::new() };
    for record in world.records().await.into_iter().filter(|record| record.stream.id == id.0) {
        match Evaluation::decode(&record.kind, record.schema, &record.body).unwrap() {
            Event::TokenIssued(token) => seen.tokens.push((token.person, token.blinded, record)),
            Event::BallotsCast(cast) => {
                seen.ballots.extend(cast.ballots.into_iter().map(|ballot| (ballot, record.clone())));
            }
            _ => {}
        }
    }
    seen
}

/// How many persons are given their own ballot by a guess.
fn hits(seen: &Seen, guess: &[String], truth: &HashMap<PersonId, String>) -> usize {
    seen.tokens.iter().zip(guess).filter(|((person, ..), token)| truth[person] == **token).count()
}

/// Whoever draws casts at once, one after the other: nothing but the program keeps the two apart.
async fn vote(world: &World, occasion: &str) -> (Seen, HashMap<PersonId, String>) {
    let hall = Hall::open(world, occasion, VOTERS).await;
    let mut truth = HashMap::new();
    for nth in 0..VOTERS {
        let token = hall.draws(&world.app, nth).await;
        hall.casts(&world.app, &token, "satisfied").await.unwrap();
        // The node writes what it may as often as it can.
        world.app.write_ballots().await.unwrap();
        let (_, person) = world.app.volunteer_of(&hall.codes[nth]).await.unwrap();
        truth.insert(person, token.hash().to_string());
    }
    hall.counts(world).await;
    (look(world, hall.id).await, truth)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_the_whole_log_nobody_matches_ballots_to_persons_better_than_chance() {
    let world = World::new().await;
    let mut found: HashMap<&str, usize> = HashMap::new();
    let mut found_in_order = 0;
    for nth in 0..VOTES {
        let (seen, truth) = vote(&world, &format!("{}-Q{}", 2026 + nth / 4, nth % 4 + 1)).await;
        assert_eq!((seen.tokens.len(), seen.ballots.len()), (VOTERS, VOTERS));
        let last_token = seen.tokens.iter().map(|(.., record)| record.position).max();
        let first_ballot = seen.ballots.iter().map(|(_, record)| record.position).min();
        assert!(last_token < first_ballot, "a ballot stands before the last token");
        for (name, way) in WAYS {
            *found.entry(name).or_default() += hits(&seen, &way(&seen), &truth);
        }
        // The control: had the ballots been written as they came, the first way would find them all.
        let came: Vec<String> = seen.tokens.iter().map(|(person, ..)| truth[person].clone()).collect();
        found_in_order += hits(&seen, &came, &truth);
    }
    assert_eq!(found_in_order, VOTES * VOTERS);
    // On average as many as there were votes, Poisson: more than 28 of 6 come up once in 10^9 times.
    for (name, hits) in found {
        assert!(hits <= 28, "{name} finds {hits} of {}", VOTES * VOTERS);
    }
}

#[tokio::test]
async fn nothing_that_goes_with_a_batch_says_who_or_when() {
    let world = World::new().await;
    let (seen, truth) = vote(&world, "2026-Q1").await;
    let batches: Vec<&Record> = seen.ballots.iter().map(|(_, record)| record).collect();
    let tokens: Vec<&Record> = seen.tokens.iter().map(|(.., record)| record).collect();
    for batch in &batches {
        assert_eq!((batch.actor.as_str(), batch.causation), ("system", None));
        assert!(tokens.iter().all(|token| token.correlation != batch.correlation), "one correlation for both");
    }
    // No row of any kind, and no record but the batch, holds a ballot's hash; no batch holds a person.
    for record in world.records().await {
        let body = String::from_utf8_lossy(&record.body).into_owned();
        let is_batch = record.kind == "sandan.evaluation.ballots_cast";
        assert!(is_batch || truth.values().all(|token| !body.contains(token.as_str())), "{}", record.kind);
        assert!(!is_batch || truth.keys().all(|person| !body.contains(&person.to_string())));
    }
    for space in ["evaluation", "evaluation_seed", "evaluation_key", "voter", "tracking", "person_key"] {
        for (key, value) in world.log.rows(space, None, 10_000).await.unwrap() {
            let row = [key, value].concat();
            let is_in = |token: &String| {
                let bytes = data_encoding::HEXLOWER.decode(token.as_bytes()).unwrap();
                row.windows(32).any(|part| part == bytes) || row.windows(64).any(|part| part == token.as_bytes())
            };
            assert!(!truth.values().any(is_in), "a row of {space} holds a ballot's hash");
        }
    }
}
