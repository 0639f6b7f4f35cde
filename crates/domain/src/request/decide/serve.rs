//! A project serves it, and it closes with the project (R29). The clock runs on meanwhile, unless a supervisor suspends
//! it: being part of something larger is no excuse by itself.

use crate::ids::ProjectId;
use crate::request::decide::Decision;
use crate::request::event::{Closed, Closing, Event, Served};
use crate::request::rejection::Rejection;
use crate::request::state::Case;

/// One project at a time, and before it is completed: after that its own review decides.
pub(super) fn serve(case: &Case, project: ProjectId) -> Decision {
    if case.project.is_some() {
        return Err(Rejection::ServedByAnother);
    }
    if !case.stage.is_before_completion() {
        return Err(Rejection::TooLateToServe { state: case.stage.name() });
    }
    Ok(vec![Event::Served(Served { project })])
}

/// What was completed by itself has its own review, and what ended has ended: both are left alone. No ballot of the
/// project's review counts as one of this request's.
pub(super) fn close(case: &Case, project: ProjectId, closing: Closing) -> Vec<Event> {
    if case.project != Some(project) || !case.stage.is_before_completion() {
        return Vec::new();
    }
    vec![Event::Closed(Closed { closing, reason: None, project: Some(project) })]
}
