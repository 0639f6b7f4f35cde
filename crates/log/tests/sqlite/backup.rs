//! Copies of a running log.

use std::sync::Arc;
use std::time::Duration;

use sandan_log::conformance::{Sample, stream};
use sandan_log::{Log, LogError, verify};

use super::open_at;

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_taken_while_others_write_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let log = Arc::new(open_at(&folder.path().join("log.db")).await);
    let writers: Vec<_> = (0..4).map(|writer| tokio::spawn(write(log.clone(), writer))).collect();
    let mut positions = log.watch();
    let written = positions.wait_for(|position| *position >= 40);
    tokio::time::timeout(Duration::from_secs(30), written).await.unwrap().unwrap();
    let to = folder.path().join("copy.db");
    let verified = log.backup(&to).await.unwrap();
    writers.iter().for_each(tokio::task::JoinHandle::abort);
    assert!(verified.head.position >= 40);

    let copy = open_at(&to).await;
    assert_eq!(copy.head().await.unwrap(), verified.head);
    assert_eq!(verify(&copy).await.unwrap().unwrap(), verified);
    let there = log.read(verified.head.position - 1, 1).await.unwrap();
    assert_eq!(there[0].hash, verified.head.hash);
    Sample::command(1 << 80).writes(stream(1 << 80), 0, 1).accepted(&copy).await;
}

#[tokio::test]
async fn a_copy_is_one_private_file_and_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let log = open_at(&folder.path().join("log.db")).await;
    Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
    let copies = tempfile::tempdir().unwrap();
    let to = copies.path().join("copy.db");
    log.backup(&to).await.unwrap();
    let files: Vec<_> = copies.path().read_dir().unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files, std::slice::from_ref(&to));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(to.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let refused = log.backup(&to).await;
    assert!(matches!(refused, Err(LogError::Unusable(why)) if why.contains("exists already")));
}

#[tokio::test]
async fn a_copy_of_a_damaged_log_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = open_at(&path).await;
    Sample::command(1).writes(stream(1), 0, 3).accepted(&log).await;
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute("UPDATE event SET body = x'00' WHERE position = 2", []).unwrap();
    let copies = tempfile::tempdir().unwrap();
    let refused = log.backup(&copies.path().join("copy.db")).await;
    assert!(matches!(refused, Err(LogError::Damaged { position: 2, .. })), "{refused:?}");
    assert_eq!(copies.path().read_dir().unwrap().count(), 0);
}

async fn write(log: Arc<sandan_log::SqliteLog>, writer: u128) {
    for version in 0.. {
        let command = (writer << 64) | u128::from(version);
        Sample::command(command).writes(stream(writer), version, 1).accepted(&*log).await;
    }
}
