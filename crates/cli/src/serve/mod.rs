//! Running the whole product: from the lock to the last closed connection.

mod connections;
mod run;
mod signals;
mod telemetry;

pub use run::{Options, run};
