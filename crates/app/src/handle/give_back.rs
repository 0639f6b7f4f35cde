//! 退单: a unit hands it back, with a reason and its basis (R4).

use sandan_domain::RequestId;
use sandan_domain::request::Command;
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::on_the_request::Who;
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;

/// Both are required (R4).
#[derive(Clone, Default, Serialize)]
pub struct Return {
    pub reason: Option<String>,
    pub basis: Option<String>,
}

impl App {
    /// Hands a request back.
    pub async fn give_back(&self, by: &Caller, id: RequestId, input: Return) -> Answer<Changed> {
        let identity = admit(by, Action::Return, &(id, &input))?;
        Ok(changed(self.once(&identity, self.give_back_new(by, &identity, id, &input)).await?))
    }

    async fn give_back_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Return) -> Done {
        let case = self.reach(by, id).await?;
        let unit = self.unit_of(by)?;
        self.on_the_request(by, (id, &case), Who::Lead).await?;
        let mut form = Form::default();
        let reason = form.required_reason("reason", input.reason.as_deref());
        let basis = form.required_reason("basis", input.basis.as_deref());
        form.check()?;
        let command = Command::Return { unit, reason: checked(reason)?, basis: checked(basis)? };
        self.change(by, Action::Return, identity, (id, &case), command).await
    }
}
