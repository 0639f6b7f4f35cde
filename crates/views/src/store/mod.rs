//! Files of the read models: their names, their connections, and where each stands.

mod file;
mod pool;
mod progress;

pub(crate) use file::{Kind, MAIN, SEARCH, finish, forget_older, next_number, open_newest, open_to_write, path_of};
pub(crate) use pool::Pool;
pub(crate) use progress::{read_head, write_head};
