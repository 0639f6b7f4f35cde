//! Running the whole product: from the lock to the last closed connection.

pub mod clock_watch;
mod connections;
mod edges;
mod run;
mod signals;
mod telemetry;
mod tls;

pub use run::{Options, run};
pub use tls::acceptor;
