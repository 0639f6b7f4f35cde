//! What an operator wants to know of the database server.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

use super::address::Address;
use super::{connect, decode};
use crate::LogError;

/// The server as it answered just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// Host and database.
    pub server: String,
    pub version: String,
    pub user: String,
    /// Whether the user may make the schema, or owns it.
    pub may_migrate: bool,
    /// What the server does by itself for durability; the log asks for it in its own sessions, but for `fsync` and
    /// `full_page_writes`.
    pub fsync: bool,
    pub full_page_writes: bool,
    pub synchronous_commit: String,
    /// Servers that follow, and those of them without which nothing is committed.
    pub standbys: u64,
    pub synchronous_standbys: u64,
    /// Connections in use on the server, and how many it takes.
    pub connections: u64,
    pub connections_max: u64,
    /// How far its clock is ahead of this machine's.
    pub ahead: SignedDuration,
}

pub(super) async fn inspect(url: &str) -> Result<Inspection, LogError> {
    let address = Address::parse(url)?;
    let client = connect::connect(&address).await?;
    let sql = "SELECT current_setting('server_version'), current_user::text,
                      coalesce(has_schema_privilege(to_regnamespace('sandan')::oid, 'CREATE'),
                               has_database_privilege(current_database(), 'CREATE')),
                      current_setting('fsync') = 'on', current_setting('full_page_writes') = 'on',
                      current_setting('synchronous_commit'),
                      (SELECT count(*) FROM pg_stat_replication),
                      (SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')),
                      (SELECT sum(numbackends) FROM pg_stat_database)::bigint,
                      current_setting('max_connections')::bigint,
                      (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
    let (asked, before) = (Instant::now(), Timestamp::now());
    let row = client.query_one(sql, &[]).await?;
    // It read its clock about in the middle.
    let way = SignedDuration::try_from(asked.elapsed() / 2).unwrap_or(SignedDuration::ZERO);
    let there = decode::micros(0, row.try_get(10)?)?;
    let ahead = there.duration_since(before).saturating_sub(way);
    Ok(Inspection {
        server: address.shown,
        version: row.try_get(0)?,
        user: row.try_get(1)?,
        may_migrate: row.try_get(2)?,
        fsync: row.try_get(3)?,
        full_page_writes: row.try_get(4)?,
        synchronous_commit: row.try_get(5)?,
        standbys: decode::unsigned(row.try_get::<_, i64>(6)?)?,
        synchronous_standbys: decode::unsigned(row.try_get::<_, i64>(7)?)?,
        connections: decode::unsigned(row.try_get::<_, i64>(8)?)?,
        connections_max: decode::unsigned(row.try_get::<_, i64>(9)?)?,
        ahead,
    })
}
