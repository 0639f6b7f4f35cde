//! The weights of two-way scoring (R23) as they are typed or read from a policy's file.

use sandan_domain::scoring::ScoreWeights;
use sandan_domain::{Flaw, InputError};
use serde::{Deserialize, Serialize};

use crate::form::Form;

/// Parts of a hundred, and the hours a year that are expected of everybody. What is left out is the standard's; the first
/// four make a hundred, and so do the next three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScoringInput {
    pub on_time: Option<i64>,
    pub satisfaction: Option<i64>,
    pub commitments: Option<i64>,
    pub hours: Option<i64>,
    pub dispatch: Option<i64>,
    pub support: Option<i64>,
    pub response: Option<i64>,
    pub target_hours: Option<i64>,
}

pub(super) fn weights(form: &mut Form, input: &ScoringInput) -> Option<ScoreWeights> {
    let standard = ScoreWeights::STANDARD;
    let (part, target) = ((0, ScoreWeights::WHOLE), (1, ScoreWeights::TARGET_HOURS_MAX));
    let mut weight = |name: &str, given: Option<i64>, standard: u32, bounds| match given {
        Some(_) => form.number(&format!("scoring.{name}"), given, bounds),
        None => Some(standard),
    };
    let on_time = weight("on_time", input.on_time, standard.on_time, part);
    let satisfaction = weight("satisfaction", input.satisfaction, standard.satisfaction, part);
    let commitments = weight("commitments", input.commitments, standard.commitments, part);
    let hours = weight("hours", input.hours, standard.hours, part);
    let dispatch = weight("dispatch", input.dispatch, standard.dispatch, part);
    let support = weight("support", input.support, standard.support, part);
    let response = weight("response", input.response, standard.response, part);
    let target_hours = weight("target_hours", input.target_hours, standard.target_hours, target);
    let weights = ScoreWeights {
        on_time: on_time?,
        satisfaction: satisfaction?,
        commitments: commitments?,
        hours: hours?,
        dispatch: dispatch?,
        support: support?,
        response: response?,
        target_hours: target_hours?,
    };
    for (field, sum) in [("scoring.hours", weights.of_units()), ("scoring.response", weights.of_community())] {
        if sum != ScoreWeights::WHOLE {
            let (whole, sum) = (ScoreWeights::WHOLE.to_string(), sum.to_string());
            form.error(field, InputError::malformed(Flaw::Weights { whole, sum }));
        }
    }
    Some(weights)
}
