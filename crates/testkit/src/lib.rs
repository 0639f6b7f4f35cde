//! A running program in one line, the people of a story in front of it, and a browser to look at it.

mod account;
mod binary;
mod browser;
mod driver;
mod people;
mod window;

pub use account::Account;
pub use binary::{Sandan, binary, command};
pub use browser::{Browser, Screen, without_browser};
pub use people::{Answer, Person};
