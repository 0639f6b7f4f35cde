//! The program dies between any two steps of a vote: nothing is lost, and nothing is done twice.

use std::sync::Arc;

use data_encoding::BASE64;
use sandan_app::{App, Casting, Clock};
use sandan_booth::Voter;
use sandan_domain::time::Policy;
use sandan_log::{Log, MemoryLog};
use sandan_vault::MasterKey;

use super::hall::Hall;
use crate::world::{MONDAY, World, at, open};

/// A program that can be killed and started again over the same log, with the same key.
struct Mortal {
    world: World,
    time: Clock,
}

impl Mortal {
    async fn new() -> Self {
        let (time, hand) = Clock::manual(at(MONDAY));
        let log: Arc<dyn Log> = Arc::new(MemoryLog::with_clock(time.as_fn()));
        let app = start(&log, &time);
        Self { world: World::around(app, log, hand).await, time }
    }

    /// What it had in memory is gone.
    fn dies(&mut self) {
        self.world.app = start(&self.world.log, &self.time);
    }
}

fn start(log: &Arc<dyn Log>, time: &Clock) -> App {
    open(log, MasterKey::from_bytes([7; 32]), time.clone(), Policy::standard())
}

#[tokio::test]
async fn killed_after_every_step_it_counts_each_ballot_once() {
    let mut mortal = Mortal::new().await;
    let hall = Hall::open(&mortal.world, "2026-Q1", 6).await;
    let key = hall.key(&mortal.world.app).await;
    let mut tokens = Vec::new();
    for code in &hall.codes {
        let voter = Voter::new(hall.id.0, &key).unwrap();
        // The answer gets lost with the program; the browser asks again with the same serial.
        let lost = hall.signs(&mortal.world.app, code, voter.blinded()).await.unwrap();
        mortal.dies();
        let signed = hall.signs(&mortal.world.app, code, voter.blinded()).await.unwrap();
        assert_eq!(signed.signature, lost.signature);
        tokens.push(voter.finish(&BASE64.decode(signed.signature.as_bytes()).unwrap()).unwrap());
    }
    for token in &tokens {
        assert_eq!(hall.casts(&mortal.world.app, token, "dissatisfied").await, Ok(Casting::Waiting));
    }
    mortal.dies();
    mortal.world.app.write_ballots().await.unwrap();
    assert_eq!(hall.session(&mortal.world.app).await.poll().unwrap().ballots.len(), 0, "they were in memory alone");
    // Five are written together; the sixth waits until the vote is over.
    for token in &tokens[..5] {
        assert_eq!(hall.casts(&mortal.world.app, token, "dissatisfied").await, Ok(Casting::Waiting), "sent again");
    }
    mortal.world.app.write_ballots().await.unwrap();
    mortal.dies();
    for token in &tokens[..5] {
        assert_eq!(hall.casts(&mortal.world.app, token, "dissatisfied").await, Ok(Casting::Recorded));
    }
    assert_eq!(hall.casts(&mortal.world.app, &tokens[5], "dissatisfied").await, Ok(Casting::Waiting));
    mortal.world.app.write_ballots().await.unwrap();
    assert_eq!(hall.casts(&mortal.world.app, &tokens[5], "dissatisfied").await, Ok(Casting::Waiting));
    hall.ends(&mortal.world.app, "voting").await;
    mortal.dies();
    assert_eq!(hall.casts(&mortal.world.app, &tokens[5], "dissatisfied").await, Ok(Casting::Recorded));
    let session = hall.counts(&mortal.world).await;
    mortal.dies();
    assert_eq!(*hall.session(&mortal.world.app).await, *session);
    let result = &session.results().unwrap()[0];
    assert_eq!((result.valid, result.dissatisfied), (6, 6));
    assert_eq!(mortal.world.count("sandan.evaluation.closed").await, 1);
    assert_eq!(mortal.world.count("sandan.evaluation.token_issued").await, 6);
}

#[tokio::test]
async fn two_nodes_hold_the_same_ballot_and_it_counts_once() {
    let mortal = Mortal::new().await;
    let (one, other) = (&mortal.world.app, start(&mortal.world.log, &mortal.time));
    let hall = Hall::open(&mortal.world, "2026-Q1", 6).await;
    let token = hall.draws(one, 0).await;
    for app in [one, &other] {
        assert_eq!(hall.casts(app, &token, "satisfied").await, Ok(Casting::Waiting));
    }
    // At another node the same token with other answers; whoever is written first counts.
    let second = hall.draws(&other, 1).await;
    hall.casts(one, &second, "satisfied").await.unwrap();
    hall.casts(&other, &second, "dissatisfied").await.unwrap();
    mortal.world.clock.advance(jiff::SignedDuration::from_hours(2));
    other.write_ballots().await.unwrap();
    one.write_ballots().await.unwrap();
    let ballots = hall.session(one).await.poll().unwrap().ballots.len();
    assert_eq!(ballots, 2);
    assert_eq!(hall.casts(one, &second, "dissatisfied").await, Ok(Casting::Recorded), "it was written first");
    assert_eq!(hall.casts(one, &second, "satisfied").await.unwrap_err().code(), "evaluation-token-used");
}

#[tokio::test]
async fn after_the_count_no_key_is_left_that_could_sign() {
    let mortal = Mortal::new().await;
    let hall = Hall::open(&mortal.world, "2026-Q1", 6).await;
    assert_eq!(mortal.world.log.rows("evaluation_key", None, 10).await.unwrap().len(), 1);
    hall.counts(&mortal.world).await;
    assert_eq!(mortal.world.log.rows("evaluation_key", None, 10).await.unwrap().len(), 0);
}
