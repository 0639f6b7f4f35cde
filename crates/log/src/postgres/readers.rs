//! A few connections for everything but appends, taken for one question each.

use std::time::{Duration, Instant};

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use tokio::time::sleep;
use tokio_postgres::config::SslMode;
use tokio_postgres::types::ToSql;
use tokio_postgres::{NoTls, Row};

use super::address::Address;
use super::{connect, fault, read, tls};
use crate::LogError;

/// Between two tries while the database is away.
const RETRY: Duration = Duration::from_millis(50);

pub(super) struct Readers {
    pool: Pool,
    patience: Duration,
}

impl Readers {
    pub fn new(address: &Address, count: usize, patience: Duration) -> Result<Self, LogError> {
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let config = address.config.clone();
        let manager = match address.config.get_ssl_mode() {
            SslMode::Disable => Manager::from_config(config, NoTls, recycling),
            _ => Manager::from_config(config, tls::connector(&address.trust)?, recycling),
        };
        let address = address.clone();
        let prepare = Hook::async_fn(move |client, _| {
            let address = address.clone();
            Box::pin(async move {
                let checked = async {
                    connect::check(client, &address).await?;
                    // A new connection may lead to another server: whether its history is another one is noticed
                    // here, though nobody appends.
                    read::look_in(client).await
                };
                checked.await.map_err(|error| HookError::message(error.to_string()))
            })
        });
        let pool = Pool::builder(manager).max_size(count.max(1)).post_create(prepare).runtime(Runtime::Tokio1);
        let pool = pool.wait_timeout(Some(patience)).create_timeout(Some(patience.max(RETRY))).build();
        Ok(Self { pool: pool.map_err(|error| LogError::Storage(error.to_string()))?, patience })
    }

    /// The rows of a question that may be asked twice: it is, while the database is away.
    pub async fn ask(&self, sql: &str, parameters: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, LogError> {
        let begun = Instant::now();
        loop {
            match self.ask_once(sql, parameters).await {
                Err(error) if fault::is_away(&error) && begun.elapsed() + RETRY < self.patience => sleep(RETRY).await,
                answer => return answer,
            }
        }
    }

    pub async fn ask_once(&self, sql: &str, parameters: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, LogError> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(sql).await?;
        Ok(client.query(&statement, parameters).await?)
    }

    /// Takes no more questions.
    pub fn close(&self) {
        self.pool.close();
    }
}
