//! A digest as it is described; the read models' own shape is what is sent.

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::rates::RatesOfAll;
use crate::api::requests::RowShape;

/// What a day, a week or a month brought, and how things stood at its end.
#[derive(Serialize, ToSchema)]
#[schema(as = Digest)]
#[allow(dead_code)]
pub(super) struct DigestShape {
    kind: String,
    community: Option<String>,
    /// First day.
    first: String,
    /// Last day.
    last: String,
    from: String,
    to: String,
    /// What is said is what was recorded by then.
    as_of: String,
    figures: FiguresShape,
    /// Of the period before; `open` and `overdue` are 0, since how it stood then is not asked.
    before: FiguresShape,
    rates: RatesOfAll,
    rates_before: RatesOfAll,
    /// By category of the first level.
    by_category: Vec<GroupShape>,
    by_grid: Vec<GroupShape>,
    by_unit: Vec<GroupShape>,
    by_channel: Vec<GroupShape>,
    /// Filed in the period, oldest first, at most 500.
    filed: Vec<RowShape>,
    /// Open and late at the end, at most 500.
    overdue: Vec<RowShape>,
    /// Open the longest at the end, at most 20.
    oldest: Vec<RowShape>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DigestFigures)]
#[allow(dead_code)]
struct FiguresShape {
    filed: u64,
    triaged: u64,
    dispatched: u64,
    completed: u64,
    closed: u64,
    /// Handed back so far, of the requests filed in the period.
    returns: u64,
    open: u64,
    overdue: u64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DigestGroup)]
#[allow(dead_code)]
struct GroupShape {
    /// `null`: those without one.
    group: Option<String>,
    name: Option<String>,
    community: Option<String>,
    #[serde(flatten)]
    figures: FiguresShape,
}
