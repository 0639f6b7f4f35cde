//! Reads the table of categories, strictly: a wrong row is an error, never skipped.

use indexmap::IndexMap;

use super::Category;

pub(super) const HEADER: &str = "level1,level2,level3,en1,en2,en3";

/// What is wrong with a table of categories. Lines count from 1, the header included.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxonomyError {
    #[error("the first line must be \"{HEADER}\"")]
    Header,
    #[error("line {line}: a row is three Chinese and three English names")]
    Row { line: usize },
    #[error("line {line}: {name:?} is empty, has blanks around it or a sign that separates levels")]
    Name { line: usize, name: String },
    #[error("line {line}: {category} is listed twice")]
    Twice { line: usize, category: Category },
    #[error("line {line}: {category} has another English name above")]
    Names { line: usize, category: Category },
}

/// The English name of every category of every level, each parent before its children, in the table's order.
pub(super) fn read(text: &str) -> Result<IndexMap<Category, String>, TaxonomyError> {
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    if lines.next().is_none_or(|(_, line)| line != HEADER) {
        return Err(TaxonomyError::Header);
    }
    let mut names = IndexMap::new();
    for (line, row) in lines {
        add_row(&mut names, line, row)?;
    }
    Ok(names)
}

fn add_row(names: &mut IndexMap<Category, String>, line: usize, row: &str) -> Result<(), TaxonomyError> {
    let fields: Vec<&str> = row.split(',').collect();
    let [level1, level2, level3, english1, english2, english3] = fields[..] else {
        return Err(TaxonomyError::Row { line });
    };
    if let Some(name) = fields.iter().find(|name| !is_name(name)) {
        return Err(TaxonomyError::Name { line, name: (*name).to_owned() });
    }
    let first = Category::new(level1);
    let second = Category::new(format!("{level1}/{level2}"));
    let third = Category::new(format!("{level1}/{level2}/{level3}"));
    if names.contains_key(&third) {
        return Err(TaxonomyError::Twice { line, category: third });
    }
    for (category, english) in [(first, english1), (second, english2), (third, english3)] {
        if names.entry(category.clone()).or_insert_with(|| english.to_owned()) != english {
            return Err(TaxonomyError::Names { line, category });
        }
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.trim() == name && !name.contains(super::taxonomy::SEPARATORS)
}
