//! Rates as they are answered.

use sandan_views::{Rate, RatesRow};
use serde::Serialize;
use utoipa::ToSchema;

/// A share, with what it is made of.
#[derive(Serialize, ToSchema)]
#[schema(as = Rate)]
pub(super) struct RateShape {
    numerator: u64,
    denominator: u64,
    /// `null` where there is nothing to divide by.
    rate: Option<f64>,
}

impl RateShape {
    const fn of(Rate { numerator, denominator, rate }: Rate) -> Self {
        Self { numerator, denominator, rate }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = RatesOfAll)]
pub(in crate::api) struct RatesShape {
    /// Triaged within R7 ÷ filed.
    response: RateShape,
    /// Closed as solved ÷ completed.
    resolution: RateShape,
    /// First three answers ÷ valid ballots.
    satisfaction: RateShape,
    /// First completion within R8 ÷ completed.
    on_time: RateShape,
    /// Reworked at least once ÷ reviewed.
    rework: RateShape,
    /// The same without what was ruled beyond law or reason (R6b).
    without_unreasonable: WithoutUnreasonableShape,
    /// The same without ballots whose appeal was upheld (R19a).
    without_appealed: WithoutAppealedShape,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WithoutUnreasonable)]
struct WithoutUnreasonableShape {
    /// How many requests are left out.
    requests: u64,
    response: RateShape,
    resolution: RateShape,
    satisfaction: RateShape,
    on_time: RateShape,
    rework: RateShape,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WithoutAppealed)]
struct WithoutAppealedShape {
    /// How many ballots are left out.
    ballots: u64,
    satisfaction: RateShape,
}

impl RatesShape {
    pub fn of(row: &RatesRow) -> Self {
        Self {
            response: RateShape::of(row.response),
            resolution: RateShape::of(row.resolution),
            satisfaction: RateShape::of(row.satisfaction),
            on_time: RateShape::of(row.on_time),
            rework: RateShape::of(row.rework),
            without_unreasonable: WithoutUnreasonableShape {
                requests: row.without_unreasonable.requests,
                response: RateShape::of(row.without_unreasonable.response),
                resolution: RateShape::of(row.without_unreasonable.resolution),
                satisfaction: RateShape::of(row.without_unreasonable.satisfaction),
                on_time: RateShape::of(row.without_unreasonable.on_time),
                rework: RateShape::of(row.without_unreasonable.rework),
            },
            without_appealed: WithoutAppealedShape {
                ballots: row.without_appealed.ballots,
                satisfaction: RateShape::of(row.without_appealed.satisfaction),
            },
        }
    }
}

/// The rates of one group.
#[derive(Serialize, ToSchema)]
#[schema(as = RatesOfGroup)]
#[allow(dead_code)]
pub(in crate::api) struct RowShape {
    /// A unit's or grid's slug, a category's path, a channel; `null`: those without one.
    group: Option<String>,
    /// Where the group is a unit or a grid: its community.
    community: Option<String>,
    response: RateShape,
    resolution: RateShape,
    satisfaction: RateShape,
    on_time: RateShape,
    rework: RateShape,
    without_unreasonable: WithoutUnreasonableShape,
    without_appealed: WithoutAppealedShape,
}
