//! 办理: whoever works on it says how far it is.

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

#[derive(Clone, Default, Serialize)]
pub struct Progress {
    /// Required.
    pub note: Option<String>,
}

impl App {
    /// Reports progress.
    pub async fn progress(&self, by: &Caller, id: RequestId, input: Progress) -> Answer<Changed> {
        let identity = admit(by, Action::Progress, &(id, &input))?;
        Ok(changed(self.once(&identity, self.progress_new(by, &identity, id, &input)).await?))
    }

    async fn progress_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Progress) -> Done {
        let case = self.reach(by, id).await?;
        let unit = self.unit_of(by)?;
        self.on_the_request(by, (id, &case), Who::Team).await?;
        let mut form = Form::default();
        let note = form.required_reason("note", input.note.as_deref());
        form.check()?;
        let command = Command::Progress { unit, note: checked(note)? };
        self.change(by, Action::Progress, identity, (id, &case), command).await
    }
}
