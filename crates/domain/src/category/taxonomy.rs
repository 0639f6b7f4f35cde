//! The categories that can be chosen, and how to find one by what somebody typed.

use std::collections::HashMap;
use std::sync::LazyLock;

use indexmap::IndexMap;

use super::{Category, Language, TaxonomyError, table};

/// What may stand between two levels where somebody types a path.
pub(super) const SEPARATORS: [char; 4] = ['/', '>', '／', '＞'];

/// The national table, with English names added.
const NATIONAL: &str = include_str!("../../data/categories.csv");

/// A table of categories of three levels.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    /// English name of every category, each parent before its children.
    english: IndexMap<Category, String>,
    /// By path in either language, in lower case.
    paths: HashMap<String, Category>,
    /// By name in either language, in lower case.
    names: HashMap<String, Named>,
}

/// Who bears a name, on the highest level where it appears.
#[derive(Clone, Debug)]
enum Named {
    One(Category),
    Several { depth: usize },
}

impl Taxonomy {
    /// The national categories, three levels deep.
    pub fn national() -> &'static Self {
        static TAXONOMY: LazyLock<Taxonomy> =
            LazyLock::new(|| Taxonomy::parse(NATIONAL).expect("the categories in the program were read by a test"));
        &TAXONOMY
    }

    /// Reads a table of `level1,level2,level3,en1,en2,en3`, without quotes.
    pub fn parse(text: &str) -> Result<Self, TaxonomyError> {
        let english = table::read(text)?;
        let mut taxonomy = Self { english, paths: HashMap::new(), names: HashMap::new() };
        let categories: Vec<Category> = taxonomy.all().cloned().collect();
        for category in categories {
            taxonomy.index(category);
        }
        Ok(taxonomy)
    }

    /// Finds a category by its path or by its name, in either language and any case.
    ///
    /// Between levels stands `/` or `>`, of any width, with blanks around or not. A name alone must belong to one
    /// category of the highest level on which it appears; others are found by their path only.
    pub fn find(&self, text: &str) -> Option<Category> {
        let key = text.split(SEPARATORS).map(|name| key(name.trim())).collect::<Vec<_>>().join("/");
        if let Some(category) = self.paths.get(&key) {
            return Some(category.clone());
        }
        match self.names.get(&key)? {
            Named::One(category) => Some(category.clone()),
            Named::Several { .. } => None,
        }
    }

    /// The name on the last level. A category that is no longer listed goes by its Chinese name.
    pub fn name(&self, category: &Category, language: Language) -> String {
        let english = || self.english.get(category).map(String::as_str);
        let name = match language {
            Language::Zh => None,
            Language::En => english(),
        };
        name.unwrap_or_else(|| category.leaf()).to_owned()
    }

    /// The names from the first level down, for people to read; [`Self::find`] understands it.
    pub fn path_name(&self, category: &Category, language: Language) -> String {
        self.path(category, language).join(" / ")
    }

    /// The categories directly below, or the first level; in the table's order.
    pub fn children(&self, parent: Option<&Category>) -> Vec<Category> {
        self.all().filter(|category| category.parent().as_ref() == parent).cloned().collect()
    }

    /// Whether the category can be chosen.
    pub fn has(&self, category: &Category) -> bool {
        self.english.contains_key(category)
    }

    /// Every category of every level, each parent before its children.
    pub fn all(&self) -> impl Iterator<Item = &Category> {
        self.english.keys()
    }

    fn path(&self, category: &Category, language: Language) -> Vec<String> {
        category.ancestry().map(|ancestor| self.name(&ancestor, language)).collect()
    }

    fn index(&mut self, category: Category) {
        for language in [Language::Zh, Language::En] {
            let path = key(&self.path(&category, language).join("/"));
            self.paths.insert(path, category.clone());
            let name = key(&self.name(&category, language));
            self.index_name(name, &category);
        }
    }

    fn index_name(&mut self, name: String, category: &Category) {
        let depth = category.depth();
        let named = match self.names.remove(&name) {
            None => Named::One(category.clone()),
            Some(named) if named.depth() < depth => named,
            Some(named) if named.depth() == depth => Named::Several { depth },
            Some(_) => Named::One(category.clone()),
        };
        self.names.insert(name, named);
    }
}

impl Named {
    fn depth(&self) -> usize {
        match self {
            Self::One(category) => category.depth(),
            Self::Several { depth } => *depth,
        }
    }
}

fn key(name: &str) -> String {
    name.to_lowercase()
}
