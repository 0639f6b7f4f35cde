//! Running the whole product: from the lock to the last closed connection.

pub mod clock_watch;
mod connections;
mod edges;
mod figures;
mod run;
mod signals;
mod telemetry;
mod tls;
mod traces;

pub use run::{Options, run};
pub use tls::acceptor;
