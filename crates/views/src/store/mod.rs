//! Files of the read models: their names, their connections, and where each stands.

mod copy;
mod dump;
mod file;
mod pool;
mod progress;

pub(crate) use copy::{Scratch, copy, is_begun};
pub use dump::dump;
pub(crate) use file::{
    Kind, MAIN, SEARCH, create, create_to_build, finish, forget_older, next_number, open_known, open_newest, path_of,
    remove_half_built,
};
pub(crate) use pool::Pool;
pub(crate) use progress::{read_head, write_head};
