//! Running the whole product: from the lock to the last closed connection.

pub mod clock_watch;
mod connections;
mod edges;
mod figures;
mod key_watch;
mod run;
mod signals;
mod snapshots;
mod telemetry;
mod tls;
mod traces;

pub use run::{Options, run};
pub use tls::acceptor;
