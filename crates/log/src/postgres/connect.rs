//! A connection as the log wants it: to a server that is new enough and takes writes, with pinned plans.

use std::future::Future;

use tokio_postgres::config::SslMode;
use tokio_postgres::{Client, NoTls};

use super::address::Address;
use super::tls;
use crate::LogError;

/// The oldest server that everything here was tested on.
const VERSION_NEEDED: u32 = 15;

/// Each question has one index that answers it; statistics must never talk the planner out of it. A server with a
/// dead client lets go of it soon, since a batch that was cut off in the middle would hold the others up.
/// Durability is not for the server's settings to give away; a stricter one than `on` stays.
const SESSION: &str = "
    SET plan_cache_mode = force_generic_plan;
    SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
    SET jit = off;
    SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 2;
    SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')";

/// Connects, and says plainly what is wrong with the server if it can't be used.
pub(super) async fn connect(address: &Address) -> Result<Client, LogError> {
    let client = dial(address).await?;
    check(&client, address).await?;
    Ok(client)
}

async fn dial(address: &Address) -> Result<Client, LogError> {
    if address.config.get_ssl_mode() == SslMode::Disable {
        let (client, connection) = address.config.connect(NoTls).await?;
        drive(connection);
        return Ok(client);
    }
    let (client, connection) = address.config.connect(tls::connector(&address.trust)?).await?;
    drive(connection);
    Ok(client)
}

/// Moves the bytes of a connection until either side ends it. Whoever waits for an answer is told how it ended.
fn drive(connection: impl Future<Output = Result<(), tokio_postgres::Error>> + Send + 'static) {
    tokio::spawn(async {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection to the database ended");
        }
    });
}

/// Refuses a server that can't be used, and sets the session up.
pub(super) async fn check(client: &Client, address: &Address) -> Result<(), LogError> {
    let sql = "SELECT current_setting('server_version_num')::integer, current_setting('server_version'),
                      pg_is_in_recovery(), current_setting('transaction_read_only') = 'on'";
    let row = client.query_one(sql, &[]).await?;
    let number: i32 = row.try_get(0)?;
    if number.unsigned_abs() / 10_000 < VERSION_NEEDED {
        return Err(LogError::TooOld { found: row.try_get(1)?, needed: VERSION_NEEDED });
    }
    if row.try_get(2)? {
        return Err(LogError::ReadOnly(format!("{} is a standby", address.shown)));
    }
    if row.try_get(3)? {
        return Err(LogError::ReadOnly(format!("{} takes no writes from this user", address.shown)));
    }
    Ok(client.batch_execute(SESSION).await?)
}
