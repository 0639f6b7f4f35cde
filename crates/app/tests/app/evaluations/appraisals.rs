//! 双述双评: a year's appraisal of units and of people in office (R17, R25).

use sandan_app::SubjectInput;
use sandan_domain::evaluation::{Grade, Verdict};

use super::hall::Hall;
use crate::world::{World, text};
use sandan_app::{AnswerInput, CastBallot};

fn subjects() -> Vec<SubjectInput> {
    let subject = |id: &str, kind: &str| SubjectInput { id: text(id), kind: text(kind), name: text(id) };
    vec![subject("roads", "unit"), subject("secretary", "officer"), subject("worker-li", "worker")]
}

/// Ten vote; so many of them are dissatisfied with the secretary, all give the worker the middle answer.
async fn year(world: &World, occasion: &str, dissatisfied: usize) -> Vec<(Verdict, bool)> {
    let hall = Hall::with(world, occasion, subjects(), 10).await;
    for nth in 0..10 {
        let token = text(&hall.draws(&world.app, nth).await.to_text());
        let secretary = if nth < dissatisfied { "very_dissatisfied" } else { "satisfied" };
        let answer = |subject: &str, rating: &str| AnswerInput {
            subject: text(subject),
            rating: text(rating),
            reasons: Vec::new(),
        };
        let answers = vec![answer("worker-li", "basically_satisfied"), answer("secretary", secretary)];
        world.app.cast(hall.id, &CastBallot { token, answers }).await.unwrap();
    }
    let session = hall.counts(world).await;
    session.results().unwrap().iter().map(|result| (result.verdict, result.no_renewal)).collect()
}

#[tokio::test]
async fn thirty_percent_calls_to_account_and_two_middling_years_end_a_workers_renewal() {
    let world = World::new().await;
    let middling = Verdict::Graded(Grade::BasicallyCompetent);
    let first = year(&world, "2025", 2).await;
    assert_eq!(first, [(Verdict::Unrated, false), (Verdict::Passed, false), (middling, false)]);
    let second = year(&world, "2026", 3).await;
    assert_eq!(second, [(Verdict::Unrated, false), (Verdict::Accountable, false), (middling, true)]);
}
