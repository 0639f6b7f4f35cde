//! Who had a request, and for how long.

/// The stretches, and what each hand adds up to.
#[derive(Clone, Debug)]
pub struct HandsTale {
    pub rows: Vec<HandRow>,
    pub totals: Vec<HandsSum>,
    pub total: HandsSum,
}

#[derive(Clone, Debug)]
pub struct HandRow {
    pub who: String,
    /// In what capacity.
    pub role: String,
    pub from: String,
    pub to: String,
    pub hours: String,
    pub working: String,
}

#[derive(Clone, Debug)]
pub struct HandsSum {
    pub who: String,
    pub hours: String,
    pub working: String,
}
