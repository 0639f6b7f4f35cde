//! A stage of a project is done.

use sandan_domain::ProjectId;
use sandan_domain::project::{Command, Plan};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::of_project::{Planned, planned};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;

#[derive(Clone, Default, Serialize)]
pub struct StageDone {
    /// Counts from 1; required.
    pub stage: Option<i64>,
}

impl App {
    /// Marks a stage as done.
    pub async fn stage_done(&self, by: &Caller, id: ProjectId, input: StageDone) -> Answer<Planned> {
        let identity = admit(by, Action::RunProject, &(id, &input))?;
        Ok(planned(id, self.once(&identity, self.stage_done_new(by, &identity, id, &input)).await?))
    }

    async fn stage_done_new(&self, by: &Caller, identity: &Identity, id: ProjectId, input: &StageDone) -> Done {
        let plan = self.reach_project(by, id).await?;
        let mut form = Form::default();
        let stage = form.required_number("stage", input.stage, (1, Plan::STAGES_MAX as u32));
        form.check()?;
        let command = Command::StageDone { stage: checked(stage)? };
        let mut order = Self::project_order(by, Action::RunProject, identity, (id, &plan), command);
        order.touches.clear();
        Ok(self.execute(&order).await?)
    }
}
