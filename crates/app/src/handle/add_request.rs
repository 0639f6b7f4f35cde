//! A project serves one more request.

use sandan_domain::project::Command;
use sandan_domain::{InputError, NoSuch, ProjectId};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, request_stream};
use crate::form::{Form, checked};
use crate::handle::of_project::{Planned, planned};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;

#[derive(Clone, Default, Serialize)]
pub struct AddRequest {
    /// Id or number; required.
    pub request: Option<String>,
}

impl App {
    /// Adds a request to a project.
    pub async fn add_request(&self, by: &Caller, id: ProjectId, input: AddRequest) -> Answer<Planned> {
        let identity = admit(by, Action::RunProject, &(id, &input))?;
        Ok(planned(id, self.once(&identity, self.add_request_new(by, &identity, id, &input)).await?))
    }

    async fn add_request_new(&self, by: &Caller, identity: &Identity, id: ProjectId, input: &AddRequest) -> Done {
        let plan = self.reach_project(by, id).await?;
        let mut form = Form::default();
        let named = self.named_request(&mut form, "request", input.request.as_deref()).await?;
        if let Some((_, case)) = named.as_ref().filter(|(_, case)| case.community != plan.community) {
            form.error("request", InputError::unknown(NoSuch::elsewhere(&case.community)));
        }
        form.check()?;
        let (request, _) = checked(named)?;
        let command = Command::AddRequest { request };
        let mut order = Self::project_order(by, Action::RunProject, identity, (id, &plan), command);
        order.touches = vec![request_stream(request)];
        Ok(self.execute(&order).await?)
    }
}
