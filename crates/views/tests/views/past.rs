//! The past as it stood: whatever was answered then is answered again later, word for word.

use jiff::SignedDuration;
use sandan_views::{Board, By, Digest, DigestKind, DigestQuery, RatesQuery, RatesRow, Sight, Views};

use crate::life::COMMUNITIES;
use crate::world::{World, id};

/// All that is asked of a past here.
#[derive(Debug, PartialEq)]
struct Answers {
    digests: Vec<Digest>,
    rates: Vec<Vec<RatesRow>>,
    board: Board,
}

async fn answers(views: &Views, world: &World) -> Answers {
    let (date, all) = (world.now().to_zoned(world.policy.zone.clone()).date(), Sight::All);
    let mut digests = Vec::new();
    for kind in DigestKind::ALL {
        for community in [None].into_iter().chain(COMMUNITIES.map(Some)) {
            let query = DigestQuery { kind, community: community.map(id), date };
            digests.push(views.digest(&all, &query).await.unwrap());
        }
    }
    let mut rates = Vec::new();
    for by in [None].into_iter().chain(By::ALL.map(Some)) {
        rates.push(views.rates(&all, &RatesQuery { by, ..RatesQuery::default() }).await.unwrap());
    }
    Answers { digests, rates, board: views.board(&all).await.unwrap() }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_then_is_said_again_of_then() {
    for seed in 40..42 {
        let mut world = World::new(seed);
        let folder = tempfile::tempdir().unwrap();
        world.settle().await;
        let mut told = Vec::new();
        for _ in 0..3 {
            world.live(150).await;
            let running = world.views(folder.path()).await;
            running.views.tick().await.unwrap();
            told.push((world.now(), answers(&running.views, &world).await));
            running.stop().await;
            // So that nothing else is recorded at that instant.
            world.pass(SignedDuration::from_secs(1));
        }
        let running = world.views(folder.path()).await;
        for (at, then) in &told {
            let past = running.views.as_of(*at).await.unwrap();
            let date_of_then = answers_at(&past, &world, *at).await;
            assert_eq!(date_of_then, *then, "as of {at}");
        }
        let (last, before) = (&told[2].1, &told[1].1);
        assert_ne!(last, before, "something happened in between");
        running.stop().await;
        let left = std::fs::read_dir(folder.path()).unwrap().flatten();
        let left = left.filter(|entry| entry.file_name().to_string_lossy().starts_with("past-")).count();
        assert!(left <= 3, "{left} folders of the past");
    }
}

/// The same questions with the date of `at`.
async fn answers_at(views: &Views, world: &World, at: jiff::Timestamp) -> Answers {
    let back = at.duration_until(world.now());
    world.pass(-back);
    let answers = answers(views, world).await;
    world.pass(back);
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digests_groups_add_up_to_its_figures() {
    let mut world = World::new(50);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    world.live(400).await;
    let running = world.views(folder.path()).await;
    let date = world.now().to_zoned(world.policy.zone.clone()).date();
    let mut filed = 0;
    for kind in DigestKind::ALL {
        let digest = running.views.digest(&Sight::All, &DigestQuery { kind, community: None, date }).await.unwrap();
        filed += digest.figures.filed;
        for groups in [&digest.by_category, &digest.by_grid, &digest.by_unit, &digest.by_channel] {
            let sum = |of: &dyn Fn(&sandan_views::DigestFigures) -> u64| -> u64 {
                groups.iter().map(|group| of(&group.figures)).sum()
            };
            assert_eq!(sum(&|figures| figures.filed), digest.figures.filed);
            assert_eq!(sum(&|figures| figures.closed), digest.figures.closed);
            assert_eq!(sum(&|figures| figures.open), digest.figures.open);
            assert_eq!(sum(&|figures| figures.overdue), digest.figures.overdue);
        }
        assert_eq!(digest.rates.response.denominator, digest.figures.filed);
        assert_eq!(digest.filed.len() as u64, digest.figures.filed.min(sandan_views::DIGEST_ROWS_MAX as u64));
        assert_eq!(digest.overdue.len() as u64, digest.figures.overdue);
    }
    assert!(filed > 0, "something was filed in the periods");
    running.stop().await;
}
