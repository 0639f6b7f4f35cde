//! A node's read models against a fresh fold of the log: the same rows, no more and no fewer.

use std::collections::HashMap;

use super::Found;
use super::promise::TABLES;

/// Longer rows are cut where they are shown.
const SHOWN_CHARACTERS: usize = 300;

pub(super) fn check(node: &str, tables: &[String], fresh: &[String], found: &mut Found) {
    let mut rows: HashMap<&str, i64> = HashMap::new();
    for row in fresh {
        *rows.entry(row).or_default() += 1;
    }
    for row in tables {
        *rows.entry(row).or_default() -= 1;
    }
    let mut different: Vec<_> = rows.into_iter().filter(|(_, count)| *count != 0).collect();
    different.sort_unstable();
    for (row, count) in different {
        let which = if count > 0 { "lacks" } else { "has alone" };
        let shown: String = row.chars().take(SHOWN_CHARACTERS).collect();
        found.add(TABLES, format!("{node} {which} {shown}"));
    }
}
