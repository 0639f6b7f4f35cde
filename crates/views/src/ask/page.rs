//! Lists come in pages.

use serde::Serialize;

use super::Cursor;

/// Items of a page unless told otherwise, and at most.
pub const LIMIT_DEFAULT: usize = 50;
pub const LIMIT_MAX: usize = 500;

/// Some of a list, and where the rest begins.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<Cursor>,
}

impl<T> Page<T> {
    pub const fn empty() -> Self {
        Self { items: Vec::new(), next_cursor: None }
    }
}
