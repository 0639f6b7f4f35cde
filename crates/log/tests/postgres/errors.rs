//! What can be wrong with a database, each told apart from the others.

use sandan_log::conformance::{Sample, stream};
use sandan_log::{AppendError, Log, LogError, PostgresLog, PostgresOptions};
use sandan_testkit::{OldServer, Postgres};

use super::{name, open_at};

async fn refused(url: &str) -> LogError {
    match PostgresLog::open(url, PostgresOptions::default()).await {
        Err(error) => error,
        Ok(_) => panic!("{url} was opened"),
    }
}

/// A cluster that asks for passwords.
fn guarded() -> Postgres {
    let mut postgres = Postgres::start();
    postgres.sql("postgres", "CREATE ROLE ada LOGIN PASSWORD 'right'");
    let rules = "local all all trust\nhost all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
    std::fs::write(postgres.folder().join("data/pg_hba.conf"), rules).unwrap();
    postgres.restart();
    postgres
}

#[tokio::test]
async fn an_address_where_nobody_answers() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = refused(&format!("postgres://ada@127.0.0.1:{port}/town")).await;
    assert!(matches!(error, LogError::Unreachable(_)), "{error:?}");
    let error = refused("postgres://ada@no-such-host.invalid/town").await;
    assert!(matches!(error, LogError::Unreachable(_)), "{error:?}");
    let error = refused("not an address").await;
    assert!(matches!(error, LogError::Unusable(_)), "{error:?}");
}

#[tokio::test]
async fn a_wrong_password_role_or_right() {
    let postgres = guarded();
    let at = |user: &str, database: &str| format!("postgres://{user}@127.0.0.1:{}/{database}", postgres.port());
    for user in ["ada:wrong", "ada", "bob:right"] {
        let error = refused(&at(user, "postgres")).await;
        assert!(matches!(error, LogError::Denied(_)), "{user}: {error:?}");
        assert!(!error.to_string().contains("wrong"), "no password is shown: {error}");
    }
    // The right password, and no right to make a schema.
    let error = refused(&at("ada:right", "postgres")).await;
    assert!(matches!(error, LogError::Denied(_)), "{error:?}");
    postgres.sql("postgres", "CREATE DATABASE town OWNER ada");
    let log = open_at(&at("ada:right", "town")).await;
    Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
}

#[tokio::test]
async fn a_server_that_is_too_old() {
    let server = OldServer::postgres("14.12", "140012");
    let error = refused(&format!("postgres://ada@127.0.0.1:{}/town", server.port())).await;
    assert_eq!(error, LogError::TooOld { found: "14.12".to_owned(), needed: 15 });
}

#[tokio::test]
async fn a_database_that_does_not_exist() {
    let postgres = Postgres::shared();
    let error = refused(&postgres.url_of("nowhere")).await;
    assert!(matches!(error, LogError::NoDatabase(_)), "{error:?}");
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_alone() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    open_at(&url).await.close().await.unwrap();
    let newer = "INSERT INTO sandan.schema_history SELECT 99, name, applied_on, checksum
                 FROM sandan.schema_history LIMIT 1";
    postgres.sql(name(&url), newer);
    let error = refused(&url).await;
    assert!(matches!(error, LogError::Newer { found: 99, .. }), "{error:?}");
}

#[tokio::test]
async fn nodes_that_start_at_once_migrate_once() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let logs = futures::future::join_all((0..6).map(|_| open_at(&url))).await;
    Sample::command(1).writes(stream(1), 0, 1).accepted(&logs[5]).await;
    let applied = postgres.sql(name(&url), "SELECT count(*) = max(version) FROM sandan.schema_history");
    assert_eq!(applied, "t");
}

#[tokio::test]
async fn a_database_that_takes_no_writes() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let log = open_at(&url).await;
    postgres.sql("postgres", &format!("ALTER DATABASE {} SET default_transaction_read_only = on", name(&url)));
    let error = refused(&url).await;
    assert!(matches!(error, LogError::ReadOnly(_)), "{error:?}");
    Sample::command(1).accepted(&log).await;
}

#[tokio::test]
async fn an_encrypted_connection_where_there_is_none() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    for mode in ["require", "verify-full"] {
        let error = refused(&format!("{url}?sslmode={mode}")).await;
        assert!(matches!(error, LogError::NoTls(_)), "{mode}: {error:?}");
    }
    let error = refused(&format!("{url}?sslmode=verify-full&sslrootcert=/nowhere.pem")).await;
    assert!(matches!(&error, LogError::NoTls(why) if why.contains("/nowhere.pem")), "{error:?}");
    for mode in ["disable", "prefer"] {
        open_at(&format!("{url}?sslmode={mode}")).await;
    }
}

#[tokio::test]
async fn a_disk_that_is_full() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let log = open_at(&url).await;
    let full = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN RAISE ''no space left'' USING ERRCODE = ''53100''; END';
                CREATE TRIGGER full_disk BEFORE INSERT ON sandan.event EXECUTE FUNCTION full_disk()";
    postgres.sql(name(&url), full);
    let answer = Sample::command(1).writes(stream(1), 0, 1).to(&log).await;
    assert!(matches!(answer, Err(AppendError::Log(LogError::DiskFull))), "{answer:?}");
    postgres.sql(name(&url), "DROP TRIGGER full_disk ON sandan.event");
    Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
}
