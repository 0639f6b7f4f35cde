//! 自愿报名: a resident signs up for an evaluation and gets a code for it (R22).

use sandan_domain::evaluation::{Command, SignUp};
use sandan_domain::{EvaluationId, limits};
use sandan_vault::TrackingCode;
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Outcome};
use crate::form::{Form, checked};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// `name` and `phone` are required: a person is known by their telephone, and one phone signs up once.
#[derive(Clone, Default, Serialize)]
pub struct Volunteer {
    pub name: Option<String>,
    pub phone: Option<String>,
    /// Where they are invited to the vote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The unit they work for, if one is rated that they do.
    pub works_for: Option<String>,
}

/// Somebody signed up, and this is their own code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volunteered {
    pub evaluation: EvaluationId,
    pub code: TrackingCode,
    pub number: u32,
}

impl App {
    /// Signs a resident up.
    pub async fn sign_up(&self, by: &Caller, id: EvaluationId, input: Volunteer) -> Answer<Volunteered> {
        let identity = admit(by, Action::Volunteer, &(id, &input))?;
        let receipt = self.once(&identity, self.sign_up_new(by, &identity, id, &input)).await?;
        let person = receipt.outcome.person;
        let person = person.ok_or_else(|| Refusal::Failed("read what a volunteer was remembered by".to_owned()))?;
        let code = self.0.vault.voter_code(id, person);
        let number = self.evaluation(id).await?.volunteers.get(&person).map_or(0, |volunteer| volunteer.number);
        Ok(receipt.map(|_| Volunteered { evaluation: id, code, number }))
    }

    async fn sign_up_new(&self, by: &Caller, identity: &Identity, id: EvaluationId, input: &Volunteer) -> Done {
        let session = self.reach_evaluation(by, id).await?;
        let mut form = Form::default();
        let name = form.required_line("name", input.name.as_deref(), limits::NAME);
        let phone = form.required_phone("phone", input.phone.as_deref());
        let email = form.email("email", input.email.as_deref());
        let said = self.own_unit(&mut form, &session.community, input.works_for.as_deref()).await?;
        form.check()?;
        let phone = checked(phone)?;
        let person = self.0.vault.person_of_phone(phone.as_str());
        let works_for = self.employer(&session.community, &session.units(), person).await?.or(said).map(|unit| unit.0);
        let command = Command::Volunteer(SignUp { person, name, phone: Some(phone), email, works_for });
        let mut order = self.evaluation_order(by, Action::Volunteer, identity, (id, &session), command);
        order.actor = by.actor_as(person);
        order.rows.push(self.voter_claim(id, person));
        order.outcome = Outcome { person: Some(person), evaluation: Some(id), ..Outcome::default() };
        Ok(self.execute(&order).await?)
    }
}
