//! Whose telephones belong to a unit's staff, so that nobody votes on their own work (R14). Only a keyed hash of the
//! telephone is kept.

use sandan_domain::unit::{Command, Unit};
use sandan_domain::{CommunityId, InputError, NoSuch, PersonId, UnitId};
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::cqrs::Kind;
use crate::execute::{Identity, Order, Wish, unit_stream};
use crate::form::{Form, checked, present};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// `community` and `unit` are required, and a telephone; of somebody who leaves their name on the list will do.
#[derive(Clone, Default, Serialize)]
pub struct KeepMember {
    pub community: Option<String>,
    pub unit: Option<String>,
    pub phone: Option<String>,
    /// As [`App::members`] names them.
    pub person: Option<String>,
    /// They belong to it no longer.
    pub leaves: Option<bool>,
}

/// A telephone was added to a unit's staff, or taken from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptMember {
    pub unit: String,
}

impl App {
    /// Adds a telephone to a unit's staff, or takes it away. It holds for rounds that open from now on.
    pub async fn keep_member(&self, by: &Caller, input: KeepMember) -> Answer<KeptMember> {
        let identity = admit(by, Action::KeepMembers, &input)?;
        let receipt = self.once(&identity, self.member_new(by, &identity, &input)).await?;
        let unit = input.unit.unwrap_or_default().trim().to_owned();
        Ok(receipt.map(|_| KeptMember { unit }))
    }

    async fn member_new(&self, by: &Caller, identity: &Identity, input: &KeepMember) -> Done {
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let unit: Option<UnitId> = form.required_parsed("unit", input.unit.as_deref());
        let leaves = input.leaves.unwrap_or(false);
        let person = self.member(&mut form, leaves, input);
        form.check()?;
        let (community, unit, person) = (checked(community)?, checked(unit)?, checked(person)?);
        if !self.has_unit(&community, &unit).await? {
            return Err(Refusal::NotFound);
        }
        let command = if leaves { Command::RemoveMember { person } } else { Command::AddMember { person } };
        let wish = Wish::Unit(community.clone(), unit, command);
        Ok(self.execute(&Order::new(by, Action::KeepMembers, identity, community, wish)).await?)
    }

    /// Whose telephone it is. Who leaves need not be rung up for their number: it is not kept.
    fn member(&self, form: &mut Form, leaves: bool, input: &KeepMember) -> Option<PersonId> {
        let named = present(input.person.as_deref()).filter(|_| leaves);
        if let Some(named) = named {
            let person = Uuid::try_parse(named.trim()).map(PersonId);
            return form.keep("person", person.map_err(|_| InputError::unknown(NoSuch::Listed)));
        }
        let phone = form.required_phone("phone", input.phone.as_deref())?;
        Some(self.0.vault.person_of_phone(phone.as_str()))
    }

    /// Whose telephones are known to be a unit's staff's: names that stand for keyed hashes, in no order that says
    /// anything.
    pub async fn members(&self, by: &Caller, community: &CommunityId, unit: &UnitId) -> Result<Vec<PersonId>, Refusal> {
        by.permit(Action::KeepMembers)?;
        self.in_scope(by, community).await?;
        let state = self.0.states.fresh::<Unit>(&unit_stream(community, unit)).await?.state;
        let standing = Unit::take_down(&state).and_then(|unit| unit.standing());
        Ok(standing.ok_or(Refusal::NotFound)?.members.iter().copied().collect())
    }
}
