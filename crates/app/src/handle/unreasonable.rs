//! A unit proposes that a request is beyond law or reason; somebody independent decides (R6b).

use sandan_domain::request::Command;
use sandan_domain::{InputError, RequestId};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::on_the_request::Who;
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;

/// Both are required.
#[derive(Clone, Default, Serialize)]
pub struct ProposeUnreasonable {
    pub reason: Option<String>,
    /// The law or the rule.
    pub basis: Option<String>,
}

/// Both are required.
#[derive(Clone, Default, Serialize)]
pub struct DecideUnreasonable {
    pub upheld: Option<bool>,
    pub reason: Option<String>,
}

impl App {
    /// Proposes it. The request goes on being worked on.
    pub async fn propose_unreasonable(
        &self,
        by: &Caller,
        id: RequestId,
        input: ProposeUnreasonable,
    ) -> Answer<Changed> {
        let identity = admit(by, Action::ProposeUnreasonable, &(id, &input))?;
        Ok(changed(self.once(&identity, self.propose_new(by, &identity, id, &input)).await?))
    }

    /// Decides it.
    pub async fn decide_unreasonable(&self, by: &Caller, id: RequestId, input: DecideUnreasonable) -> Answer<Changed> {
        let identity = admit(by, Action::DecideUnreasonable, &(id, &input))?;
        Ok(changed(self.once(&identity, self.decide_new(by, &identity, id, &input)).await?))
    }

    async fn propose_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &ProposeUnreasonable) -> Done {
        let case = self.reach(by, id).await?;
        let unit = self.unit_of(by)?;
        self.on_the_request(by, (id, &case), Who::Lead).await?;
        let mut form = Form::default();
        let reason = form.required_reason("reason", input.reason.as_deref());
        let basis = form.required_reason("basis", input.basis.as_deref());
        form.check()?;
        let command = Command::ProposeUnreasonable { unit, reason: checked(reason)?, basis: checked(basis)? };
        self.change(by, Action::ProposeUnreasonable, identity, (id, &case), command).await
    }

    async fn decide_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &DecideUnreasonable) -> Done {
        let case = self.reach(by, id).await?;
        let mut form = Form::default();
        let upheld = form.keep("upheld", input.upheld.ok_or(InputError::Missing));
        let reason = form.required_reason("reason", input.reason.as_deref());
        form.check()?;
        let command = Command::DecideUnreasonable { upheld: checked(upheld)?, reason: checked(reason)? };
        self.change(by, Action::DecideUnreasonable, identity, (id, &case), command).await
    }
}
