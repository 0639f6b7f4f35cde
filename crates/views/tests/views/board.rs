//! The board against counting, and lights that time alone changes.

use jiff::SignedDuration;
use sandan_domain::time::Light;
use sandan_views::{Sight, State};

use crate::life::COMMUNITIES;
use crate::naive::{Life, lives};
use crate::world::{World, id};

#[tokio::test(flavor = "multi_thread")]
async fn the_board_is_what_counting_says() {
    for seed in 30..33 {
        let mut world = World::new(seed);
        let folder = tempfile::tempdir().unwrap();
        world.settle().await;
        let running = world.views(folder.path()).await;
        for _ in 0..5 {
            world.live(80).await;
            running.caught_up(&world).await;
            running.views.tick().await.unwrap();
            let sets = [vec!["river"], vec!["town", "river", "hill"], COMMUNITIES.to_vec()];
            for set in sets {
                let sight = Sight::Set(set.iter().map(|slug| id(slug)).collect());
                check(&running.views, &sight, &set, &world).await;
            }
            check(&running.views, &Sight::All, &COMMUNITIES, &world).await;
        }
        running.stop().await;
    }
}

async fn check(views: &sandan_views::Views, sight: &Sight, set: &[&str], world: &World) {
    let lives = lives(world);
    let lives: Vec<&Life> = lives.iter().filter(|life| set.contains(&life.community())).collect();
    let now = world.now();
    let count = |which: &dyn Fn(&Life) -> bool| lives.iter().filter(|life| which(life)).count() as u64;
    let board = views.board(sight).await.unwrap();
    assert_eq!(board.position, world.head().await);
    for (state, shown) in &board.by_state {
        assert_eq!(*shown, count(&|life| life.case.stage.name() == state.name()), "{state}");
    }
    assert_eq!(board.by_state.len(), State::ALL.len());
    assert_eq!(board.open, count(&|life| life.is_open()));
    assert_eq!(board.overdue, count(&|life| life.light(now).1));
    for light in [Light::Green, Light::Yellow, Light::Red] {
        assert_eq!(board.by_light.of(light), count(&|life| life.is_open() && life.light(now).0 == light), "{light:?}");
    }
    let day = |at| world.policy.zone.to_datetime(at).date();
    for shown in &board.days {
        assert_eq!(shown.filed, count(&|life| day(life.filed_at) == shown.date));
        let closed = |life: &Life| life.closing.is_some() && life.closed_at.map(day) == Some(shown.date);
        assert_eq!(shown.closed, count(&closed), "{}", shown.date);
    }
    assert_eq!(board.today.date, day(now));
    for unit in &board.by_unit {
        let leads = |life: &Life| {
            life.is_open()
                && life.community() == unit.community.as_str()
                && life.team.first().map(String::as_str) == Some(unit.unit.as_str())
        };
        assert_eq!(unit.open, count(&leads), "{unit:?}");
        let mut behind = views.led_by(sight, &unit.community, &unit.unit, None, 500).await.unwrap().items;
        assert_eq!(behind.len() as u64, unit.open, "a bar opens into the rows it counts");
        behind.retain(|row| !lives.iter().any(|life| life.id == row.id && leads(life)));
        assert_eq!(behind.len(), 0, "{behind:?}");
        assert_eq!(unit.lights.red, count(&|life| leads(life) && life.light(now).0 == Light::Red));
        assert_eq!(unit.overdue, count(&|life| leads(life) && life.light(now).1));
        let ours = lives.iter().filter(|life| life.community() == unit.community.as_str());
        let lost = ours.flat_map(|life| &life.lost).filter(|(by, _)| by == unit.unit.as_str());
        let (returns, seconds) = lost.fold((0, 0), |(n, sum), (_, spell)| (n + 1, sum + *spell));
        assert_eq!((unit.returns, unit.lost_in_hours), (returns, seconds / 3_600), "R4: {}", unit.unit);
    }
    let led = count(&|life| life.is_open() && !life.team.is_empty());
    assert_eq!(board.by_unit.iter().map(|unit| unit.open).sum::<u64>(), led);
    for community in &board.by_community {
        let own = |life: &Life| life.is_open() && life.community() == community.community.as_str();
        assert_eq!(community.open, count(&own), "{community:?}");
        assert_eq!(community.overdue, count(&|life| own(life) && life.light(now).1));
        for light in [Light::Green, Light::Yellow, Light::Red] {
            assert_eq!(community.lights.of(light), count(&|life| own(life) && life.light(now).0 == light));
        }
    }
    assert_eq!(board.by_community.iter().map(|community| community.open).sum::<u64>(), board.open);
    assert!(board.by_community.windows(2).all(|pair| pair[0].lights.red >= pair[1].lights.red));
    let in_grid = count(&|life| life.is_open() && life.grid().is_some());
    assert_eq!(board.by_grid.iter().map(|grid| grid.open).sum::<u64>(), in_grid);
    let mut newest: Vec<&&Life> = lives.iter().collect();
    newest.sort_by_key(|life| std::cmp::Reverse((life.filed_at, life.position)));
    let ids: Vec<_> = newest.iter().take(10).map(|life| life.id).collect();
    assert_eq!(board.newest.iter().map(|row| row.id).collect::<Vec<_>>(), ids);
    let red: Vec<_> =
        newest.iter().rev().filter(|life| life.light(now).0 == Light::Red).take(10).map(|life| life.id).collect();
    assert_eq!(board.red.iter().map(|row| row.id).collect::<Vec<_>>(), red);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_light_changes_by_time_alone() {
    let mut world = World::new(33);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let file = world.plain("river", "路灯不亮");
    let request = world.files(file).await;
    let running = world.views(folder.path()).await;
    let views = &running.views;
    let before = *views.lights().borrow();
    let lights =
        |board: sandan_views::Board| (board.by_light.green, board.by_light.yellow, board.by_light.red, board.overdue);
    assert_eq!(lights(views.board(&Sight::All).await.unwrap()), (1, 0, 0, 0));
    let due = world.case(request).unwrap().due.clone();
    world.pass(SignedDuration::from_nanos(due.yellow_at().as_nanosecond() as i64 - world.now().as_nanosecond() as i64));
    // One request is exact at once, the figures with the next beat.
    assert_eq!(views.request(&Sight::All, request).await.unwrap().unwrap().light, Light::Yellow);
    let mut beats = views.lights();
    beats.wait_for(|beats| *beats > before).await.unwrap();
    assert_eq!(lights(views.board(&Sight::All).await.unwrap()), (0, 1, 0, 0));
    world.pass(SignedDuration::from_nanos(due.at.as_nanosecond() as i64 - world.now().as_nanosecond() as i64));
    let shown = views.request(&Sight::All, request).await.unwrap().unwrap();
    assert_eq!((shown.light, shown.overdue, shown.due_at), (Light::Red, true, Some(due.at)));
    views.tick().await.unwrap();
    assert_eq!(lights(views.board(&Sight::All).await.unwrap()), (0, 0, 1, 1));
    assert_eq!(views.position(), world.head().await);
    running.stop().await;
}
