//! A resident registers for a project's review and gets a code for it (R14).

use sandan_domain::project::{Command, Plan, Registration};
use sandan_domain::{PersonId, ProjectId, limits};
use sandan_vault::TrackingCode;
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Outcome};
use crate::form::{Form, checked};
use crate::handle::once::{Done, admit};
use crate::projects::as_a_vote;
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// `name` and `phone` are required: a person is known by their telephone, and one phone registers once.
#[derive(Clone, Default, Serialize)]
pub struct Register {
    pub name: Option<String>,
    pub phone: Option<String>,
    /// Where they are invited to the vote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The unit they work for, if they do for one.
    pub works_for: Option<String>,
}

/// Somebody registered, and this is their own code: it draws a token in every round of the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    pub project: ProjectId,
    pub code: TrackingCode,
}

impl App {
    /// Registers a resident.
    pub async fn register_for(&self, by: &Caller, id: ProjectId, input: Register) -> Answer<Registered> {
        let identity = admit(by, Action::Register, &(id, &input))?;
        let receipt = self.once(&identity, self.register_for_new(by, &identity, id, &input)).await?;
        let person = receipt.outcome.person;
        let person = person.ok_or_else(|| Refusal::Failed("read what a resident was remembered by".to_owned()))?;
        let code = self.0.vault.voter_code(as_a_vote(id), person);
        Ok(receipt.map(|_| Registered { project: id, code }))
    }

    async fn register_for_new(&self, by: &Caller, identity: &Identity, id: ProjectId, input: &Register) -> Done {
        let plan = self.reach_project(by, id).await?;
        let mut form = Form::default();
        let name = form.required_line("name", input.name.as_deref(), limits::NAME);
        let phone = form.required_phone("phone", input.phone.as_deref());
        let email = form.email("email", input.email.as_deref());
        let said = self.own_unit(&mut form, &plan.community, input.works_for.as_deref()).await?;
        form.check()?;
        let phone = checked(phone)?;
        let person = self.0.vault.person_of_phone(phone.as_str());
        let works_for = self.employer(&plan.community, std::slice::from_ref(&plan.unit), person).await?.or(said);
        let is_served = self.is_served(&plan, person).await?;
        let registration = Registration { person, name, phone: Some(phone), email, works_for, is_served };
        let command = Command::Register(registration);
        let mut order = Self::project_order(by, Action::Register, identity, (id, &plan), command);
        order.touches.clear();
        order.actor = by.actor_as(person);
        order.rows.push(self.voter_claim(as_a_vote(id), person));
        order.outcome = Outcome { person: Some(person), project: Some(id), ..Outcome::default() };
        Ok(self.execute(&order).await?)
    }

    /// Somebody who registered for this project, by the code that they got for it.
    pub async fn registered_by(&self, code: &str, id: ProjectId) -> Result<PersonId, Refusal> {
        match self.volunteer_of(code).await? {
            (found, person) if found == as_a_vote(id) => Ok(person),
            _ => Err(Refusal::NotFound),
        }
    }

    /// Whether somebody filed or joined one of the requests that a project serves.
    async fn is_served(&self, plan: &Plan, person: PersonId) -> Result<bool, Refusal> {
        for request in &plan.requests {
            if self.fresh_case(*request).await?.signers.contains(&person) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
