//! A project is opened: which requests it serves, in which stages, and who answers for it (R29).

use std::collections::BTreeSet;

use crate::project::command::{Opening, StageInput};
use crate::project::decide::Decision;
use crate::project::event::{Event, Opened, PlannedStage};
use crate::project::rejection::Rejection;
use crate::project::state::Plan;

pub(super) fn decide(opening: Opening) -> Decision {
    let Opening { community, name, title, responsible, unit, requests, stages } = opening;
    let distinct: BTreeSet<_> = requests.iter().collect();
    if requests.is_empty() || requests.len() > Plan::REQUESTS_MAX || distinct.len() < requests.len() {
        return Err(Rejection::Requests { max: Plan::REQUESTS_MAX });
    }
    if stages.is_empty() || stages.len() > Plan::STAGES_MAX {
        return Err(Rejection::Stages { max: Plan::STAGES_MAX });
    }
    let stage = |StageInput { name, due }| PlannedStage { name: name.into_string(), due };
    let stages = stages.into_iter().map(stage).collect();
    let (title, responsible) = (title.into_string(), responsible.into_string());
    Ok(vec![Event::Opened(Opened { community, name, title, responsible, unit, requests, stages })])
}
