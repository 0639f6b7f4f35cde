//! 组织筛选: the committee admits or refuses a volunteer, by number (R22).

use sandan_domain::evaluation::{Command, Rejection};
use sandan_domain::{EvaluationId, InputError};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::evaluations::refused;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::of_evaluation::{Evaluated, evaluated};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;

#[derive(Clone, Default, Serialize)]
pub struct Screen {
    /// Of the volunteer; required.
    pub number: Option<i64>,
    /// Required.
    pub admitted: Option<bool>,
    /// Of a refusal; required there.
    pub reason: Option<String>,
}

impl App {
    /// Admits or refuses a volunteer.
    pub async fn screen(&self, by: &Caller, id: EvaluationId, input: Screen) -> Answer<Evaluated> {
        let identity = admit(by, Action::RunEvaluation, &(id, &input))?;
        Ok(evaluated(id, self.once(&identity, self.screen_new(by, &identity, id, &input)).await?))
    }

    async fn screen_new(&self, by: &Caller, identity: &Identity, id: EvaluationId, input: &Screen) -> Done {
        let session = self.reach_evaluation(by, id).await?;
        let mut form = Form::default();
        let number = form.keep("number", input.number.ok_or(InputError::Missing));
        let admitted = form.keep("admitted", input.admitted.ok_or(InputError::Missing));
        let reason = form.reason("reason", input.reason.as_deref());
        form.check()?;
        let number = checked(number)?;
        let found = session.volunteers.iter().find(|(_, volunteer)| i64::from(volunteer.number) == number);
        let person = *found.ok_or_else(|| refused(Rejection::NoSuchVolunteer))?.0;
        let command = Command::Screen { person, admitted: checked(admitted)?, reason };
        self.run_evaluation(by, identity, (id, &session), command).await
    }
}
