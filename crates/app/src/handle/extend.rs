//! One extension: asked by the unit, granted by a supervisor (R11).

use sandan_domain::request::Command;
use sandan_domain::{InputError, RequestId};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::Form;
use crate::handle::on_the_request::Who;
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;

/// A unit gives both; a supervisor who grants what was asked can leave both out.
#[derive(Clone, Default, Serialize)]
pub struct Extend {
    pub reason: Option<String>,
    /// An instant, or a date: the midnight that ends it.
    pub until: Option<String>,
}

impl App {
    /// Asks for an extension, or grants it.
    pub async fn extend(&self, by: &Caller, id: RequestId, input: Extend) -> Answer<Changed> {
        let identity = admit(by, Action::Extend, &(id, &input))?;
        Ok(changed(self.once(&identity, self.extend_new(by, &identity, id, &input)).await?))
    }

    async fn extend_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Extend) -> Done {
        let case = self.reach(by, id).await?;
        self.on_the_request(by, (id, &case), Who::Lead).await?;
        let mut form = Form::default();
        let reason = form.reason("reason", input.reason.as_deref());
        let until = form.instant("until", input.until.as_deref(), &self.0.policy);
        if by.actor.unit().is_some() {
            form.required("reason", input.reason.as_deref());
            form.required("until", input.until.as_deref());
        }
        if until.is_some_and(|at| at <= self.0.clock.now()) {
            form.error("until", InputError::NotInFuture);
        }
        form.check()?;
        self.change(by, Action::Extend, identity, (id, &case), Command::Extend { reason, until }).await
    }
}
