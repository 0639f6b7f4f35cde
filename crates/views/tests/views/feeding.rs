//! How models are fed: anew, after a stop, over a poisonous event, after a restored backup.

use std::time::Duration;

use sandan_domain::Actor;
use sandan_log::{Append, Command, Expect, Log, NewEvent, StreamName};
use sandan_views::{Filter, Model, Running as State, Sight, Views};

use crate::dump::{dump, newest};
use crate::world::{Running, World};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_built_anew_equals_what_was_fed_bit_by_bit() {
    for seed in 0..6 {
        let mut world = World::new(seed);
        let (fed, built) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        world.settle().await;
        let running = world.views(fed.path()).await;
        for _ in 0..12 {
            world.live(30).await;
            running.caught_up(&world).await;
            running.views.tick().await.unwrap();
        }
        let views = Views::open(world.parts(built.path())).await.unwrap();
        let mut told = Vec::new();
        views.rebuild(|progress| told.push(progress)).await.unwrap();
        running.views.tick().await.unwrap();
        assert!(world.head().await > 200);
        assert_eq!(views.position(), world.head().await);
        assert_eq!(told.last().map(|last| (last.model, last.position)), Some((Model::Search, world.head().await)));
        running.stop().await;
        let (fed, built) = (dump(fed.path()), dump(built.path()));
        let different = fed.iter().zip(&built).find(|(fed, built)| fed != built);
        assert_eq!(different, None, "seed {seed}");
        assert_eq!(fed.len(), built.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_model_goes_on_where_it_stood() {
    let mut world = World::new(1);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    for _ in 0..4 {
        world.live(40).await;
        let running = world.views(folder.path()).await;
        assert_eq!(running.views.position(), world.head().await);
        running.stop().await;
    }
    let views = Views::open(world.parts(folder.path())).await.unwrap();
    assert_eq!(views.position(), world.head().await);
    assert_eq!(views.status().await.unwrap()[0].file, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_swaps_the_file_under_a_running_model_and_keeps_the_one_before() {
    let mut world = World::new(2);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    world.live(60).await;
    let running = world.views(folder.path()).await;
    for number in 2..5 {
        running.views.rebuild(|_| {}).await.unwrap();
        assert_eq!(running.views.status().await.unwrap()[0].file, number);
        world.live(20).await;
        running.caught_up(&world).await;
        let page = running.views.requests(&Sight::All, &Filter::default(), None, 500).await.unwrap();
        assert_eq!(page.items.len(), world.filed.len());
    }
    let exists = |number: u64| folder.path().join(format!("views-{number}.sqlite")).exists();
    assert_eq!([1, 2, 3, 4].map(exists), [false, false, true, true]);
    running.stop().await;
}

/// An event that this program does not know, as a newer one would write it.
pub async fn append_unknown(world: &mut World, log: &dyn Log) {
    let stream = StreamName::new("omen", world.chance.uuid());
    let mut append = Append::new(Command { id: world.chance.uuid(), fingerprint: [0; 32], outcome: Vec::new().into() });
    append.expect.push(Expect { stream: stream.clone(), version: 0 });
    append.events.push(NewEvent {
        stream,
        id: world.chance.uuid(),
        kind: "sandan.omen.seen",
        schema: 1,
        community: "river".to_owned(),
        occurred: world.now(),
        correlation: world.chance.uuid(),
        causation: None,
        actor: Actor::System.to_string(),
        body: b"{}".to_vec().into(),
    });
    log.append(append).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poisonous_event_stops_its_model_and_answers_go_on() {
    let mut world = World::new(3);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    world.live(20).await;
    let running = world.views(folder.path()).await;
    let filed = world.filed.len();
    world.somebody_files().await;
    let log = world.log.clone();
    append_unknown(&mut world, &*log).await;
    let poison = world.head().await;
    world.somebody_files().await;
    running.views.wait(poison - 1, Duration::from_secs(20)).await.unwrap();
    // The model says so after its last commit: look until it has.
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    let status = loop {
        let status = running.views.status().await.unwrap();
        if status.iter().all(|model| matches!(model.state, State::Poisoned { .. })) {
            break status;
        }
        assert!(std::time::Instant::now() < deadline, "{status:?}");
        tokio::task::yield_now().await;
    };
    assert_eq!(status[0].position, poison - 1);
    assert!(
        matches!(&status[0].state, State::Poisoned { position, reason } if *position == poison && reason.contains("sandan.omen.seen"))
    );
    assert!(!status[0].is_caught_up());
    let page = running.views.requests(&Sight::All, &Filter::default(), None, 500).await.unwrap();
    assert_eq!(page.items.len(), filed + 1);
    let rebuilt = running.views.rebuild(|_| {}).await.unwrap_err();
    assert!(rebuilt.to_string().contains(&poison.to_string()), "{rebuilt}");
    assert!(matches!(running.views.status().await.unwrap()[0].state, State::Poisoned { .. }));
    assert!(running.views.wait(poison, Duration::ZERO).await.is_err());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_with_another_past_is_read_from_the_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = World::new(4);
    before.settle().await;
    before.live(60).await;
    before.views(folder.path()).await.stop().await;
    let mut after = World::new(5);
    after.settle().await;
    after.live(30).await;
    let running = Running::start(after.parts(folder.path())).await;
    let head = after.head().await;
    // The old position may be beyond the new head: wait for the new file to have got there.
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    loop {
        let status = running.views.status().await.unwrap();
        if status.iter().all(|model| model.file == 2 && model.position == head) {
            break;
        }
        assert!(std::time::Instant::now() < deadline, "{status:?}");
        tokio::task::yield_now().await;
    }
    let page = running.views.requests(&Sight::All, &Filter::default(), None, 500).await.unwrap();
    let known: Vec<_> = after.filed.iter().map(|(id, _)| *id).collect();
    assert!(page.items.iter().all(|row| known.contains(&row.id)));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_for_their_owner_alone_and_other_versions_are_built_anew() {
    let mut world = World::new(6);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    world.live(20).await;
    world.views(folder.path()).await.stop().await;
    let path = newest(folder.path(), "views-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for name in [&path, &newest(folder.path(), "search-")] {
            assert_eq!(std::fs::metadata(name).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    let file = rusqlite::Connection::open(&path).unwrap();
    file.pragma_update(None, "user_version", 999).unwrap();
    drop(file);
    let views = Views::open(world.parts(folder.path())).await.unwrap();
    assert_eq!(views.position(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_in_vain_hears_where_the_model_stands() {
    let world = World::new(7);
    let folder = tempfile::tempdir().unwrap();
    let views = Views::open(world.parts(folder.path())).await.unwrap();
    let lagging = views.wait(5, Duration::ZERO).await.unwrap_err();
    assert_eq!((lagging.at, lagging.wanted), (0, 5));
}
