//! Years of a community's calendar are published, or tried first.

use sandan_domain::policy::Command;
use sandan_domain::{CommunityId, limits};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Wish};
use crate::form::{Form, checked};
use crate::handle::once::{Done, admit};
use crate::handle::publish_policy::Published;
use crate::handle::terms::{DayInput, days};
use crate::policies::Preview;
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// All are required. What is published of a year replaces all that was known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PublishCalendar {
    pub community: Option<String>,
    pub name: Option<String>,
    pub days: Vec<DayInput>,
}

impl App {
    /// Publishes years of a calendar.
    pub async fn publish_calendar(&self, by: &Caller, input: PublishCalendar) -> Answer<Published> {
        let identity = admit(by, Action::PublishPolicy, &input)?;
        let receipt = self.once(&identity, self.calendar_new(by, &identity, &input)).await?;
        let community = input.community.unwrap_or_default().trim().to_owned();
        Ok(receipt.map(|outcome| Published { community, version: outcome.version.unwrap_or_default() }))
    }

    /// What publishing it would move, without doing so.
    pub async fn preview_calendar(&self, by: &Caller, input: &PublishCalendar) -> Result<Preview, Refusal> {
        by.permit(Action::PublishPolicy)?;
        let (community, command) = self.calendar(by, input).await?;
        self.preview(&community, command).await
    }

    async fn calendar_new(&self, by: &Caller, identity: &Identity, input: &PublishCalendar) -> Done {
        let (community, command) = self.calendar(by, input).await?;
        let wish = Wish::Policy(community.clone(), command);
        Ok(self.execute(&Order::new(by, Action::PublishPolicy, identity, community, wish)).await?)
    }

    async fn calendar(&self, by: &Caller, input: &PublishCalendar) -> Result<(CommunityId, Command), Refusal> {
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let name = form.required_line("name", input.name.as_deref(), limits::NAME);
        let days = days(&mut form, &input.days);
        form.check()?;
        let (community, name) = (checked(community)?, checked(name)?.into_string());
        Ok((community.clone(), Command::PublishCalendar { community, name, days }))
    }
}
