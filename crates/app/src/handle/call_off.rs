//! An evaluation does not take place; its occasion can be announced anew.

use sandan_domain::evaluation::Command;
use sandan_domain::{EvaluationId, limits};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::evaluations::listed_as_called_off;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::of_evaluation::{Evaluated, evaluated};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;

#[derive(Clone, Default, Serialize)]
pub struct CallOff {
    /// Public; required.
    pub reason: Option<String>,
}

impl App {
    /// Calls an evaluation off before there is a vote.
    pub async fn call_off(&self, by: &Caller, id: EvaluationId, input: CallOff) -> Answer<Evaluated> {
        let identity = admit(by, Action::RunEvaluation, &(id, &input))?;
        Ok(evaluated(id, self.once(&identity, self.call_off_new(by, &identity, id, &input)).await?))
    }

    async fn call_off_new(&self, by: &Caller, identity: &Identity, id: EvaluationId, input: &CallOff) -> Done {
        let session = self.reach_evaluation(by, id).await?;
        let mut form = Form::default();
        let reason = form.required_lines("reason", input.reason.as_deref(), limits::REASON);
        form.check()?;
        let command = Command::CallOff { reason: checked(reason)? };
        let mut order = self.evaluation_order(by, Action::RunEvaluation, identity, (id, &session), command);
        order.rows = listed_as_called_off(&session.community, session.occasion, id).into();
        Ok(self.execute(&order).await?)
    }
}
