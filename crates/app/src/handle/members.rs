//! Whose telephones belong to a unit's staff, so that nobody votes on their own work (R14). Only a keyed hash of the
//! telephone is kept.

use sandan_domain::unit::Command;
use sandan_domain::{CommunityId, UnitId};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Wish};
use crate::form::{Form, checked};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// All but `leaves` are required.
#[derive(Clone, Default, Serialize)]
pub struct KeepMember {
    pub community: Option<String>,
    pub unit: Option<String>,
    pub phone: Option<String>,
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
        form.required("phone", input.phone.as_deref());
        let phone = form.phone("phone", input.phone.as_deref());
        form.check()?;
        let (community, unit, phone) = (checked(community)?, checked(unit)?, checked(phone)?);
        if !self.has_unit(&community, &unit).await? {
            return Err(Refusal::NotFound);
        }
        let person = self.0.vault.person_of_phone(phone.as_str());
        let leaves = input.leaves.unwrap_or(false);
        let command = if leaves { Command::RemoveMember { person } } else { Command::AddMember { person } };
        let wish = Wish::Unit(community.clone(), unit, command);
        Ok(self.execute(&Order::new(by, Action::KeepMembers, identity, community, wish)).await?)
    }
}
