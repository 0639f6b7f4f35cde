//! The oversight board ends a project after the third rework (R19).

use sandan_domain::ProjectId;
use sandan_domain::project::Command;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::close::Close;
use crate::handle::of_project::{Planned, planned};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;

impl App {
    /// Closes a project, and its open requests with it, as *closed, dissatisfied*. The reason is public.
    pub async fn close_project(&self, by: &Caller, id: ProjectId, input: Close) -> Answer<Planned> {
        let identity = admit(by, Action::Close, &(id, &input))?;
        Ok(planned(id, self.once(&identity, self.close_project_new(by, &identity, id, &input)).await?))
    }

    async fn close_project_new(&self, by: &Caller, identity: &Identity, id: ProjectId, input: &Close) -> Done {
        let plan = self.reach_project(by, id).await?;
        let mut form = Form::default();
        let reason = form.required_reason("reason", input.reason.as_deref());
        form.check()?;
        let command = Command::CloseDissatisfied { reason: checked(reason)? };
        Ok(self.execute(&Self::project_order(by, Action::Close, identity, (id, &plan), command)).await?)
    }
}
