//! Operators' commands beside a running server, and without one.
//!
//! Every command that touches the data is an [`Operation`] with one implementation. The client takes the data
//! folder's lock and runs it itself, or, where a server has the lock, sends it through the server's socket. What
//! comes back are the same frames both ways.

mod client;
mod frame;
mod listener;
mod operation;
mod reporter;
mod socket;

pub use client::{Answer, alone, ask, is_server_running};
pub use frame::{Frame, Progress, Unit};
pub use listener::Listener;
pub use operation::Operation;
pub use reporter::Reporter;
