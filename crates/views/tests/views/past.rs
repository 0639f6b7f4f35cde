//! The past as it stood: whatever was answered then is answered again later, word for word.

use jiff::SignedDuration;
use sandan_views::{
    Board, By, Digest, DigestFigure, DigestKind, DigestPart, DigestQuery, DigestRows, RatesQuery, RatesRow, RequestRow,
    Sight, Views,
};

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
    let mut world = World::new(53);
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

/// All rows behind a number, in small pages.
async fn rows(views: &Views, ask: &DigestRows) -> Vec<RequestRow> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let page = views.digest_rows(&Sight::All, ask, cursor, 7).await.unwrap();
        all.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return all;
        }
    }
}

/// As many rows as the number says; where it counts returns, as many as they have of them.
async fn opens(views: &Views, ask: &DigestRows, said: u64) -> u64 {
    let rows = rows(views, ask).await;
    let ids: std::collections::HashSet<_> = rows.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), rows.len(), "no request twice: {ask:?}");
    let found = match ask.figure {
        DigestFigure::Returns => rows.iter().map(|row| u64::from(row.returns)).sum(),
        _ => rows.len() as u64,
    };
    assert_eq!(found, said, "{ask:?}");
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_of_a_digest_opens_into_its_rows() {
    let mut world = World::new(51);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    world.live(500).await;
    let running = world.views(folder.path()).await;
    let views = &running.views;
    let date = world.now().to_zoned(world.policy.zone.clone()).date();
    let mut met = [0; DigestFigure::ALL.len()];
    let earlier = [0, 40, 80].map(|days| date.checked_sub(jiff::Span::new().days(days)).unwrap());
    let kinds = || DigestKind::ALL.into_iter().flat_map(|kind| [(kind, None), (kind, Some(COMMUNITIES[1]))]);
    for (date, (kind, community)) in earlier.into_iter().flat_map(|date| kinds().map(move |asked| (date, asked))) {
        let query = DigestQuery { kind, community: community.map(id), date };
        let digest = views.digest(&Sight::All, &query).await.unwrap();
        for (nth, figure) in DigestFigure::ALL.into_iter().enumerate() {
            let whole = DigestRows { query: query.clone(), figure, before: false, part: None };
            met[nth] += opens(views, &whole, digest.figures.of(figure)).await;
            if !figure.is_of_the_end() {
                opens(views, &DigestRows { before: true, ..whole.clone() }, digest.before.of(figure)).await;
            }
            let groupings = [
                (By::Category, &digest.by_category),
                (By::Grid, &digest.by_grid),
                (By::Unit, &digest.by_unit),
                (By::Channel, &digest.by_channel),
            ];
            for (by, groups) in groupings {
                for group in groups {
                    let part = DigestPart { by, group: group.group.clone(), community: group.community.clone() };
                    opens(views, &DigestRows { part: Some(part), ..whole.clone() }, group.figures.of(figure)).await;
                }
            }
        }
    }
    assert!(met.iter().all(|met| *met > 0), "a figure that was always 0 shows nothing: {met:?}");
    running.stop().await;
}
