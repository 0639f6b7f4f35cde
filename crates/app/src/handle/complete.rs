//! 办结: the lead says solved or why not, with a written answer to the resident (R1, R6).

use sandan_domain::request::Command;
use sandan_domain::{Flaw, InputError, RequestId, limits};
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
pub struct Complete {
    /// To the resident; required (R6).
    pub answer: Option<String>,
    /// `true` unless told otherwise.
    pub solved: Option<bool>,
    /// Required where it is not solved (R6).
    pub unsolved_reason: Option<String>,
}

impl App {
    /// Completes a request.
    pub async fn complete(&self, by: &Caller, id: RequestId, input: Complete) -> Answer<Changed> {
        let identity = admit(by, Action::Complete, &(id, &input))?;
        Ok(changed(self.once(&identity, self.complete_new(by, &identity, id, &input)).await?))
    }

    async fn complete_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Complete) -> Done {
        let case = self.reach(by, id).await?;
        let unit = self.unit_of(by)?;
        self.on_the_request(by, (id, &case), Who::Lead).await?;
        let mut form = Form::default();
        let solved = input.solved.unwrap_or(true);
        let answer = form.required_lines("answer", input.answer.as_deref(), limits::BODY);
        let unsolved_reason = match solved {
            true => form.reason("unsolved_reason", input.unsolved_reason.as_deref()),
            false => form.required_reason("unsolved_reason", input.unsolved_reason.as_deref()),
        };
        if solved && unsolved_reason.is_some() {
            form.error("unsolved_reason", InputError::malformed(Flaw::goes_with("solved: false")));
        }
        form.check()?;
        let command = Command::Complete { unit, answer: checked(answer)?, solved, unsolved_reason };
        self.change(by, Action::Complete, identity, (id, &case), command).await
    }
}
