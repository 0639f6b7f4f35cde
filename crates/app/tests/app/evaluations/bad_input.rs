//! What can't be counted is refused, each for its own reason.

use jiff::SignedDuration;
use sandan_app::{AnswerInput, CastBallot, Casting};
use sandan_booth::Issuer;
use sandan_domain::EvaluationId;

use super::hall::{Hall, ballot};
use crate::world::{World, fields, text};

async fn refused(world: &World, hall: &Hall, input: &CastBallot) -> String {
    world.app.cast(hall.id, input).await.unwrap_err().code().to_owned()
}

#[tokio::test]
async fn tokens_that_are_wrong_foreign_used_or_late() {
    let world = World::new().await;
    let other = Hall::open(&world, "2026-Q2", 6).await;
    let foreign = other.draws(&world.app, 0).await.to_text();
    let hall = Hall::open(&world, "2026-Q1", 6).await;
    assert_eq!(refused(&world, &hall, &ballot(&foreign, "satisfied")).await, "evaluation-foreign-token");
    // Signed, but by a key that somebody made up.
    let own = Issuer::generate().unwrap();
    let voter = sandan_booth::Voter::new(hall.id.0, own.public()).unwrap();
    let forged = voter.finish(&own.sign(voter.blinded()).unwrap()).unwrap().to_text();
    assert_eq!(refused(&world, &hall, &ballot(&forged, "satisfied")).await, "evaluation-false-token");
    assert_eq!(fields(world.app.cast(hall.id, &ballot("no token", "satisfied")).await), ["token"]);
    assert_eq!(fields(world.app.cast(hall.id, &ballot("", "satisfied")).await), ["token"]);
    let token = hall.draws(&world.app, 0).await;
    let late = hall.draws(&world.app, 1).await;
    assert_eq!(hall.casts(&world.app, &token, "satisfied").await, Ok(Casting::Waiting));
    let changed = hall.casts(&world.app, &token, "dissatisfied").await.unwrap_err();
    assert_eq!(changed.code(), "evaluation-token-used", "final, although it still waits");
    hall.ends(&world.app, "drawing").await;
    let changed = hall.casts(&world.app, &token, "dissatisfied").await.unwrap_err();
    assert_eq!(changed.code(), "evaluation-token-used");
    hall.counts(&world).await;
    assert_eq!(hall.casts(&world.app, &late, "satisfied").await.unwrap_err().code(), "evaluation-voting-over");
    assert_eq!(hall.casts(&world.app, &token, "satisfied").await, Ok(Casting::Recorded), "it can still be checked");
}

#[tokio::test]
async fn ballots_that_are_blank_or_rate_what_is_not_rated() {
    let world = World::new().await;
    let hall = Hall::open(&world, "2026-Q1", 6).await;
    let token = text(&hall.draws(&world.app, 0).await.to_text());
    let with = |answers| CastBallot { token: token.clone(), answers };
    let answer = |subject: &str, rating: &str, reasons: &[&str]| AnswerInput {
        subject: text(subject),
        rating: text(rating),
        reasons: reasons.iter().map(ToString::to_string).collect(),
    };
    assert_eq!(refused(&world, &hall, &with(vec![])).await, "evaluation-blank");
    let library = with(vec![answer("library", "satisfied", &[])]);
    assert_eq!(refused(&world, &hall, &library).await, "evaluation-unknown-subject");
    let twice = with(vec![answer("roads", "satisfied", &[]), answer("roads", "satisfied", &[])]);
    assert_eq!(refused(&world, &hall, &twice).await, "evaluation-answer-twice");
    let strange = with(vec![answer("roads", "superb", &["bored"]), AnswerInput::default()]);
    let wrong = ["answers[0].rating", "answers[0].reasons", "answers[1].subject", "answers[1].rating"];
    assert_eq!(fields(world.app.cast(hall.id, &strange).await), wrong);
    let nowhere = world.app.cast(EvaluationId(uuid::Uuid::nil()), &ballot("x", "satisfied")).await;
    assert_eq!(nowhere.unwrap_err().code(), "not-found");
}

#[tokio::test]
async fn a_token_is_signed_for_those_who_are_entitled_once_and_in_time() {
    let world = World::new().await;
    let hall = Hall::open(&world, "2026-Q1", 6).await;
    let key = hall.key(&world.app).await;
    let voter = || sandan_booth::Voter::new(hall.id.0, &key).unwrap();
    let (first, second) = (voter(), voter());
    let wrong = hall.signs(&world.app, "0000000000000", first.blinded()).await.unwrap_err();
    assert_eq!(wrong.code(), "not-found");
    assert_eq!(fields(hall.signs(&world.app, &hall.codes[0], b"short").await), ["blinded"]);
    let beyond = hall.signs(&world.app, &hall.codes[0], &[0xff; sandan_booth::KEY_BYTES]).await;
    assert_eq!(fields(beyond), ["blinded"], "and the right to a token is not used up by it");
    let signed = hall.signs(&world.app, &hall.codes[0], first.blinded()).await.unwrap();
    let again = hall.signs(&world.app, &hall.codes[0], first.blinded()).await.unwrap();
    assert_eq!(again.signature, signed.signature);
    let another = hall.signs(&world.app, &hall.codes[0], second.blinded()).await.unwrap_err();
    assert_eq!(another.code(), "evaluation-token-drawn");
    world.clock.advance(SignedDuration::from_mins(61));
    let late = hall.signs(&world.app, &hall.codes[1], second.blinded()).await.unwrap_err();
    assert_eq!(late.code(), "evaluation-drawing-over");
}

#[tokio::test]
async fn a_vote_in_which_nobody_votes_closes_unrated() {
    let world = World::new().await;
    let hall = Hall::open(&world, "2026-Q1", 6).await;
    let session = hall.counts(&world).await;
    assert!(session.results().unwrap().iter().all(|result| result.verdict.name() == "unrated"));
    assert_eq!(session.poll().unwrap().without_token().count(), 6, "these are invited again");
}
