//! A request's due time, opened: by the policy that it was worked out by.

use std::sync::Arc;

use jiff::Timestamp;
use sandan_domain::policy::Force;
use sandan_domain::request::{Case, Request, ServiceRequest};
use sandan_domain::time::{Due, Explanation, Policy};
use sandan_domain::{CommunityId, Decider, RequestId};
use serde::Serialize;

use crate::app::App;
use crate::refusal::Refusal;

/// Where the clock is with respect to the due time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Running,
    /// It stands still; the due time is as of then (R11).
    Suspended,
    /// Work is done, or the request has ended: it is the one that ran last.
    Over,
}

/// The due time with its explanation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DueExplained {
    pub community: CommunityId,
    pub due: Due,
    pub standing: Standing,
    pub suspended_since: Option<Timestamp>,
    /// The limit has passed, and that was said (R10).
    pub overdue: bool,
    /// `None`: an older program did not write down what it follows from.
    pub explanation: Option<Explanation>,
}

impl App {
    /// Opens the due time of a request.
    pub async fn explain(&self, id: RequestId) -> Result<DueExplained, Refusal> {
        let state = self.request(id).await?;
        let ServiceRequest::Filed(case) = &*state else { return Err(Refusal::NotFound) };
        let now = self.0.clock.now();
        let policy = self.policy_of(&case.community, now).await?;
        let by_now = case.explain(&policy).filter(|told| told.due_at == case.due.at);
        let explanation = match by_now {
            Some(told) => Some(case.stopped(told, now, &policy)),
            None => self.as_it_was_set(id).await?.map(|(told, policy)| case.stopped(told, now, &policy)),
        };
        Ok(DueExplained {
            community: case.community.clone(),
            due: case.due.clone(),
            standing: standing(case),
            suspended_since: case.stands_since(),
            overdue: case.overdue,
            explanation,
        })
    }

    /// What has passed is not worked out anew: it is told by what held when it was set.
    async fn as_it_was_set(&self, id: RequestId) -> Result<Option<(Explanation, Arc<Policy>)>, Refusal> {
        let (mut state, mut set) = (ServiceRequest::Absent, None);
        self.each_event(id, |event, at| {
            let before = due_of(&state).cloned();
            Request::evolve(&mut state, event);
            if due_of(&state) != before.as_ref() {
                set = Some((state.clone(), at));
            }
        })
        .await?;
        let Some((ServiceRequest::Filed(case), at)) = set else { return Ok(None) };
        let Force { policy, .. } = self.force(&case.community, at, None).await?;
        Ok(case.explain(&policy).filter(|told| told.due_at == case.due.at).map(|told| (told, policy)))
    }
}

fn due_of(state: &ServiceRequest) -> Option<&Due> {
    match state {
        ServiceRequest::Filed(case) => Some(&case.due),
        ServiceRequest::Absent => None,
    }
}

fn standing(case: &Case) -> Standing {
    if case.stands_since().is_some() {
        Standing::Suspended
    } else if case.stage.clock_runs() {
        Standing::Running
    } else {
        Standing::Over
    }
}
