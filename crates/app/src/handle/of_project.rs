//! The frame of a project's commands.

use sandan_domain::project::{Command, Plan, Rejection};
use sandan_domain::request::Case;
use sandan_domain::{InputError, NoSuch, ProjectId, RequestId};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Outcome, Wish, request_stream};
use crate::form::Form;
use crate::projects::refused;
use crate::receipt::Receipt;
use crate::refusal::Refusal;

/// A project was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Planned {
    pub project: ProjectId,
}

pub(super) fn planned(id: ProjectId, receipt: Receipt<Outcome>) -> Receipt<Planned> {
    receipt.map(|_| Planned { project: id })
}

impl App {
    /// The project, which must exist and lie in the caller's scope.
    pub(super) async fn reach_project(&self, by: &Caller, id: ProjectId) -> Result<Box<Plan>, Refusal> {
        let plan = self.project(id).await.map_err(|refusal| match refusal {
            Refusal::NotFound => refused(Rejection::NotFound),
            refusal => refusal,
        })?;
        self.in_scope(by, &plan.community).await?;
        Ok(plan)
    }

    /// An order to a project that is known to exist. What it changes its requests may have to follow.
    pub(super) fn project_order(
        by: &Caller,
        action: Action,
        identity: &Identity,
        (id, plan): (ProjectId, &Plan),
        command: Command,
    ) -> Order {
        let mut order = Order::new(by, action, identity, plan.community.clone(), Wish::Project(id, command));
        order.touches = plan.requests.iter().map(|request| request_stream(*request)).collect();
        order.outcome = Outcome { project: Some(id), ..Outcome::default() };
        order
    }

    /// The request that a field names by id or number, with what is known of it.
    pub(super) async fn named_request(
        &self,
        form: &mut Form,
        field: &str,
        text: Option<&str>,
    ) -> Result<Option<(RequestId, Box<Case>)>, Refusal> {
        let Some(text) = form.required(field, text) else { return Ok(None) };
        let id = match text.trim().parse().map(RequestId) {
            Ok(id) => id,
            Err(_) => match self.by_number(text).await {
                Ok(id) => id,
                Err(Refusal::NotFound) => {
                    return Ok(form.keep(field, Err(InputError::unknown(NoSuch::request(text)))));
                }
                Err(refusal) => return Err(refusal),
            },
        };
        match self.fresh_case(id).await {
            Ok(case) => Ok(Some((id, case))),
            Err(Refusal::NotFound) => Ok(form.keep(field, Err(InputError::unknown(NoSuch::request(text))))),
            Err(refusal) => Err(refusal),
        }
    }
}
