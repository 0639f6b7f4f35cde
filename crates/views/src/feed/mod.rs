//! How records come into the tables: live from the bus, far behind or anew from the log.

mod handle;
mod open;
mod pour;
mod rebuild;
mod run;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use sandan_bus::Bus;
use sandan_domain::time::Policy;
use sandan_log::Log;
use sandan_vault::Vault;

pub(crate) use handle::Handle;
pub(crate) use open::open;
pub use rebuild::Progress;

/// Says what time it is for the rules.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the read models are made from.
#[derive(Clone)]
pub struct Parts {
    /// Holds the files; it must exist.
    pub folder: PathBuf,
    pub log: Arc<dyn Log>,
    pub bus: Arc<dyn Bus>,
    pub vault: Vault,
    /// Gives the time zone in which days begin.
    pub policy: Arc<Policy>,
    pub clock: Now,
}

/// The same, inside.
pub(crate) type Context = Parts;
