//! The live stream: every change once, from wherever it is resumed.

use std::collections::BTreeSet;

use sandan_domain::Event;
use sandan_views::Sight;

use crate::world::{World, id};

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_neither_lost_nor_repeated_wherever_they_are_resumed() {
    let mut world = World::new(60);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    world.live(250).await;
    let running = world.views(folder.path()).await;
    let is_change = |event: &Event| matches!(event, Event::Request(_) | Event::Review(_));
    for (sight, seen) in [(Sight::All, None), (Sight::Set(vec![id("hill")]), Some("hill"))] {
        let of: BTreeSet<uuid::Uuid> = world
            .filed
            .iter()
            .filter(|(_, community)| seen.is_none_or(|seen| community.as_str() == seen))
            .map(|(id, _)| id.0)
            .collect();
        let changes =
            world.history.iter().filter(|happened| is_change(&happened.event) && of.contains(&happened.stream));
        let expected: Vec<u64> = changes.map(|happened| happened.position).collect();
        let (mut found, mut after) = (Vec::new(), 0);
        loop {
            let limit = 1 + world.chance.below(9);
            let changes = running.views.changes(after, limit, &sight).await.unwrap();
            assert!(changes.items.len() <= limit && changes.upto >= after);
            found.extend(changes.items.iter().map(|change| change.position));
            after = changes.upto;
            if !changes.more {
                break;
            }
        }
        assert_eq!(found, expected);
        assert_eq!(after, world.head().await);
    }
    running.stop().await;
}
