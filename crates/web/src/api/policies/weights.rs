//! The weights of two-way scoring (R23) in a policy, as they are sent and as they are shown.

use sandan_app::ScoringInput;
use sandan_domain::scoring::ScoreWeights;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Parts of a hundred; what is left out is the standard's.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PolicyScoringBody)]
pub(super) struct Body {
    on_time: Option<i64>,
    satisfaction: Option<i64>,
    commitments: Option<i64>,
    /// Makes 100 with the three above.
    hours: Option<i64>,
    dispatch: Option<i64>,
    support: Option<i64>,
    /// Makes 100 with the two above.
    response: Option<i64>,
    /// Hours a year that are expected of everybody of a unit: 1 to 8,760.
    target_hours: Option<i64>,
}

impl From<Body> for ScoringInput {
    fn from(body: Body) -> Self {
        let Body { on_time, satisfaction, commitments, hours, dispatch, support, response, target_hours } = body;
        Self { on_time, satisfaction, commitments, hours, dispatch, support, response, target_hours }
    }
}

/// Parts of a hundred.
#[derive(Serialize, ToSchema)]
#[schema(as = PolicyScoring)]
pub(in crate::api) struct WeightsShape {
    on_time: u32,
    satisfaction: u32,
    commitments: u32,
    hours: u32,
    dispatch: u32,
    support: u32,
    response: u32,
    /// Hours a year that are expected of everybody of a unit.
    target_hours: u32,
}

impl WeightsShape {
    pub const fn of(weights: &ScoreWeights) -> Self {
        let ScoreWeights { on_time, satisfaction, commitments, hours, dispatch, support, response, target_hours } =
            *weights;
        Self { on_time, satisfaction, commitments, hours, dispatch, support, response, target_hours }
    }
}
