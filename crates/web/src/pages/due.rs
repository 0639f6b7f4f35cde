//! Why a request is due when it is, line by line.

/// The due time, opened.
#[derive(Clone, Debug)]
pub struct DueTale {
    /// Which rule grants how much.
    pub rule: String,
    /// By which policy and which calendar.
    pub sources: String,
    pub rows: Vec<DueRow>,
    /// The clock stands still, or a year's holidays are not known.
    pub notes: Vec<String>,
}

/// A stretch of time.
#[derive(Clone, Debug)]
pub struct DueRow {
    pub from: String,
    pub to: String,
    pub why: String,
    /// What it adds to the limit; a dash where it does not count.
    pub counts: String,
    pub counted: bool,
}
