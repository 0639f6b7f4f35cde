//! A ballot on paper or by telephone, written down by the hotline or the committee, and marked so (R14, R2).

use sandan_domain::review::{Command, Via};
use sandan_domain::{Flaw, InputError, NoSuch, PersonId, RequestId};
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked, present};
use crate::handle::once::{Changed, Done, admit, changed};
use crate::handle::rate::{Rate, vote};
use crate::receipt::Answer;

const VIAS: [(&str, Via); 2] = [("phone", Via::Phone), ("paper", Via::Paper)];

/// Whose it is: a signer of the request, by their id or by the telephone that they joined with.
#[derive(Clone, Default, Serialize)]
pub struct EnterBallot {
    pub person: Option<String>,
    pub phone: Option<String>,
    /// `phone` or `paper`; required.
    pub via: Option<String>,
    /// The rest as a resident casts it.
    pub ballot: Rate,
}

impl App {
    /// Enters a ballot for a resident who is named. It does not take the place of one that they cast themselves.
    pub async fn enter_ballot(&self, by: &Caller, id: RequestId, input: EnterBallot) -> Answer<Changed> {
        let identity = admit(by, Action::EnterBallot, &(id, &input))?;
        Ok(changed(self.once(&identity, self.enter_new(by, &identity, id, &input)).await?))
    }

    async fn enter_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &EnterBallot) -> Done {
        let case = self.reach(by, id).await?;
        let mut form = Form::default();
        let via = form.required_word("via", input.via.as_deref(), &VIAS);
        let person = self.signer(&mut form, &case.signers, (input.person.as_deref(), input.phone.as_deref()));
        // What is missing is told together with what is wrong of the ballot.
        let unknown = PersonId(Uuid::nil());
        let vote = vote(form, &input.ballot, (person.unwrap_or(unknown), via.unwrap_or_default()))?;
        checked(person)?;
        self.change_review(by, Action::EnterBallot, identity, (id, &case), Command::Rate(vote)).await
    }

    /// The resident of a request that an id or a telephone names.
    pub(super) fn signer(
        &self,
        form: &mut Form,
        signers: &[PersonId],
        (person, phone): (Option<&str>, Option<&str>),
    ) -> Option<PersonId> {
        let (field, found) = match (present(person), present(phone)) {
            (Some(id), None) => ("person", Uuid::try_parse(id.trim()).ok().map(PersonId)),
            (None, Some(_)) => {
                let phone = form.phone("phone", phone)?;
                ("phone", Some(self.0.vault.person_of_phone(phone.as_str())))
            }
            (None, None) => {
                form.error("person", InputError::Missing);
                return None;
            }
            (Some(_), Some(_)) => {
                form.error("phone", InputError::malformed(Flaw::PersonAndPhone));
                return None;
            }
        };
        let found = found.filter(|person| signers.contains(person));
        if found.is_none() {
            form.error(field, InputError::unknown(NoSuch::Requester));
        }
        found
    }
}
