//! 附议: another resident joins and gets a vote in the next review (R5, R14).

use sandan_domain::request::{Applicant, Command};
use sandan_domain::{RequestId, limits};
use sandan_vault::TrackingCode;
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Outcome, Wish};
use crate::form::Form;
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// Who joins. Without a phone it is somebody new each time.
#[derive(Clone, Default, Serialize)]
pub struct CoSign {
    pub name: Option<String>,
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A resident joined, and this is their own code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    pub request: RequestId,
    pub tracking: TrackingCode,
}

impl App {
    /// Joins a request.
    pub async fn co_sign(&self, by: &Caller, id: RequestId, input: CoSign) -> Answer<Joined> {
        let identity = admit(by, Action::CoSign, &(id, &input))?;
        let receipt = self.once(&identity, self.join(by, &identity, id, &input)).await?;
        let person = receipt.outcome.person;
        let person = person.ok_or_else(|| Refusal::Failed("read what a co-signer was remembered by".to_owned()))?;
        let tracking = self.0.vault.tracking_code(id, person);
        Ok(receipt.map(|_| Joined { request: id, tracking }))
    }

    async fn join(&self, by: &Caller, identity: &Identity, id: RequestId, input: &CoSign) -> Done {
        let case = self.reach(by, id).await?;
        let mut form = Form::default();
        let name = form.line("name", input.name.as_deref(), limits::NAME);
        let phone = form.phone("phone", input.phone.as_deref());
        let email = form.email("email", input.email.as_deref());
        form.check()?;
        let person = self.person(phone.as_ref());
        let wish = Wish::Request(id, Command::CoSign(Applicant { person, name, phone, email }));
        let mut order = Order::new(by, Action::CoSign, identity, case.community.clone(), wish);
        order.actor = by.actor_as(person);
        order.rows.push(self.tracking_claim(id, person));
        order.outcome = Outcome { person: Some(person), ..Outcome::of(id) };
        Ok(self.execute(&order).await?)
    }
}
