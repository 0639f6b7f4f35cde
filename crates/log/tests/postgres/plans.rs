//! Which index answers which question. Postgres itself tells, of every statement that was really run, those within
//! functions included.

use std::time::Duration;

use futures::future::join_all;
use jiff::Timestamp;
use sandan_log::conformance::{Sample, stream, uuid};
use sandan_log::{Log, PostgresLog, verify};
use sandan_testkit::Postgres;

use super::{name, open_at};

/// Makes every session to come write its plans into the server's log.
fn explain(postgres: &Postgres, database: &str) {
    let settings = [
        ("session_preload_libraries", "auto_explain"),
        ("auto_explain.log_min_duration", "0"),
        ("auto_explain.log_nested_statements", "on"),
        ("auto_explain.log_analyze", "on"),
        ("auto_explain.log_timing", "off"),
    ];
    for (setting, value) in settings {
        postgres.sql("postgres", &format!("ALTER DATABASE {database} SET {setting} = '{value}'"));
    }
}

/// Asks everything that a log can be asked, and appends with everything that an append can carry.
async fn use_it(log: &PostgresLog, from: u128) {
    let lease = log.lease("relay", "ada", Duration::from_secs(60)).await.unwrap().unwrap();
    for round in 0..3 {
        let samples = (0..10).map(|number| {
            let number = from + round * 10 + number;
            let sample = Sample::command(number).also(number << 32).under(&lease).decided_in(1);
            let sample = sample.writes(stream(number), 0, 2).expects(stream(1 << 100), 0);
            sample.claims("slug", "gone", "1").deletes("slug", "gone").puts("s", "k", "v").sets(number, 5).cancels(7)
        });
        join_all(samples.map(|sample| sample.to(log))).await;
    }
    Sample::command(from).writes(stream(1), 0, 1).accepted(log).await;
    log.read(0, 10).await.unwrap();
    log.read_stream(&stream(from), 0, 10).await.unwrap();
    log.stat().await.unwrap();
    log.remembered(uuid(from)).await.unwrap();
    log.row("s", b"k").await.unwrap();
    log.rows_at("s", &["k".into(), "l".into()]).await.unwrap();
    log.rows("s", None, 10).await.unwrap();
    log.rows("s", Some(b"a"), 10).await.unwrap();
    log.due_timers(Timestamp::MAX, 10).await.unwrap();
    log.next_timer().await.unwrap();
    log.release(&lease).await.unwrap();
}

/// The plans in the server's log, each with its statement.
fn plans(log: &str) -> Vec<&str> {
    log.split(" LOG:  duration: ").skip(1).filter(|entry| entry.contains("Query Text: ")).collect()
}

/// No table that grows is ever read from one end to the other, and each of its indexes is used.
fn check(log: &str) {
    let plans = plans(log);
    assert!(plans.len() > 50, "{} plans", plans.len());
    for plan in &plans {
        for table in ["event", "command", "fact", "timer"] {
            for scan in ["Seq Scan", "Bitmap Heap Scan"] {
                assert!(!plan.contains(&format!("{scan} on {table}")), "{plan}");
            }
        }
        assert!(!plan.contains("Hash Join") && !plan.contains("Merge Join"), "{plan}");
    }
    for (index, condition) in [
        ("event_pkey on event", "(\"position\" > $1)"),
        ("event_stream on event", "((stream = $1) AND (stream_kind = $2) AND (version > $3))"),
        ("event_stream on event e", "((stream = x.stream) AND (stream_kind = x.kind))"),
        ("command_pkey on command", "(id = $1)"),
        ("command_pkey on command k", "(id = m.id)"),
        ("fact_pkey on fact", "((space = $1) AND (key > $2))"),
        ("fact_pkey on fact f", "((space = k.space) AND (key = k.key))"),
        ("timer_due on timer", "(due <= $1)"),
    ] {
        let used = plans.iter().any(|plan| plan.contains(index) && plan.contains(condition));
        assert!(used, "{index} is not used with {condition}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_statement_uses_the_index_made_for_it() {
    let postgres = Postgres::start();
    let url = postgres.database();
    open_at(&url).await.close().await.unwrap();
    explain(&postgres, name(&url));
    let log = open_at(&url).await;
    use_it(&log, 1_000).await;
    // With statistics, and so with other costs, it stays so.
    postgres.sql(name(&url), "ANALYZE");
    let log = open_at(&url).await;
    use_it(&log, 2_000).await;
    check(&postgres.log());
}

/// Of a million timers only those that are due are looked at, in the order of the index.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_million_timers_are_asked_by_their_index() {
    let postgres = Postgres::start();
    let url = postgres.database();
    open_at(&url).await.close().await.unwrap();
    postgres.sql(
        name(&url),
        "INSERT INTO sandan.timer SELECT md5('t' || n)::uuid, n * 1000000::bigint, '{}' FROM generate_series(1, 1000000) n",
    );
    explain(&postgres, name(&url));
    let second = |second| Timestamp::from_second(second).unwrap();
    for statistics in ["SELECT 1", "ANALYZE sandan.timer"] {
        postgres.sql(name(&url), statistics);
        let known = postgres.log().len();
        let log = open_at(&url).await;
        // Often enough that the server keeps one plan for every question.
        for _ in 0..8 {
            assert_eq!(log.due_timers(second(0), 2_048).await.unwrap(), []);
            let due = log.due_timers(second(1_000_000), 2_048).await.unwrap();
            assert_eq!((due.len(), due[0].due, due[2_047].due), (2_048, second(1), second(2_048)));
            assert_eq!(log.next_timer().await.unwrap(), Some(second(1)));
        }
        log.close().await.unwrap();
        let told = postgres.log().split_off(known);
        let asked: Vec<_> = plans(&told).into_iter().filter(|plan| plan.contains("FROM sandan.timer")).collect();
        assert_eq!(asked.len(), 3 * 8, "{asked:?}");
        for plan in asked {
            assert!(plan.contains("using timer_due on timer"), "{plan}");
            for more in ["Seq Scan", "Bitmap", "Sort", "Rows Removed by Filter"] {
                assert!(!plan.contains(more), "{plan}");
            }
            let rows: Vec<_> = plan.split("actual rows=").skip(1).filter_map(|rows| rows.split(' ').next()).collect();
            assert!(!rows.is_empty() && rows.iter().all(|rows| ["0", "1", "2048"].contains(rows)), "{plan}");
        }
    }
}

/// Records in the large table.
const MANY: u64 = 10_000_000;

/// Minutes and 6 GB: `cargo nextest run -p sandan-log --run-ignored only a_large_table`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes and some gigabytes"]
async fn a_large_table_is_answered_by_the_same_indexes() {
    let postgres = Postgres::start();
    let url = postgres.database();
    open_at(&url).await.close().await.unwrap();
    let fill = format!(
        "INSERT INTO sandan.event (position, version, occurred, recorded, streams, generation, schema, stream, id,
             command, correlation, stream_kind, kind, community, actor, hash, body)
         SELECT n, (n - 1) % 10 + 1, n, n, (n + 9) / 10, 1, 1, md5(((n + 9) / 10)::text)::uuid, md5(n::text)::uuid,
             md5('c' || n)::uuid, md5('c' || n)::uuid, 'request', 'sandan.request.filed', 'north', 'kiosk:1',
             sha256(int8send(n)), convert_to(repeat(md5(n::text), 4), 'UTF8') FROM generate_series(1, {MANY}) n;
         INSERT INTO sandan.command SELECT md5('c' || n)::uuid, n, n, n, 1, sha256('x'), 'outcome'
             FROM generate_series(1, {MANY}) n;
         INSERT INTO sandan.fact SELECT 'number', convert_to(n::text, 'UTF8'), 'x' FROM generate_series(1, 1000000) n;
         INSERT INTO sandan.timer SELECT md5('t' || n)::uuid, n::bigint * 1000000000, 'x' FROM generate_series(1, 1000000) n;
         ANALYZE"
    );
    let begun = std::time::Instant::now();
    postgres.sql(name(&url), &fill);
    println!("filled in {:?}", begun.elapsed());
    explain(&postgres, name(&url));
    let log = open_at(&url).await;
    use_it(&log, 1 << 64).await;
    check(&postgres.log());
    let stat = log.stat().await.unwrap();
    assert_eq!((stat.events, stat.streams), (MANY + 61, MANY / 10 + 31));
    for entry in plans(&postgres.log()) {
        let milliseconds: f64 = entry.split(' ').next().unwrap().parse().unwrap();
        assert!(milliseconds < 2_000.0, "{entry}");
    }
    let tail = log.read(MANY, 100).await.unwrap();
    assert_eq!(tail.len(), 61);
    _ = verify;
}
