//! A running program in one line, the people of a story in front of it, a browser to look at it, and a Postgres
//! behind it.

mod account;
mod binary;
mod browser;
mod driver;
mod nats;
mod old;
mod people;
mod postgres;
mod s3;
mod tools;
mod window;

pub use account::Account;
pub use binary::{Sandan, binary, command};
pub use browser::{Browser, Screen, without_browser};
pub use nats::Nats;
pub use old::OldServer;
pub use people::{Answer, Person};
pub use postgres::Postgres;
pub use s3::S3;
pub use tools::{free_port, tool};
