//! Rows: small facts that change together with the events.

use super::{HandClock, Sample, Subject, stream};
use crate::{AppendError, Clock};

pub async fn a_claimed_key_is_taken(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).claims("slug", "north", "unit 1").accepted(&*log).await;
    let refused = Sample::command(2).claims("slug", "north", "unit 2").to(&*log).await;
    let Err(AppendError::KeyTaken { space, key, value }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((space, &key[..], &value[..]), ("slug", &b"north"[..], &b"unit 1"[..]));
    // The same key in another space is another key.
    Sample::command(3).claims("number", "north", "unit 2").accepted(&*log).await;
}

pub async fn a_row_can_be_put_again_and_deleted(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    assert_eq!(log.row("key", b"ada").await.unwrap(), None);
    Sample::command(1).puts("key", "ada", "1").puts("key", "", "").accepted(&*log).await;
    Sample::command(2).puts("key", "ada", "2").accepted(&*log).await;
    assert_eq!(log.row("key", b"ada").await.unwrap(), Some("2".into()));
    assert_eq!(log.row("key", b"").await.unwrap(), Some("".into()));
    Sample::command(3).deletes("key", "ada").deletes("key", "bob").accepted(&*log).await;
    assert_eq!(log.row("key", b"ada").await.unwrap(), None);
}

pub async fn changes_apply_in_their_order(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).claims("slug", "a", "1").accepted(&*log).await;
    let freed = Sample::command(2).deletes("slug", "a").claims("slug", "a", "2");
    freed.accepted(&*log).await;
    assert_eq!(log.row("slug", b"a").await.unwrap(), Some("2".into()));
    let twice = Sample::command(3).claims("slug", "b", "1").claims("slug", "b", "2");
    assert!(matches!(twice.to(&*log).await, Err(AppendError::KeyTaken { .. })));
    let put = Sample::command(4).puts("slug", "c", "1").claims("slug", "c", "2");
    assert!(matches!(put.to(&*log).await, Err(AppendError::KeyTaken { .. })));
    let moved = Sample::command(5).claims("slug", "d", "1").puts("slug", "d", "2");
    moved.deletes("slug", "d").claims("slug", "d", "3").accepted(&*log).await;
    assert_eq!(log.row("slug", b"d").await.unwrap(), Some("3".into()));
}

pub async fn a_refused_append_leaves_no_row(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).claims("slug", "a", "1").accepted(&*log).await;
    let refused = Sample::command(2).puts("key", "x", "1").claims("slug", "a", "2");
    assert!(refused.writes(stream(1), 0, 1).to(&*log).await.is_err());
    let conflict = Sample::command(3).puts("key", "x", "1").expects(stream(1), 4);
    assert!(conflict.to(&*log).await.is_err());
    assert_eq!(log.row("key", b"x").await.unwrap(), None);
    assert_eq!(log.head().await.unwrap().position, 0);
}

pub async fn rows_are_found_at_their_keys(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).puts("s", "a", "1").puts("s", "b", "2").puts("other", "c", "3").accepted(&*log).await;
    let found = log.rows_at("s", &["b".into(), "c".into(), "a".into(), "b".into()]).await.unwrap();
    assert_eq!(found, [Some("2".into()), None, Some("1".into()), Some("2".into())]);
    assert!(log.rows_at("s", &[]).await.unwrap().is_empty());
}

pub async fn rows_are_listed_by_key(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let sample = Sample::command(1).puts("s", "b", "2").puts("s", "a", "1").puts("s", "ab", "3");
    sample.puts("s", "", "0").puts("other", "aa", "4").accepted(&*log).await;
    let keys = async |after: Option<&[u8]>, limit| {
        let rows = log.rows("s", after, limit).await.unwrap();
        rows.into_iter().map(|(key, _)| String::from_utf8(key.into()).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(keys(None, 10).await, ["", "a", "ab", "b"]);
    assert_eq!(keys(None, 2).await, ["", "a"]);
    assert_eq!(keys(Some(b""), 10).await, ["a", "ab", "b"]);
    assert_eq!(keys(Some(b"a"), 1).await, ["ab"]);
    assert!(keys(Some(b"b"), 10).await.is_empty());
    assert_eq!(log.rows("s", None, 1).await.unwrap(), [("".into(), "0".into())]);
    assert!(log.rows("none", None, 10).await.unwrap().is_empty());
}
