//! The hotline rings up whom no channel reaches, and writes down what came of it (R18).

use sandan_domain::RequestId;
use sandan_domain::review::{CallOutcome, Command};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;

#[derive(Clone, Default, Serialize)]
pub struct Call {
    /// Who was rung up, as the call list names them; or their telephone.
    pub person: Option<String>,
    pub phone: Option<String>,
    /// `reached`, `no_answer`, `wrong_number` or `declined`; required.
    pub outcome: Option<String>,
    pub note: Option<String>,
}

impl App {
    /// Records a call of the list. A ballot that was told on the telephone is entered by itself.
    pub async fn record_call(&self, by: &Caller, id: RequestId, input: Call) -> Answer<Changed> {
        let identity = admit(by, Action::Call, &(id, &input))?;
        Ok(changed(self.once(&identity, self.call_new(by, &identity, id, &input)).await?))
    }

    async fn call_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Call) -> Done {
        let case = self.reach(by, id).await?;
        let mut form = Form::default();
        let words = CallOutcome::ALL.map(|outcome| (outcome.name(), outcome));
        let outcome = form.required_word("outcome", input.outcome.as_deref(), &words);
        let person = self.signer(&mut form, &case.signers, (input.person.as_deref(), input.phone.as_deref()));
        let note = form.reason("note", input.note.as_deref());
        form.check()?;
        let command = Command::Call { person: checked(person)?, outcome: checked(outcome)?, note };
        self.change_review(by, Action::Call, identity, (id, &case), command).await
    }
}
