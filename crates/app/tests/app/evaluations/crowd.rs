//! Many at once: every ballot is counted once, and nobody has two.

use futures::future::join_all;
use sandan_app::Casting;

use super::hall::Hall;
use crate::world::World;

const VOTERS: usize = 1_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_vote_at_once_and_each_ballot_is_counted_once() {
    let world = World::new().await;
    let hall = std::sync::Arc::new(Hall::open(&world, "2026-Q1", VOTERS).await);
    let voting = (0..VOTERS).map(|nth| {
        let (app, hall) = (world.app.clone(), std::sync::Arc::clone(&hall));
        tokio::spawn(async move {
            let token = hall.draws(&app, nth).await;
            let rating = if nth % 4 == 0 { "dissatisfied" } else { "very_satisfied" };
            // Whoever is impatient sends it more than once.
            for _ in 0..=nth % 3 {
                hall.casts(&app, &token, rating).await.unwrap();
            }
            (token, rating)
        })
    });
    let voted: Vec<_> = join_all(voting).await.into_iter().map(Result::unwrap).collect();
    world.app.write_ballots().await.unwrap();
    let recorded = join_all(voted.iter().map(|(token, rating)| hall.casts(&world.app, token, rating))).await;
    assert!(recorded.iter().all(|casting| *casting == Ok(Casting::Recorded)));
    let session = hall.counts(&world).await;
    let poll = session.poll().unwrap();
    assert_eq!((poll.issued.len(), poll.ballots.len()), (VOTERS, VOTERS));
    let result = &session.results().unwrap()[0];
    assert_eq!((result.valid, result.dissatisfied), (1_000, 250));
}
