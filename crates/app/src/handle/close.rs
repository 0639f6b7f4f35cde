//! The oversight board ends it after the third rework (R19).

use sandan_domain::RequestId;
use sandan_domain::request::Command;
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;

#[derive(Clone, Default, Serialize)]
pub struct Close {
    /// Required.
    pub reason: Option<String>,
}

impl App {
    /// Closes a request as *closed, dissatisfied*.
    pub async fn close(&self, by: &Caller, id: RequestId, input: Close) -> Answer<Changed> {
        let identity = admit(by, Action::Close, &(id, &input))?;
        Ok(changed(self.once(&identity, self.close_new(by, &identity, id, &input)).await?))
    }

    async fn close_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Close) -> Done {
        let case = self.reach(by, id).await?;
        let mut form = Form::default();
        let reason = form.required_reason("reason", input.reason.as_deref());
        form.check()?;
        let command = Command::CloseDissatisfied { reason: checked(reason)? };
        self.change(by, Action::Close, identity, (id, &case), command).await
    }
}
