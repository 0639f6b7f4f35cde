//! One category, by its path.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The Chinese names from the first level down, joined by `/`, such as `城乡建设/城市建设和市政管理`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Category(String);

impl Category {
    /// Between two levels of a path.
    pub const SEPARATOR: char = '/';

    pub(super) fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name on the last level, in Chinese.
    pub fn leaf(&self) -> &str {
        self.0.rsplit(Self::SEPARATOR).next().unwrap_or(&self.0)
    }

    /// The category above; the first level has none.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once(Self::SEPARATOR).map(|(above, _)| Self::new(above))
    }

    /// The categories from the first level down to this one.
    pub fn ancestry(&self) -> impl Iterator<Item = Self> + '_ {
        let ends = self.0.match_indices(Self::SEPARATOR).map(|(end, _)| end);
        ends.chain([self.0.len()]).map(|end| Self::new(&self.0[..end]))
    }

    /// Levels from the first down, this one included.
    pub fn depth(&self) -> usize {
        self.0.split(Self::SEPARATOR).count()
    }

    /// Whether this is `ancestor` or lies below it.
    pub fn is_within(&self, ancestor: &Self) -> bool {
        self.0.strip_prefix(ancestor.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(Self::SEPARATOR))
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
