//! What may be chosen when a shared log is opened.

use std::fmt;
use std::time::Duration;

use crate::clock::{self, Clock};

/// How a [`crate::PostgresLog`] is opened. `PostgresOptions::default()` is right for a running node.
#[derive(Clone)]
pub struct PostgresOptions {
    /// Gives the times that are recorded. Leases run on the database's clock.
    pub clock: Clock,
    /// Connections for reading; more reads than that wait. Appends and the look-out have one each besides.
    pub readers: usize,
    /// How long an append or a read goes on trying while the database is away, before it fails. A failover that
    /// takes less is only a pause.
    pub patience: Duration,
    /// How often is looked for appends of other nodes, while nothing happens.
    pub look_out: Duration,
}

impl Default for PostgresOptions {
    fn default() -> Self {
        Self {
            clock: clock::wall(),
            readers: 8,
            patience: Duration::from_secs(10),
            look_out: Duration::from_millis(20),
        }
    }
}

impl fmt::Debug for PostgresOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresOptions")
            .field("readers", &self.readers)
            .field("patience", &self.patience)
            .field("look_out", &self.look_out)
            .finish_non_exhaustive()
    }
}
