//! 挂起: the clock stands still, with a reason and a review date (R11).

use sandan_domain::request::Command;
use sandan_domain::{InputError, RequestId};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;

/// Both are required (R11).
#[derive(Clone, Default, Serialize)]
pub struct Suspend {
    pub reason: Option<String>,
    /// An instant, or a date: the midnight that ends it.
    pub review_on: Option<String>,
}

impl App {
    /// Suspends a request.
    pub async fn suspend(&self, by: &Caller, id: RequestId, input: Suspend) -> Answer<Changed> {
        let identity = admit(by, Action::Suspend, &(id, &input))?;
        Ok(changed(self.once(&identity, self.suspend_new(by, &identity, id, &input)).await?))
    }

    async fn suspend_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Suspend) -> Done {
        let case = self.reach(by, id).await?;
        let mut form = Form::default();
        let reason = form.required_reason("reason", input.reason.as_deref());
        form.required("review_on", input.review_on.as_deref());
        let review_on = form.instant("review_on", input.review_on.as_deref(), &self.0.policy);
        if review_on.is_some_and(|at| at <= self.0.clock.now()) {
            form.error("review_on", InputError::NotInFuture);
        }
        form.check()?;
        let command = Command::Suspend { reason: checked(reason)?, review_on: checked(review_on)? };
        self.change(by, Action::Suspend, identity, (id, &case), command).await
    }
}
