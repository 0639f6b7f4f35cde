//! Lists: every filter against the plainest one, and pages that leave nothing out.

use jiff::SignedDuration;
use sandan_domain::time::Light;
use sandan_domain::{CommunityId, RequestId};
use sandan_views::{BadCursor, Cursor, Filter, RequestRow, Sight, State, Views};

use crate::life::{CATEGORIES, CHANNELS, COMMUNITIES, GRIDS, UNITS};
use crate::naive::{Life, covered, lives};
use crate::world::{World, category, id};

async fn all_pages(views: &Views, sight: &Sight, filter: &Filter, limit: usize) -> Vec<RequestRow> {
    let (mut rows, mut cursor) = (Vec::new(), None);
    loop {
        let page = views.requests(sight, filter, cursor, limit).await.unwrap();
        assert!(page.items.len() <= limit);
        rows.extend(page.items);
        match page.next_cursor {
            Some(next) => cursor = Some(next.to_string().parse().unwrap()),
            None => return rows,
        }
    }
}

fn fits(life: &Life, filter: &Filter, world: &World) -> bool {
    let (light, overdue) = life.light(world.now());
    let within = |path: &str, above: &str| path == above || path.starts_with(&format!("{above}/"));
    filter.community.as_ref().is_none_or(|community| covered(community.as_str()).contains(life.community()))
        && filter.state.is_none_or(|state| state.name() == life.case.stage.name())
        && filter.unit.as_ref().is_none_or(|unit| life.team.iter().any(|on| on == unit.as_str()))
        && filter.grid.as_ref().is_none_or(|grid| life.grid() == Some(grid.as_str()))
        && filter
            .category
            .as_ref()
            .is_none_or(|above| life.category.as_ref().is_some_and(|path| within(path, above.as_str())))
        && filter.channel.is_none_or(|channel| life.filed.channel == channel)
        && filter.urgency.is_none_or(|urgency| life.case.urgency == urgency)
        && filter.light.is_none_or(|wanted| wanted == light)
        && filter.overdue.is_none_or(|wanted| wanted == overdue)
        && filter.from.is_none_or(|from| life.filed_at >= from)
        && filter.to.is_none_or(|to| life.filed_at < to)
        && filter.open.is_none_or(|open| life.is_open() == open)
        && filter.number.is_none_or(|number| life.filed.number == number)
}

fn some_filter(world: &mut World) -> Filter {
    let mut filter = Filter::default();
    for _ in 0..1 + world.chance.below(3) {
        let chance = &mut world.chance;
        match chance.below(12) {
            0 => filter.community = Some(id(chance.of(&COMMUNITIES))),
            1 | 2 => filter.state = Some(chance.of(&State::ALL)),
            3 => filter.unit = Some(id(chance.of(&UNITS))),
            4 => filter.grid = Some(id(chance.of(&GRIDS))),
            5 => {
                filter.category = Some(category(chance.of(&["城乡建设", CATEGORIES[0], CATEGORIES[1], CATEGORIES[2]])))
            }
            6 => filter.channel = Some(chance.of(&CHANNELS)),
            7 => filter.light = Some(chance.of(&[Light::Green, Light::Yellow, Light::Red])),
            8 => filter.overdue = Some(chance.one_in(2)),
            9 => filter.open = Some(chance.one_in(2)),
            10 => filter.number = Some(sandan_domain::RequestNumber::new(chance.below(20) as u32 * 7 + 3)),
            _ => {
                let back = SignedDuration::from_hours(chance.below(2_000) as i64);
                filter.from = Some(world.now().checked_sub(back).unwrap());
                filter.to = Some(world.now().checked_sub(back / 2).unwrap());
            }
        }
    }
    filter
}

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_shows_what_a_plain_one_would() {
    for seed in 10..13 {
        let mut world = World::new(seed);
        let folder = tempfile::tempdir().unwrap();
        world.settle().await;
        world.live(350).await;
        let running = world.views(folder.path()).await;
        running.views.tick().await.unwrap();
        let mut lives = lives(&world);
        lives.sort_by_key(|life| std::cmp::Reverse((life.filed_at, life.position)));
        for _ in 0..120 {
            let filter = some_filter(&mut world);
            let (sight, seen): (Sight, Vec<&str>) = match world.chance.below(3) {
                0 => (Sight::Set(vec![id("river"), id("far")]), vec!["river", "far"]),
                1 => (Sight::Set(vec![id("hill")]), vec!["hill"]),
                _ => (Sight::All, COMMUNITIES.to_vec()),
            };
            let expected: Vec<RequestId> = lives
                .iter()
                .filter(|life| seen.contains(&life.community()) && fits(life, &filter, &world))
                .map(|life| life.id)
                .collect();
            let limit = 1 + world.chance.below(20);
            let rows = all_pages(&running.views, &sight, &filter, limit).await;
            let found: Vec<RequestId> = rows.iter().map(|row| row.id).collect();
            assert_eq!(found, expected, "{filter:?} in {sight:?}");
        }
        running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_lists_hold_what_waits_for_their_readers() {
    let mut world = World::new(14);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    world.live(400).await;
    let running = world.views(folder.path()).await;
    let views = &running.views;
    let lives = lives(&world);
    let ids = |keep: &dyn Fn(&&Life) -> bool| {
        let mut ids: Vec<RequestId> = lives.iter().filter(keep).map(|life| life.id).collect();
        ids.sort();
        ids
    };
    let sorted = |rows: Vec<RequestRow>| {
        let mut ids: Vec<RequestId> = rows.into_iter().map(|row| row.id).collect();
        ids.sort();
        ids
    };
    for community in COMMUNITIES {
        let slug: CommunityId = id(community);
        for unit in UNITS {
            let rows = views.of_unit(&slug, &id(unit)).await.unwrap();
            assert!(rows.is_sorted_by_key(|row| row.due_at));
            let its =
                |life: &&Life| life.is_open() && life.community() == community && life.team.iter().any(|on| on == unit);
            assert_eq!(sorted(rows), ids(&its));
        }
        let pooled = |life: &&Life| {
            let open = match &life.case.stage {
                sandan_domain::request::Stage::Pooled { .. } => true,
                sandan_domain::request::Stage::Claimed(work) => work.open_slots > 0,
                _ => false,
            };
            open && life.community() == community
        };
        assert_eq!(sorted(views.pool(&slug).await.unwrap()), ids(&pooled));
    }
    for state in State::ALL {
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let page = views.queue(&Sight::All, state, cursor, 7).await.unwrap();
            found.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert!(found.is_sorted_by_key(|row| row.due_at), "{}", state.name());
        assert_eq!(sorted(found), ids(&|life: &&Life| life.case.stage.name() == state.name()));
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_has_the_same_lines_with_their_words() {
    let mut world = World::new(15);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    world.live(120).await;
    let running = world.views(folder.path()).await;
    let filter = Filter::default();
    let rows = running.views.requests(&Sight::All, &filter, None, 500).await.unwrap().items;
    let ledger = running.views.ledger(&Sight::All, &filter, None, 500).await.unwrap().items;
    assert_eq!(rows, ledger.iter().map(|line| line.request.clone()).collect::<Vec<_>>());
    for line in &ledger {
        let life = lives(&world).into_iter().find(|life| life.id == line.request.id).unwrap();
        assert_eq!(line.description.as_deref(), life.filed.description.text());
        assert_eq!(line.units.iter().map(ToString::to_string).collect::<Vec<_>>(), life.team);
    }
    running.stop().await;
}

#[test]
fn a_cursor_is_letters_digits_and_hyphens_and_anything_else_is_none() {
    for text in ["1-2", "ffffffffffffffff-7", "0-0"] {
        let cursor: Cursor = text.parse().unwrap();
        assert_eq!(cursor.to_string(), text);
    }
    for text in ["", "1", "-", "1-", "+1-2", "1-2-3", "x-1", "1-ffffffffffffffffff", "１-1"] {
        assert_eq!(text.parse::<Cursor>(), Err(BadCursor), "{text:?}");
    }
}
