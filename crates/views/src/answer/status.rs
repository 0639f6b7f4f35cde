//! Where the read models stand.

use serde::Serialize;

/// The models: each has its own file and its own position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// Everything but the search.
    Main,
    /// Full text.
    Search,
}

impl Model {
    pub const ALL: [Self; 2] = [Self::Main, Self::Search];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Search => "search",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelStatus {
    pub name: &'static str,
    /// The last event in it.
    pub position: u64,
    pub generation: u32,
    /// The last event of the log.
    pub head: u64,
    pub state: Running,
    /// Number of its file.
    pub file: u64,
}

impl ModelStatus {
    /// Nothing is missing that was in the log when this was asked.
    pub fn is_caught_up(&self) -> bool {
        self.position >= self.head && !matches!(self.state, Running::Poisoned { .. })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Running {
    Running,
    /// An event could not be applied: the model stands still before it, and answers go on.
    Poisoned {
        position: u64,
        reason: String,
    },
    /// A new file is being filled beside this one.
    Rebuilding {
        position: u64,
        head: u64,
    },
}
