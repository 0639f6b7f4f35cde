//! Rates against counting, and the rows behind every number.

use jiff::SignedDuration;
use sandan_domain::request::Closing;
use sandan_views::{By, Rate, RateRows, RatesQuery, RatesRow, Side, Sight, Views, Which};

use crate::life::COMMUNITIES;
use crate::naive::{Life, covered, lives};
use crate::world::{World, id};

fn counted(lives: &[&Life]) -> [Rate; 5] {
    let count = |which: &dyn Fn(&Life) -> bool| lives.iter().filter(|life| which(life)).count() as u64;
    let completed = count(&|life| life.completed.is_some());
    let solved = |life: &Life| life.solved && matches!(life.closing, Some(Closing::Satisfied | Closing::Unrated));
    let ballots: usize = lives.iter().map(|life| life.ballots.len()).sum();
    let satisfied: usize = lives.iter().map(|life| life.satisfied()).sum();
    [
        Rate::new(count(&|life| life.answered_in_time == Some(true)), lives.len() as u64),
        Rate::new(count(&solved), completed),
        Rate::new(satisfied as u64, ballots as u64),
        Rate::new(count(&|life| life.completed == Some(true)), completed),
        Rate::new(count(&|life| life.case.round > 1), count(&|life| !life.ballots.is_empty())),
    ]
}

fn of(row: &RatesRow) -> [Rate; 5] {
    [row.response, row.resolution, row.satisfaction, row.on_time, row.rework]
}

fn group(life: &Life, by: By) -> (Option<String>, Option<String>) {
    let community = |group: &Option<String>| group.is_some().then(|| life.community().to_owned());
    match by {
        By::Unit => {
            let unit = life.answering_unit();
            (community(&unit), unit)
        }
        By::Grid => {
            let grid = life.grid().map(str::to_owned);
            (community(&grid), grid)
        }
        By::Category => (None, life.category.clone()),
        By::Channel => (None, serde_json::to_value(life.filed.channel).unwrap().as_str().map(str::to_owned)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rates_are_what_counting_says_and_open_into_their_rows() {
    let mut reworked = 0;
    for seed in 20..23 {
        let mut world = World::new(seed);
        let folder = tempfile::tempdir().unwrap();
        world.settle().await;
        world.live(500).await;
        let running = world.views(folder.path()).await;
        let lives = lives(&world);
        reworked += lives.iter().filter(|life| life.case.round > 1).count();
        for community in [None].into_iter().chain(COMMUNITIES.map(Some)) {
            let back = SignedDuration::from_hours(world.chance.below(1_500) as i64);
            let from = world.chance.one_in(2).then(|| world.now().checked_sub(back).unwrap());
            let to = world.chance.one_in(2).then(|| world.now().checked_sub(back / 3).unwrap());
            let query = RatesQuery { community: community.map(id), from, to, by: None };
            let within: Vec<&Life> = lives
                .iter()
                .filter(|life| community.is_none_or(|community| covered(community).contains(life.community())))
                .filter(|life| from.is_none_or(|from| life.filed_at >= from) && to.is_none_or(|to| life.filed_at < to))
                .collect();
            let rows = running.views.rates(&Sight::All, &query).await.unwrap();
            assert_eq!(rows.len(), 1);
            assert_eq!(of(&rows[0]), counted(&within));
            check_rows(&running.views, &query, None, &within).await;
            for by in By::ALL {
                let query = RatesQuery { by: Some(by), ..query.clone() };
                check_groups(&running.views, &query, by, &within).await;
            }
        }
        running.stop().await;
    }
    assert!(reworked > 3, "the histories have rework in them");
}

async fn check_groups(views: &Views, query: &RatesQuery, by: By, within: &[&Life]) {
    let rows = views.rates(&Sight::All, query).await.unwrap();
    let mut groups: Vec<_> = within.iter().map(|life| group(life, by)).collect();
    groups.sort();
    groups.dedup();
    let named = |row: &RatesRow| (row.community.as_ref().map(ToString::to_string), row.group.clone());
    assert_eq!(rows.iter().map(named).collect::<Vec<_>>(), groups, "{by:?}");
    for row in &rows {
        let its: Vec<&Life> = within.iter().copied().filter(|life| group(life, by) == named(row)).collect();
        assert_eq!(of(row), counted(&its), "{by:?} {:?}", named(row));
        let alone = RatesQuery { community: row.community.clone().or(query.community.clone()), ..query.clone() };
        // A community stands for those below it too: only groups of a community without any are asked apart.
        if row.community.as_ref().is_none_or(|community| community.as_str() != "town") {
            check_rows(views, &alone, row.group.clone(), &its).await;
        }
    }
}

async fn check_rows(views: &Views, query: &RatesQuery, group: Option<String>, its: &[&Life]) {
    for which in Which::ALL {
        for side in [Side::Numerator, Side::Denominator] {
            let ask = RateRows { query: query.clone(), group: group.clone(), which, side, without: None };
            let page = views.rate_rows(&Sight::All, &ask, None, 500).await.unwrap();
            let rates = counted(its);
            let place = Which::ALL.iter().position(|other| *other == which).unwrap();
            let expected = match (which, side) {
                (Which::Satisfaction, Side::Numerator) => its.iter().filter(|life| life.satisfied() > 0).count() as u64,
                (Which::Satisfaction, Side::Denominator) => {
                    its.iter().filter(|life| !life.ballots.is_empty()).count() as u64
                }
                (_, Side::Numerator) => rates[place].numerator,
                (_, Side::Denominator) => rates[place].denominator,
            };
            assert_eq!(page.items.len() as u64, expected, "{ask:?}");
        }
    }
}
