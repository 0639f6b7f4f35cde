//! The weights of two-way scoring (R23) as they are typed or read from a policy's file.

use sandan_domain::InputError;
use sandan_domain::scoring::ScoreWeights;
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
    let parts = (0, ScoreWeights::WHOLE);
    let on_time = within(form, "on_time", input.on_time, standard.on_time, parts);
    let satisfaction = within(form, "satisfaction", input.satisfaction, standard.satisfaction, parts);
    let commitments = within(form, "commitments", input.commitments, standard.commitments, parts);
    let hours = within(form, "hours", input.hours, standard.hours, parts);
    let dispatch = within(form, "dispatch", input.dispatch, standard.dispatch, parts);
    let support = within(form, "support", input.support, standard.support, parts);
    let response = within(form, "response", input.response, standard.response, parts);
    let target = (1, ScoreWeights::TARGET_HOURS_MAX);
    let target_hours = within(form, "target_hours", input.target_hours, standard.target_hours, target);
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
            let error = format!("must make {} with the others of its score; they make {sum}", ScoreWeights::WHOLE);
            form.error(field, InputError::Malformed(error));
        }
    }
    Some(weights)
}

fn within(form: &mut Form, name: &str, given: Option<i64>, standard: u32, (min, max): (u32, u32)) -> Option<u32> {
    let Some(given) = given else { return Some(standard) };
    let fits = u32::try_from(given).ok().filter(|given| (min..=max).contains(given));
    form.keep(&format!("scoring.{name}"), fits.ok_or(InputError::OutOfRange { min: min.into(), max: max.into() }))
}
