//! 审定: after the second return the committee rules, and the ruling binds (R4).

use sandan_domain::RequestId;
use sandan_domain::request::Command;
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, present};
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;

#[derive(Clone, Default, Serialize)]
pub struct Rule {
    /// With a unit the ruling dispatches to it at once.
    pub unit: Option<String>,
    pub reason: Option<String>,
}

impl App {
    /// Rules on a request that was returned twice.
    pub async fn rule(&self, by: &Caller, id: RequestId, input: Rule) -> Answer<Changed> {
        let identity = admit(by, Action::Rule, &(id, &input))?;
        Ok(changed(self.once(&identity, self.rule_new(by, &identity, id, &input)).await?))
    }

    async fn rule_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Rule) -> Done {
        let case = self.reach(by, id).await?;
        let mut form = Form::default();
        let unit = match present(input.unit.as_deref()) {
            Some(name) => self.unit_named(&mut form, "unit", Some(&case.community), Some(name)).await?,
            None => None,
        };
        let reason = form.reason("reason", input.reason.as_deref());
        form.check()?;
        self.change(by, Action::Rule, identity, (id, &case), Command::Rule { unit, reason }).await
    }
}
