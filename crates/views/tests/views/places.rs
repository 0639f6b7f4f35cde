//! The organisation, and what the public sees.

use sandan_views::{Sight, State};

use crate::life::CATEGORIES;
use crate::naive::lives;
use crate::world::{World, category, id};

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_covers_a_community_and_those_below() {
    let mut world = World::new(70);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let running = world.views(folder.path()).await;
    let views = &running.views;
    assert_eq!(views.sight_of(None).await.unwrap(), Sight::All);
    let Sight::Set(mut town) = views.sight_of(Some(&id("town"))).await.unwrap() else { panic!() };
    town.sort_by_key(ToString::to_string);
    assert_eq!(town, [id("hill"), id("river"), id("town")]);
    assert_eq!(views.sight_of(Some(&id("nowhere"))).await.unwrap(), Sight::Set(vec![id("nowhere")]));
    let river = Sight::Set(vec![id("river")]);
    let seen = views.communities(&river).await.unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].name.as_str(), seen[0].parent.clone()), ("river", Some(id("town"))));
    assert_eq!(views.communities(&Sight::All).await.unwrap().len(), 4);
    assert_eq!(views.grids(&river, None).await.unwrap().len(), 2);
    assert_eq!(views.grids(&river, Some(&id("hill"))).await.unwrap(), []);
    assert_eq!(views.units(&Sight::All, None).await.unwrap().len(), 12);
    let units = views.units(&Sight::All, Some(&id("hill"))).await.unwrap();
    assert_eq!(
        units.iter().map(|unit| (unit.slug.as_str(), unit.capacity)).collect::<Vec<_>>(),
        [("police", Some(3)), ("power", None), ("water", None)]
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_units_load_is_what_it_works_on() {
    let mut world = World::new(71);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    world.live(300).await;
    let running = world.views(folder.path()).await;
    let mut loads = 0;
    for unit in running.views.units(&Sight::All, None).await.unwrap() {
        let sandan_domain::unit::MemberUnit::Registered(standing) =
            &world.standing.units[&unit.slug.stream_id(&unit.community)]
        else {
            panic!()
        };
        assert_eq!(unit.load as usize, standing.load.len(), "{unit:?}");
        loads += unit.load;
    }
    assert!(loads > 0);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nearby_requests_and_the_open_page_quote_nobody() {
    let mut world = World::new(72);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    world.live(400).await;
    let running = world.views(folder.path()).await;
    let lives = lives(&world);
    let above = category("城乡建设");
    let nearby = running.views.nearby(&id("river"), Some(&above), Some(&id("east"))).await.unwrap();
    let mut expected: Vec<_> = lives
        .iter()
        .filter(|life| life.is_open() && life.community() == "river" && life.grid() == Some("east"))
        .filter(|life| life.category.as_deref().is_some_and(|path| CATEGORIES[..2].contains(&path)))
        .collect();
    expected.sort_by_key(|life| std::cmp::Reverse((life.filed_at, life.position)));
    let ids: Vec<_> = expected.iter().take(20).map(|life| life.id).collect();
    assert_eq!(nearby.iter().map(|row| row.id).collect::<Vec<_>>(), ids);
    let page = running.views.open_page(Some(&id("town")), None, 500).await.unwrap();
    let closed = lives.iter().filter(|life| life.closing.is_some() && life.community() != "far").count();
    assert_eq!((page.items.len(), page.closed), (closed, closed as u64));
    assert!(closed > 0);
    let text = serde_json::to_string(&(&nearby, &page)).unwrap();
    for words in ["王芳", "13800000000", "路灯不亮", "漏水", "和平路"] {
        assert!(!text.contains(words), "{words} in {text}");
    }
    let state = running.views.board(&Sight::All).await.unwrap().by_state;
    assert_eq!(
        state.iter().find(|(state, _)| *state == State::Closed).unwrap().1 as usize,
        lives.iter().filter(|life| life.closing.is_some()).count()
    );
    running.stop().await;
}
