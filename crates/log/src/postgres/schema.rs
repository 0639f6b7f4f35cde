//! Which schema the database has.

use tokio_postgres::Client;

use super::address::Address;
use crate::LogError;

mod migrations {
    refinery::embed_migrations!("migrations/postgres");
}

const HISTORY: &str = "sandan.schema_history";
/// Two nodes that start at once must not both migrate. Kept by the connection, so gone with it.
const LOCK: &str = "SELECT pg_advisory_lock(126862301094253)";
const UNLOCK: &str = "SELECT pg_advisory_unlock(126862301094253)";

/// Brings the database to the schema of this program; refuses one that is newer.
pub(super) async fn migrate(client: &mut Client, address: &Address) -> Result<(), LogError> {
    let mut runner = migrations::migrations::runner();
    runner.set_migration_table_name(HISTORY);
    let known = runner.get_migrations().iter().map(|migration| migration.version()).max();
    let known = known.map_or(0, i64::from);
    // Nothing to do, as at almost every start.
    if version(client, address, known).await? == known {
        return Ok(());
    }
    client.query_one(LOCK, &[]).await?;
    if version(client, address, known).await? < known {
        if !exists(client, "SELECT to_regnamespace('sandan') IS NOT NULL").await? {
            client.batch_execute("CREATE SCHEMA sandan").await?;
        }
        runner.run_async(client).await.map_err(failed)?;
    }
    client.query_one(UNLOCK, &[]).await?;
    Ok(())
}

/// Number of the last migration that was applied; 0 for an empty database.
async fn version(client: &Client, address: &Address, known: i64) -> Result<i64, LogError> {
    if !exists(client, "SELECT to_regclass('sandan.schema_history') IS NOT NULL").await? {
        return Ok(0);
    }
    let sql = "SELECT coalesce(max(version), 0)::bigint FROM sandan.schema_history";
    let found = client.query_one(sql, &[]).await?.try_get(0)?;
    match found > known {
        true => Err(LogError::Newer { log: address.shown.clone(), found, known }),
        false => Ok(found),
    }
}

async fn exists(client: &Client, question: &str) -> Result<bool, LogError> {
    Ok(client.query_one(question, &[]).await?.try_get(0)?)
}

/// The first cause that the database gave says more than the runner's own words.
fn failed(error: refinery::Error) -> LogError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(error) = cause {
        if let Some(db) = error.downcast_ref::<tokio_postgres::error::DbError>() {
            return LogError::Storage(format!("migrate the database: {}", db.message()));
        }
        cause = error.source();
    }
    LogError::Storage(format!("migrate the database: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The migrations that nodes of the first version were shipped with.
    const FIRST_VERSION: i32 = 2;
    /// What takes something away from, or changes it for, a node that runs on the version before. What is new, it does
    /// not look at; a function that changes gets a new name.
    const TAKES_AWAY: [&str; 8] =
        ["DROP ", "RENAME ", "OR REPLACE", "TRUNCATE", "DELETE FROM", "SET NOT NULL", "ALTER COLUMN", "ALTER TYPE"];

    /// Statements in which a node of the version before would not find what it knows. What a function does when it is
    /// called, between `$$` and `$$`, the migration does not do.
    fn taken_away(sql: &str) -> Vec<&'static str> {
        let sql: String = sql.split("$$").step_by(2).collect();
        let code: Vec<&str> = sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
        let code = code.join(" ").to_uppercase().split_whitespace().collect::<Vec<_>>().join(" ");
        TAKES_AWAY.into_iter().filter(|words| code.contains(words)).collect()
    }

    #[test]
    fn what_takes_something_away_is_recognised() {
        let good = "-- Nothing is DROPped.\nALTER TABLE sandan.event ADD COLUMN place text;\nCREATE INDEX x ON y (z);";
        assert_eq!(taken_away(good), [""; 0]);
        let function =
            "CREATE FUNCTION sandan.x() RETURNS void AS $$ DELETE FROM sandan.fact $$; DROP TABLE sandan.fact";
        assert_eq!(taken_away(function), ["DROP "]);
        for (bad, words) in [
            ("ALTER TABLE sandan.event DROP COLUMN actor", "DROP "),
            ("ALTER TABLE sandan.event\n  RENAME actor TO who", "RENAME "),
            ("CREATE OR REPLACE FUNCTION sandan.append_1() …", "OR REPLACE"),
            ("alter table sandan.event alter column body type text", "ALTER COLUMN"),
        ] {
            assert_eq!(taken_away(bad), [words], "{bad}");
        }
    }

    #[test]
    fn migrations_leave_a_running_node_of_the_version_before_what_it_knows() {
        let all = migrations::migrations::runner();
        let later = all.get_migrations().iter().filter(|migration| migration.version() > FIRST_VERSION);
        for migration in later {
            let words = taken_away(migration.sql().unwrap_or_default());
            assert!(words.is_empty(), "V{}__{}: {words:?}", migration.version(), migration.name());
        }
        let versions: Vec<i32> = all.get_migrations().iter().map(|migration| migration.version()).collect();
        assert!(versions.iter().copied().eq(1..=versions.len() as i32), "forward, one by one: {versions:?}");
    }
}
