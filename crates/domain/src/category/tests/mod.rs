//! Tests of the taxonomy: the table in the program, finding in it, and any table.

mod find;
mod national;
mod node;
mod table;

use super::{Category, Taxonomy};

/// The category with this path, listed or not.
fn category(path: &str) -> Category {
    Category::new(path)
}

fn national() -> &'static Taxonomy {
    Taxonomy::national()
}
