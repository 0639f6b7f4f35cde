//! What happens to appends that share a batch. A lock that the test holds makes them wait for each other.

use std::ops::Deref;
use std::sync::Arc;
use std::task::Poll;

use futures::future::join_all;
use sandan_log::conformance::{Sample, stream};
use sandan_log::{AppendError, Appended, Log, PostgresLog, verify};
use sandan_testkit::Postgres;
use tokio_postgres::{Client, NoTls};

use super::open_at;

type Answer = Result<Appended, AppendError>;

/// Holds up whoever appends, as another node would.
struct Held(Client);

impl Held {
    async fn new(url: &str) -> Self {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client.execute("SELECT pg_advisory_lock(126862301094254)", &[]).await.unwrap();
        Self(client)
    }

    /// Once the writer waits for the lock, everything that comes later is in the next batch.
    async fn has_a_batch_waiting(&self) {
        let waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        while self.0.query_opt(waiting, &[]).await.unwrap().is_none() {}
    }

    async fn lets_go(self) {
        self.0.execute("SELECT pg_advisory_unlock(126862301094254)", &[]).await.unwrap();
    }
}

/// The log afterwards, in a cluster that lives as long.
struct Outcome {
    log: PostgresLog,
    _postgres: Arc<Postgres>,
}

impl Deref for Outcome {
    type Target = PostgresLog;

    fn deref(&self) -> &PostgresLog {
        &self.log
    }
}

/// What these appends answer when they are asked for at once, in this order.
async fn together(before: &[Sample], samples: Vec<Sample>) -> (Outcome, Vec<Answer>) {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let log = open_at(&url).await;
    for sample in before {
        sample.clone().accepted(&log).await;
    }
    let held = Held::new(&url).await;
    let mut first = log.append(Sample::command(u128::MAX).append());
    assert!(futures::poll!(&mut first).is_pending());
    held.has_a_batch_waiting().await;
    let mut asked: Vec<_> = samples.into_iter().map(|sample| log.append(sample.append())).collect();
    for asked in &mut asked {
        assert!(futures::poll!(asked).is_pending());
    }
    held.lets_go().await;
    first.await.unwrap();
    let answers = join_all(asked).await;
    verify(&log).await.unwrap().unwrap();
    (Outcome { log, _postgres: postgres }, answers)
}

fn accepted(answers: &[Answer]) -> Vec<bool> {
    answers.iter().map(Result::is_ok).collect()
}

#[tokio::test]
async fn appends_build_on_each_other_in_one_batch() {
    let samples = (0..20).map(|number| Sample::command(number).writes(stream(1), number as u64, 1)).collect();
    let (log, answers) = together(&[], samples).await;
    let last = answers.into_iter().map(|answer| answer.unwrap().last);
    assert!(last.eq(1..=20));
    assert_eq!(log.stat().await.unwrap().streams, 1);
}

#[tokio::test]
async fn what_was_built_on_a_refused_append_is_refused_and_its_neighbours_are_not() {
    let taken = Sample::command(900).claims("slug", "a", "1");
    let samples = vec![
        Sample::command(1).writes(stream(1), 0, 1),
        Sample::command(2).writes(stream(1), 1, 1).claims("slug", "a", "2"),
        Sample::command(3).writes(stream(2), 0, 2),
        Sample::command(4).writes(stream(1), 2, 1),
        Sample::command(5).writes(stream(2), 2, 1).expects(stream(1), 2),
        Sample::command(6).writes(stream(3), 0, 1),
        Sample::command(7).writes(stream(1), 1, 1),
    ];
    let (log, answers) = together(&[taken], samples).await;
    assert_eq!(accepted(&answers), [true, false, true, false, false, true, true]);
    assert!(matches!(answers[1], Err(AppendError::KeyTaken { .. })));
    assert!(matches!(answers[3], Err(AppendError::Conflict { expected: 2, actual: 1, .. })));
    assert!(matches!(answers[4], Err(AppendError::Conflict { expected: 2, actual: 1, .. })));
    assert_eq!(log.stat().await.unwrap().events, 5);
}

#[tokio::test]
async fn a_batch_of_every_kind_of_refusal_answers_each_by_itself() {
    let before =
        [Sample::command(900).claims("slug", "a", "1").writes(stream(9), 0, 3), Sample::command(901).also(902)];
    let mut unknown = Sample::command(5);
    unknown = unknown.decided_in(77);
    let samples = vec![
        Sample::command(900).writes(stream(8), 0, 1),
        Sample::command(1).also(902),
        Sample::command(2).writes(stream(1), 0, 1),
        Sample::command(902).writes(stream(8), 0, 1),
        Sample::command(3).writes(stream(9), 2, 1),
        unknown,
        Sample::command(6).claims("slug", "b", "2").claims("slug", "a", "2"),
        Sample::command(7).puts("slug", "c", "1").claims("slug", "c", "2"),
        Sample::command(901).fingerprint(1),
        Sample::command(8).expects(stream(9), 3).writes(stream(2), 0, 2).sets(1, 5),
    ];
    let (log, answers) = together(&before, samples).await;
    assert_eq!(accepted(&answers), [true, false, true, true, false, false, false, false, false, true]);
    assert!(answers[0].as_ref().is_ok_and(|receipt| receipt.replayed && receipt.last == 3));
    assert!(matches!(answers[1], Err(AppendError::CommandReused(id)) if id.as_u128() == 902));
    assert!(answers[3].as_ref().is_ok_and(|receipt| receipt.replayed));
    assert!(matches!(answers[4], Err(AppendError::Conflict { expected: 2, actual: 3, .. })));
    assert!(matches!(answers[5], Err(AppendError::Forked { known: 77, actual: 1 })));
    assert!(matches!(&answers[6], Err(AppendError::KeyTaken { value, .. }) if value == "1"));
    assert!(matches!(&answers[7], Err(AppendError::KeyTaken { value, .. }) if value == "1"));
    assert!(matches!(answers[8], Err(AppendError::CommandReused(id)) if id.as_u128() == 901));
    assert_eq!(log.rows("slug", None, 10).await.unwrap().len(), 1);
    assert_eq!(log.due_timers(jiff::Timestamp::MAX, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn rows_and_timers_of_a_batch_end_as_they_were_changed_last() {
    let samples = vec![
        Sample::command(1).puts("s", "a", "1").puts("s", "b", "1").sets(1, 10).sets(2, 10),
        Sample::command(2).puts("s", "a", "2").deletes("s", "b").cancels(1).sets(2, 20),
        Sample::command(3).puts("s", "c", "3").deletes("s", "c").sets(1, 30),
        Sample::command(4).deletes("s", "a").claims("s", "a", "4"),
        Sample::command(5).expects(stream(1), 9).puts("s", "a", "refused").sets(3, 1),
        Sample::command(6).claims("s", "b", "6"),
    ];
    let (log, answers) = together(&[], samples).await;
    assert_eq!(accepted(&answers), [true, true, true, true, false, true]);
    let rows = log.rows("s", None, 10).await.unwrap();
    assert_eq!(rows, [("a".into(), "4".into()), ("b".into(), "6".into())]);
    let timers = log.due_timers(jiff::Timestamp::MAX, 10).await.unwrap();
    let due: Vec<i64> = timers.iter().map(|timer| timer.due.as_second()).collect();
    assert_eq!(due, [20, 30]);
}

#[tokio::test]
async fn a_full_queue_gives_the_append_back() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let log = open_at(&url).await;
    let held = Held::new(&url).await;
    let mut first = log.append(Sample::command(0).append());
    assert!(futures::poll!(&mut first).is_pending());
    held.has_a_batch_waiting().await;
    let mut waiting = Vec::new();
    let full = loop {
        let command = 1 + waiting.len() as u128;
        let mut asked = log.append(Sample::command(command).writes(stream(command), 0, 1).append());
        match futures::poll!(&mut asked) {
            Poll::Pending => waiting.push(asked),
            Poll::Ready(answer) => break answer,
        }
    };
    let Err(AppendError::Full { append, queued }) = full else { panic!("{full:?}") };
    assert_eq!(queued, waiting.len());
    held.lets_go().await;
    first.await.unwrap();
    assert!(join_all(waiting).await.iter().all(Result::is_ok));
    // What came back is whole: it can be given again.
    assert_eq!(log.append(*append).await.unwrap().last, queued as u64 + 1);
}

#[tokio::test]
async fn closing_writes_what_was_accepted() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let log = open_at(&url).await;
    let mut waiting: Vec<_> =
        (0..100).map(|n| log.append(Sample::command(n).writes(stream(n), 0, 1).append())).collect();
    for asked in &mut waiting {
        assert!(futures::poll!(asked).is_pending());
    }
    let (answers, closed) = futures::join!(join_all(waiting), log.close());
    closed.unwrap();
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(open_at(&url).await.head().await.unwrap().position, 100);
}

#[tokio::test]
async fn an_append_that_the_database_refuses_fails_alone() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let log = open_at(&url).await;
    let poison = "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN IF NEW.actor = ''poison'' THEN RAISE ''poisoned''; END IF; RETURN NEW; END';
                  CREATE TRIGGER poison BEFORE INSERT ON sandan.event FOR EACH ROW EXECUTE FUNCTION poison()";
    postgres.sql(super::name(&url), poison);
    let asked = (10..20).map(|command| {
        let sample = Sample::command(command).writes(stream(command), 0, 1);
        sample.with(|event| event.actor = if command == 15 { "poison" } else { "ada" }.to_owned())
    });
    let answers = join_all(asked.map(|sample| sample.to(&log))).await;
    assert_eq!(answers.iter().position(Result::is_err), Some(5));
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 9);
    let verified = verify(&log).await.unwrap().unwrap();
    assert_eq!((verified.head.position, verified.streams), (9, 9));
}

#[tokio::test]
async fn a_zero_byte_in_a_text_is_malformed() {
    let postgres = Postgres::shared();
    let log = open_at(&postgres.database()).await;
    let zero = |sample: Sample| sample.writes(stream(1), 0, 1).with(|event| event.actor = "a\0b".to_owned());
    let answers = join_all([zero(Sample::command(1)), Sample::command(2)].map(|sample| sample.to(&log))).await;
    assert!(matches!(answers[0], Err(AppendError::Malformed(_))));
    assert!(answers[1].is_ok());
}
