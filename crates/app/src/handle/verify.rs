//! 核查: somebody other than the handler confirms on site (R6a).

use sandan_domain::RequestId;
use sandan_domain::request::Command;
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::Form;
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;

#[derive(Clone, Default, Serialize)]
pub struct Verify {
    /// `true` unless told otherwise.
    pub confirmed: Option<bool>,
    pub note: Option<String>,
}

impl App {
    /// Confirms finished work, or sends it back.
    pub async fn verify(&self, by: &Caller, id: RequestId, input: Verify) -> Answer<Changed> {
        let identity = admit(by, Action::Verify, &(id, &input))?;
        Ok(changed(self.once(&identity, self.verify_new(by, &identity, id, &input)).await?))
    }

    async fn verify_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Verify) -> Done {
        let case = self.reach(by, id).await?;
        self.not_own_work(by, (id, &case)).await?;
        let mut form = Form::default();
        let note = form.reason("note", input.note.as_deref());
        form.check()?;
        let command = Command::Verify { confirmed: input.confirmed.unwrap_or(true), note };
        self.change(by, Action::Verify, identity, (id, &case), command).await
    }
}
