//! NATS JetStream as the bus: a relay fills the stream from the log, and nodes hear from it what others wrote.
//!
//! The log stays the truth. NATS acknowledges before it is sure, can lose what it acknowledged, and can be down: all of
//! that is noticed by position, generation and hash, and answered from the log.

mod agree;
mod bus;
mod connection;
mod error;
mod message;
mod options;
mod read_back;
mod relay;
mod status;
pub(crate) mod stream;
mod trace;

pub use bus::NatsBus;
pub use connection::Connection;
pub use error::NatsError;
pub use message::{EventMessage, NotAnEvent, SUBJECTS, decode, encode};
pub use options::{NatsOptions, STREAM};
pub use read_back::read_back;
pub use relay::Relay;
pub use status::{NatsStatus, status};
pub use stream::Stored;
