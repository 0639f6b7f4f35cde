//! The resident who filed takes it back, before completion.

use sandan_domain::RequestId;
use sandan_domain::request::Command;
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Wish};
use crate::form::Form;
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;
use crate::refusal::Refusal;

#[derive(Clone, Default, Serialize)]
pub struct Withdraw {
    pub tracking_code: Option<String>,
    pub reason: Option<String>,
}

impl App {
    /// Withdraws a request. A co-signer's code opens it, but only the filer's withdraws it.
    pub async fn withdraw(&self, by: &Caller, id: RequestId, input: Withdraw) -> Answer<Changed> {
        let identity = admit(by, Action::Withdraw, &(id, &input))?;
        Ok(changed(self.once(&identity, self.withdraw_new(by, &identity, id, &input)).await?))
    }

    async fn withdraw_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Withdraw) -> Done {
        let person = self.holder(input.tracking_code.as_deref().unwrap_or_default(), id).await?;
        let case = self.reach(by, id).await?;
        if person != case.filer {
            return Err(Refusal::forbidden("only who filed the request can withdraw it"));
        }
        let mut form = Form::default();
        let reason = form.reason("reason", input.reason.as_deref());
        form.check()?;
        let wish = Wish::Request(id, Command::Withdraw { reason });
        let mut order = Order::new(by, Action::Withdraw, identity, case.community.clone(), wish);
        order.actor = by.actor_as(person);
        Ok(self.execute(&order).await?)
    }
}
