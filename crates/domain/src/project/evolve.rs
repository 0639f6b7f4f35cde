//! What each event makes of a project. Total: whatever is in the log can be applied.

use crate::project::event::{Event, Opened, PlannedStage};
use crate::project::state::{Phase, Plan, Project, Stage};

pub(super) fn evolve(state: &mut Project, event: &Event) {
    match (state, event) {
        (state, Event::Opened(opened)) => *state = Project::Opened(Box::new(open(opened))),
        (Project::Opened(plan), event) => go_on(plan, event),
        (Project::Absent, _) => {}
    }
}

fn open(opened: &Opened) -> Plan {
    let Opened { community, name, title, responsible, unit, requests, stages } = opened.clone();
    let stage = |PlannedStage { name, due }| Stage { name, due, done: None };
    Plan {
        community,
        name,
        title,
        responsible,
        unit,
        requests,
        stages: stages.into_iter().map(stage).collect(),
        registered: Default::default(),
        round: 1,
        answer: None,
        reviews: Vec::new(),
        phase: Phase::Working,
        closed_because: None,
    }
}

fn go_on(plan: &mut Plan, event: &Event) {
    match event {
        Event::Opened(_) => {}
        Event::RequestAdded(added) => plan.requests.push(added.request),
        Event::StageDone(done) => {
            let nth = usize::try_from(done.stage).unwrap_or(usize::MAX);
            if let Some(stage) = nth.checked_sub(1).and_then(|nth| plan.stages.get_mut(nth)) {
                stage.done = Some(done.at);
            }
        }
        Event::Registered(registered) => _ = plan.registered.insert(registered.person),
        Event::Finished(finished) => {
            plan.answer = Some(finished.answer.clone());
            plan.reviews.push(finished.evaluation);
            plan.phase = Phase::InReview;
        }
        Event::ReworkOrdered(ordered) => {
            plan.round = ordered.round;
            plan.phase = Phase::Rework(ordered.due.clone());
        }
        Event::Closed(closed) => {
            plan.phase = Phase::Closed(closed.closing);
            plan.closed_because = closed.reason.clone();
        }
    }
}
