//! A whole log out of the database, or into it.

use std::future::Future;

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio_postgres::{Client, IsolationLevel, Row, Transaction};
use uuid::Uuid;

use super::decode;
use super::number;
use crate::transfer::{Intake, PART_MAX, not_empty};
use crate::{GenerationMark, Hash, Head, KeptCommand, KeptRow, LogError, Part, Record, Timer};

/// Sends everything, inside one reading transaction.
pub(super) async fn pour(client: &mut Client, to: &mpsc::Sender<Part>) -> Result<Head, LogError> {
    let snapshot = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
    let snapshot = snapshot.start().await?;
    let generations = generations(&snapshot).await?;
    let generation = generations.last().map_or(1, |mark| mark.number);
    let mut head = Head { position: 0, generation, hash: Hash::ZERO };
    send(to, Part::Generations(generations)).await?;
    loop {
        let records = records(&snapshot, head.position).await?;
        let Some(last) = records.last() else { break };
        (head.position, head.hash) = (last.position, last.hash);
        send(to, Part::Records(records)).await?;
    }
    in_pages(|after| commands(&snapshot, after), |command| command.id, |page| send(to, Part::Commands(page))).await?;
    let place = |row: &KeptRow| (row.space.clone(), row.key.clone());
    in_pages(|after| rows(&snapshot, after), place, |page| send(to, Part::Rows(page))).await?;
    in_pages(|after| timers(&snapshot, after), |timer| timer.id, |page| send(to, Part::Timers(page))).await?;
    send(to, Part::End(head)).await?;
    Ok(head)
}

async fn send(to: &mpsc::Sender<Part>, part: Part) -> Result<(), LogError> {
    to.send(part).await.map_err(|_| LogError::Closed)
}

/// Pages that follow each other by the key of their last entry.
async fn in_pages<T, K, P, S>(
    page: impl Fn(Option<K>) -> P,
    key: impl Fn(&T) -> K,
    mut send: impl FnMut(Vec<T>) -> S,
) -> Result<(), LogError>
where
    P: Future<Output = Result<Vec<T>, LogError>>,
    S: Future<Output = Result<(), LogError>>,
{
    let mut next = page(None).await?;
    while let Some(last) = next.last().map(&key) {
        send(next).await?;
        next = page(Some(last)).await?;
    }
    Ok(())
}

async fn generations(snapshot: &Transaction<'_>) -> Result<Vec<GenerationMark>, LogError> {
    let sql = "SELECT number, after, begun, why FROM sandan.generation ORDER BY number";
    let mark = |row: &Row| {
        let after = decode::unsigned(row.try_get::<_, i64>(1)?)?;
        let begun = row.try_get::<_, Option<i64>>(2)?.map(|begun| decode::micros(after, begun)).transpose()?;
        Ok(GenerationMark {
            number: decode::unsigned(i64::from(row.try_get::<_, i32>(0)?))?,
            after,
            begun,
            why: row.try_get(3)?,
        })
    };
    snapshot.query(sql, &[]).await?.iter().map(mark).collect()
}

async fn records(snapshot: &Transaction<'_>, after: u64) -> Result<Vec<Record>, LogError> {
    let columns = decode::RECORD;
    let sql = format!("SELECT {columns} FROM sandan.event WHERE position > $1 ORDER BY position LIMIT {PART_MAX}");
    let after: i64 = number(after);
    snapshot.query(&sql, &[&after]).await?.iter().map(decode::record).collect()
}

/// The condition that goes on behind an id, or begins with the first.
fn behind(after: Option<Uuid>) -> (&'static str, Uuid) {
    after.map_or(("id >= $1", Uuid::nil()), |after| ("id > $1", after))
}

async fn commands(snapshot: &Transaction<'_>, after: Option<Uuid>) -> Result<Vec<KeptCommand>, LogError> {
    let (condition, after) = behind(after);
    let sql = format!(
        "SELECT id, fingerprint, outcome, first, last, generation, recorded FROM sandan.command
         WHERE {condition} ORDER BY id LIMIT {PART_MAX}"
    );
    let command = |row: &Row| {
        let last = decode::unsigned(row.try_get::<_, i64>(4)?)?;
        let fingerprint = row.try_get::<_, Option<&[u8]>>(1)?.map(|bytes| decode::hash(last, bytes)).transpose()?;
        Ok(KeptCommand {
            id: row.try_get(0)?,
            fingerprint: fingerprint.map(|hash| hash.0),
            outcome: Bytes::copy_from_slice(row.try_get(2)?),
            first: decode::unsigned(row.try_get::<_, i64>(3)?)?,
            last,
            generation: decode::unsigned(i64::from(row.try_get::<_, i32>(5)?))?,
            recorded: decode::micros(last, row.try_get(6)?)?,
        })
    };
    snapshot.query(&sql, &[&after]).await?.iter().map(command).collect()
}

async fn rows(snapshot: &Transaction<'_>, after: Option<(String, Bytes)>) -> Result<Vec<KeptRow>, LogError> {
    let sql = format!(
        "SELECT space, key, value FROM sandan.fact WHERE (space, key) > ($1, $2) ORDER BY space, key LIMIT {PART_MAX}"
    );
    // No space is without a name.
    let (space, key) = after.unwrap_or_default();
    let row = |row: &Row| {
        let bytes = |index: usize| Ok::<_, LogError>(Bytes::copy_from_slice(row.try_get(index)?));
        Ok(KeptRow { space: row.try_get(0)?, key: bytes(1)?, value: bytes(2)? })
    };
    snapshot.query(&sql, &[&space, &&key[..]]).await?.iter().map(row).collect()
}

async fn timers(snapshot: &Transaction<'_>, after: Option<Uuid>) -> Result<Vec<Timer>, LogError> {
    let (condition, after) = behind(after);
    let sql = format!("SELECT id, due, body FROM sandan.timer WHERE {condition} ORDER BY id LIMIT {PART_MAX}");
    let timer = |row: &Row| {
        let body = Bytes::copy_from_slice(row.try_get(2)?);
        Ok(Timer { id: row.try_get(0)?, due: decode::micros(0, row.try_get(1)?)?, body })
    };
    snapshot.query(&sql, &[&after]).await?.iter().map(timer).collect()
}

/// Takes everything, inside one writing transaction, into an empty database.
pub(super) async fn fill(client: &mut Client, from: &mut mpsc::Receiver<Part>) -> Result<(), LogError> {
    let transaction = client.transaction().await?;
    // Nobody appends meanwhile.
    transaction.execute("SELECT sandan.lock()", &[]).await?;
    must_be_empty(&transaction).await?;
    let (mut intake, mut streams) = (Intake::default(), 0);
    while let Some(part) = from.recv().await {
        intake.check(&part)?;
        match part {
            Part::Generations(marks) => put_generations(&transaction, &marks).await?,
            Part::Records(records) => put_records(&transaction, &records, &mut streams).await?,
            Part::Commands(commands) => put_commands(&transaction, &commands).await?,
            Part::Rows(rows) => put_rows(&transaction, &rows).await?,
            Part::Timers(timers) => put_timers(&transaction, &timers).await?,
            Part::End(_) => {}
        }
    }
    intake.finish()?;
    Ok(transaction.commit().await?)
}

async fn must_be_empty(transaction: &Transaction<'_>) -> Result<(), LogError> {
    for (table, what) in [("event", "events"), ("command", "remembered commands"), ("fact", "rows")] {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM sandan.{table})");
        if transaction.query_one(&sql, &[]).await?.try_get(0)? {
            return Err(not_empty("the database", what));
        }
    }
    Ok(())
}

/// The last one is what this server goes on with.
async fn put_generations(transaction: &Transaction<'_>, marks: &[GenerationMark]) -> Result<(), LogError> {
    transaction.execute("DELETE FROM sandan.generation", &[]).await?;
    for mark in marks {
        let (generation, after): (i32, i64) = (number(mark.number), number(mark.after));
        let begun = mark.begun.map(|begun| begun.as_microsecond());
        let sql = "INSERT INTO sandan.generation (number, after, begun, why) VALUES ($1, $2, $3, $4)";
        transaction.execute(sql, &[&generation, &after, &begun, &mark.why]).await?;
    }
    let sql = "UPDATE sandan.generation
               SET timeline = sandan.timeline(), system = (SELECT s.system_identifier FROM pg_control_system() s)
               WHERE number = (SELECT max(g.number) FROM sandan.generation g)";
    transaction.execute(sql, &[]).await?;
    Ok(())
}

/// `streams` counts those that have begun.
async fn put_records(transaction: &Transaction<'_>, records: &[Record], streams: &mut i64) -> Result<(), LogError> {
    let begun: Vec<i64> = records
        .iter()
        .map(|record| {
            *streams += i64::from(record.version == 1);
            *streams
        })
        .collect();
    let all = |value: fn(&Record) -> i64| records.iter().map(value).collect::<Vec<_>>();
    let small = |value: fn(&Record) -> i32| records.iter().map(value).collect::<Vec<_>>();
    let ids = |value: fn(&Record) -> Uuid| records.iter().map(value).collect::<Vec<_>>();
    let texts = |value: fn(&Record) -> &str| records.iter().map(value).collect::<Vec<_>>();
    let bytes = |value: fn(&Record) -> &[u8]| records.iter().map(value).collect::<Vec<_>>();
    let causes: Vec<Option<Uuid>> = records.iter().map(|record| record.causation).collect();
    let sql =
        "INSERT INTO sandan.event (position, version, occurred, recorded, streams, generation, schema, stream, id,
                   command, correlation, causation, stream_kind, kind, community, actor, hash, body)
               SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
                   $6::integer[], $7::integer[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[], $12::uuid[],
                   $13::text[], $14::text[], $15::text[], $16::text[], $17::bytea[], $18::bytea[])";
    transaction
        .execute(
            sql,
            &[
                &all(|record| number(record.position)),
                &all(|record| number(record.version)),
                &all(|record| record.occurred.as_microsecond()),
                &all(|record| record.recorded.as_microsecond()),
                &begun,
                &small(|record| number(record.generation)),
                &small(|record| record.schema.into()),
                &ids(|record| record.stream.id),
                &ids(|record| record.id),
                &ids(|record| record.command),
                &ids(|record| record.correlation),
                &causes,
                &texts(|record| &record.stream.kind),
                &texts(|record| &record.kind),
                &texts(|record| &record.community),
                &texts(|record| &record.actor),
                &bytes(|record| &record.hash.0),
                &bytes(|record| &record.body),
            ],
        )
        .await?;
    Ok(())
}

async fn put_commands(transaction: &Transaction<'_>, commands: &[KeptCommand]) -> Result<(), LogError> {
    let all = |value: fn(&KeptCommand) -> i64| commands.iter().map(value).collect::<Vec<_>>();
    let ids: Vec<Uuid> = commands.iter().map(|command| command.id).collect();
    let generations: Vec<i32> = commands.iter().map(|command| number(command.generation)).collect();
    let fingerprints: Vec<_> = commands.iter().map(|command| command.fingerprint.as_ref().map(|it| &it[..])).collect();
    let outcomes: Vec<&[u8]> = commands.iter().map(|command| &command.outcome[..]).collect();
    let sql = "INSERT INTO sandan.command (id, first, last, recorded, generation, fingerprint, outcome)
               SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::integer[], $6::bytea[],
                   $7::bytea[])";
    let (first, last) = (all(|command| number(command.first)), all(|command| number(command.last)));
    let recorded = all(|command| command.recorded.as_microsecond());
    transaction.execute(sql, &[&ids, &first, &last, &recorded, &generations, &fingerprints, &outcomes]).await?;
    Ok(())
}

async fn put_rows(transaction: &Transaction<'_>, rows: &[KeptRow]) -> Result<(), LogError> {
    let spaces: Vec<&str> = rows.iter().map(|row| &row.space[..]).collect();
    let keys: Vec<&[u8]> = rows.iter().map(|row| &row.key[..]).collect();
    let values: Vec<&[u8]> = rows.iter().map(|row| &row.value[..]).collect();
    let sql = "INSERT INTO sandan.fact (space, key, value) SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[])";
    transaction.execute(sql, &[&spaces, &keys, &values]).await?;
    Ok(())
}

async fn put_timers(transaction: &Transaction<'_>, timers: &[Timer]) -> Result<(), LogError> {
    let ids: Vec<Uuid> = timers.iter().map(|timer| timer.id).collect();
    let due: Vec<i64> = timers.iter().map(|timer| timer.due.as_microsecond()).collect();
    let bodies: Vec<&[u8]> = timers.iter().map(|timer| &timer.body[..]).collect();
    let sql = "INSERT INTO sandan.timer (id, due, body) SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bytea[])";
    transaction.execute(sql, &[&ids, &due, &bodies]).await?;
    Ok(())
}
