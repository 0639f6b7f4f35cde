//! All tables of the files in a folder, as text.

use std::path::{Path, PathBuf};

/// The newest file of a model.
pub fn newest(folder: &Path, prefix: &str) -> PathBuf {
    let of = |entry: std::io::Result<std::fs::DirEntry>| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        name.strip_prefix(prefix)?.strip_suffix(".sqlite")?.parse::<u64>().ok()
    };
    let number = std::fs::read_dir(folder).unwrap().filter_map(of).max().unwrap();
    folder.join(format!("{prefix}{number}.sqlite"))
}

pub fn dump(folder: &Path) -> Vec<String> {
    sandan_views::dump(folder).unwrap()
}
