//! The master key's file, and the check that it belongs to the log.

use std::fs;
use std::path::Path;

use sandan_domain::PersonId;
use sandan_log::MemoryLog;
use sandan_vault::{MasterKey, MasterKeyError, Vault, VaultError};

use crate::world::World;

fn mark(key: MasterKey) -> PersonId {
    Vault::new(key, std::sync::Arc::new(MemoryLog::new())).person_of_phone("13800138000")
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn the_first_start_makes_a_key_and_the_next_ones_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    let first = mark(MasterKey::load_or_create(&path).unwrap());
    assert_eq!(mark(MasterKey::load_or_create(&path).unwrap()), first);
    assert_eq!(fs::read(&path).unwrap().len(), 32);
    assert_eq!(names(folder.path()), ["master.key"]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_key() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    MasterKey::load_or_create(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn programs_that_start_at_once_get_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    let marks: Vec<PersonId> = std::thread::scope(|scope| {
        let start = || scope.spawn(|| mark(MasterKey::load_or_create(&path).unwrap()));
        let threads: Vec<_> = (0..8).map(|_| start()).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(marks.iter().all(|mark| *mark == marks[0]));
    assert_eq!(names(folder.path()), ["master.key"]);
}

#[test]
fn a_file_of_another_size_is_refused_with_the_way_out_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    for bytes in [0, 31, 33] {
        fs::write(&path, vec![1; bytes]).unwrap();
        let refused = MasterKey::load_or_create(&path).unwrap_err();
        assert!(matches!(refused, MasterKeyError::WrongSize { expected: 32, actual, .. } if actual == bytes as u64));
        assert!(refused.to_string().contains("put the right file back"), "{refused}");
        assert_eq!(fs::read(&path).unwrap().len(), bytes);
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let refused = MasterKey::load_or_create(folder.path().join("nowhere/master.key")).unwrap_err();
    assert!(matches!(refused, MasterKeyError::Create { .. }));
}

#[tokio::test]
async fn a_log_keeps_to_the_first_master_key() {
    let world = World::new();
    world.vault.check_master().await.unwrap();
    world.vault.check_master().await.unwrap();
    world.restarted().check_master().await.unwrap();
    let stranger = Vault::new(MasterKey::random(), world.log.clone());
    let refused = stranger.check_master().await.unwrap_err();
    assert!(matches!(refused, VaultError::OtherMasterKey));
    assert!(refused.to_string().contains("put the right key file back"), "{refused}");
}

#[tokio::test]
async fn of_two_master_keys_at_once_one_is_refused() {
    let world = World::new();
    let stranger = Vault::new(MasterKey::random(), world.log.clone());
    let (ours, theirs) = tokio::join!(world.vault.check_master(), stranger.check_master());
    assert!(ours.is_ok() != theirs.is_ok());
}
