//! A new node goes on from a copy, and does without one that does not fit.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use sandan_domain::{Event, PersonId, request};
use sandan_log::{Movable, SqliteLog, SqliteOptions};
use sandan_vault::{MasterKey, Vault};
use sandan_views::{Filter, Label, Shelf, ShelfError, Sight, Views};

use crate::dump::{dump, newest};
use crate::feeding::append_unknown;
use crate::world::{Running, World};

/// A place that a test can damage.
#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

#[async_trait]
impl Shelf for Memory {
    async fn list(&self) -> Result<Vec<String>, ShelfError> {
        Ok(self.names())
    }

    async fn put(&self, name: &str, file: &Path) -> Result<(), ShelfError> {
        self.0.lock().unwrap().insert(name.to_owned(), std::fs::read(file).unwrap());
        Ok(())
    }

    async fn get(&self, name: &str, file: &Path) -> Result<(), ShelfError> {
        let kept = self.0.lock().unwrap().get(name).cloned().ok_or(ShelfError("gone".to_owned()))?;
        std::fs::write(file, kept).map_err(|error| ShelfError(error.to_string()))
    }

    async fn remove(&self, name: &str) -> Result<(), ShelfError> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
}

impl Memory {
    fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().keys().cloned().collect()
    }

    fn change(&self, change: impl Fn(&str, Vec<u8>) -> (String, Vec<u8>)) {
        let mut kept = self.0.lock().unwrap();
        *kept = std::mem::take(&mut *kept).into_iter().map(|(name, bytes)| change(&name, bytes)).collect();
    }
}

/// Nothing but the names of files that are no read models.
fn leftovers(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains("building")).collect()
}

async fn lived(seed: u64) -> World {
    let mut world = World::new(seed);
    world.settle().await;
    world.live(60).await;
    world
}

/// Takes up what fits into a new folder, and feeds it to the end.
async fn joins(world: &World, folder: &Path, shelf: &Memory) -> (Vec<u64>, Running) {
    let parts = world.parts(folder);
    let positions = Views::adopt(&parts, shelf).await.unwrap();
    assert_eq!(leftovers(folder), Vec::<String>::new());
    let running = Running::start(parts).await;
    running.caught_up(world).await;
    (positions, running)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_node_goes_on_from_a_copy_and_ends_like_one_that_folded_everything() {
    let (mut world, shelf) = (lived(11).await, Memory::default());
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = world.views(one.path()).await;
    let copied = first.views.keep_copies(&shelf, 1).await.unwrap();
    let at = world.head().await;
    assert_eq!(copied.iter().map(|label| label.head.position).collect::<Vec<_>>(), [at, at]);
    world.live(40).await;
    let (positions, second) = joins(&world, two.path(), &shelf).await;
    assert_eq!(positions, [at, at]);
    first.caught_up(&world).await;
    for running in [&first, &second] {
        running.views.tick().await.unwrap();
    }
    second.stop().await;
    first.stop().await;
    assert!(world.head().await > at);
    assert_eq!(dump(one.path()), dump(two.path()));
    // It has its models now.
    assert_eq!(Views::adopt(&world.parts(two.path()), &shelf).await.unwrap(), [0; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_taken_when_enough_is_new_and_old_ones_are_removed() {
    let (mut world, shelf) = (lived(12).await, Memory::default());
    let folder = tempfile::tempdir().unwrap();
    let running = world.views(folder.path()).await;
    let older = Label { version: 0, ..running.views.keep_copies(&shelf, 1).await.unwrap().remove(0) }.to_string();
    let foreign = "views-3/notes.txt".to_owned();
    for name in [&older, &foreign] {
        shelf.0.lock().unwrap().insert(name.clone(), vec![1]);
    }
    assert_eq!(running.views.keep_copies(&shelf, 1).await.unwrap(), Vec::new(), "nothing is new");
    for _ in 0..3 {
        world.live(10).await;
        running.caught_up(&world).await;
        assert_eq!(running.views.keep_copies(&shelf, 1_000_000).await.unwrap(), Vec::new(), "not enough is new");
        assert_eq!(running.views.keep_copies(&shelf, 1).await.unwrap().len(), 2);
    }
    let names = shelf.names();
    let labels: Vec<Label> = names.iter().filter_map(|name| Label::parse(name)).collect();
    assert_eq!(labels.len(), 4, "two of each model: {names:?}");
    let head = world.head().await;
    assert_eq!(labels.iter().filter(|label| label.head.position == head).count(), 2);
    assert!(!names.contains(&older) && names.contains(&foreign), "{names:?}");
    assert_eq!(leftovers(folder.path()), Vec::<String>::new());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_holds_no_word_in_clear() {
    let (world, shelf) = (lived(13).await, Memory::default());
    let folder = tempfile::tempdir().unwrap();
    let running = world.views(folder.path()).await;
    running.views.keep_copies(&shelf, 1).await.unwrap();
    running.stop().await;
    let clear = std::fs::read(newest(folder.path(), "views-")).unwrap();
    let has = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(has(&clear, b"SQLite format 3"));
    // Compressed alone it would begin with zstd's mark.
    for bytes in shelf.0.lock().unwrap().values() {
        assert!(!has(bytes, b"SQLite format 3") && !has(bytes, &[0x28, 0xb5, 0x2f, 0xfd, 0x04]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_cut_renamed_or_foreign_copy_is_done_without() {
    let (world, shelf) = (lived(14).await, Memory::default());
    let folder = tempfile::tempdir().unwrap();
    let running = world.views(folder.path()).await;
    running.views.keep_copies(&shelf, 1).await.unwrap();
    running.stop().await;
    let good = shelf.0.lock().unwrap().clone();
    let relabel = |name: &str, bytes: &[u8]| {
        let digest = <sha2::Sha256 as sha2::Digest>::digest(bytes).into();
        Label { digest, ..Label::parse(name).unwrap() }.to_string()
    };
    type Change<'a> = Box<dyn Fn(&str, Vec<u8>) -> (String, Vec<u8>) + 'a>;
    let damages: Vec<(&str, Change<'_>)> = vec![
        (
            "a bit",
            Box::new(|name, mut bytes| {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                (name.to_owned(), bytes)
            }),
        ),
        (
            "a bit, and the hash fits",
            Box::new(|name, mut bytes| {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                (relabel(name, &bytes), bytes)
            }),
        ),
        (
            "its end",
            Box::new(|name, mut bytes| {
                bytes.truncate(bytes.len() - 100);
                (relabel(name, &bytes), bytes)
            }),
        ),
        (
            "its place",
            Box::new(|name, bytes| {
                let mut label = Label::parse(name).unwrap();
                label.head.position -= 1;
                (label.to_string(), bytes)
            }),
        ),
        ("all of it", Box::new(|name, _| (relabel(name, b"nothing"), b"nothing".to_vec()))),
        (
            "a version of the future",
            Box::new(|name, bytes| {
                let label = Label::parse(name).unwrap();
                (Label { version: label.version + 1, ..label }.to_string(), bytes)
            }),
        ),
    ];
    for (what, damage) in damages {
        *shelf.0.lock().unwrap() = good.clone();
        shelf.change(&damage);
        let folder = tempfile::tempdir().unwrap();
        let (positions, running) = joins(&world, folder.path(), &shelf).await;
        assert_eq!(positions, [0; 0], "{what}");
        running.stop().await;
    }
    // Another installation's, on the same shelf and of the very same log.
    *shelf.0.lock().unwrap() = good;
    let folder = tempfile::tempdir().unwrap();
    let stranger = Vault::new(MasterKey::random(), world.log.clone());
    let parts = sandan_views::Parts { vault: stranger, ..world.parts(folder.path()) };
    assert_eq!(Views::adopt(&parts, &shelf).await.unwrap(), [0; 0]);
    assert_eq!(leftovers(folder.path()), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_another_past_or_of_the_future_is_done_without_and_an_older_one_that_fits_is_taken() {
    let (folder, logs, shelf) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), Memory::default());
    let open =
        async |name: &str| Arc::new(SqliteLog::open(&logs.path().join(name), SqliteOptions::default()).await.unwrap());
    let (log, restored) = (open("log").await, open("restored").await);
    let now = Arc::new(Mutex::new("2026-03-02T01:00:00Z".parse().unwrap()));
    let mut world = World::on(log.clone(), now, 15);
    world.settle().await;
    world.live(60).await;
    let running = world.views(folder.path()).await;
    running.views.keep_copies(&shelf, 1).await.unwrap();
    let before = world.head().await;
    // The log as a backup brings it back: it ends here and goes on otherwise.
    let (parts, poured) = tokio::sync::mpsc::channel(8);
    let (head, filled) = tokio::join!(log.pour(parts), restored.fill(poured));
    assert_eq!(head.unwrap().position, before);
    filled.unwrap();
    world.live(20).await;
    running.caught_up(&world).await;
    running.views.keep_copies(&shelf, 1).await.unwrap();
    running.stop().await;
    for more in [0, 200] {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..more {
            append_unknown(&mut world, &*restored).await;
        }
        let parts = sandan_views::Parts { log: restored.clone(), ..world.parts(folder.path()) };
        let positions = Views::adopt(&parts, &shelf).await.unwrap();
        assert_eq!(positions, [before, before], "{more}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_forgotten_after_the_copy_is_forgotten_in_it() {
    let (world, shelf) = (lived(16).await, Memory::default());
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = world.views(one.path()).await;
    first.views.keep_copies(&shelf, 1).await.unwrap();
    let words = |page: sandan_views::Page<sandan_views::RequestRow>| {
        page.items.iter().filter(|row| row.excerpt.is_some()).count()
    };
    let all = || async { first.views.requests(&Sight::All, &Filter::default(), None, 500).await.unwrap() };
    let known = words(all().await);
    assert!(known > 0);
    for happened in &world.history {
        let Event::Request(request::Event::Filed(filed)) = &happened.event else { continue };
        let person: PersonId = filed.requester.person;
        world.vault.forget(person).await.unwrap();
    }
    first.stop().await;
    let (positions, second) = joins(&world, two.path(), &shelf).await;
    assert_eq!(positions.len(), 2);
    let page = second.views.requests(&Sight::All, &Filter::default(), None, 500).await.unwrap();
    assert_eq!((page.items.is_empty(), words(page)), (false, 0));
    second.stop().await;
}
