//! A running program in one line, the people of a story in front of it, and a browser to look at it.

mod binary;
mod browser;
mod people;

pub use binary::{Sandan, binary, command};
pub use browser::{Browser, Screen, without_browser};
pub use people::{Answer, Person};
