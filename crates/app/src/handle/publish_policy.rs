//! A version of a community's time policy is published, or tried first.

use sandan_domain::policy::Command;
use sandan_domain::{CommunityId, InputError};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Wish};
use crate::form::{Form, checked};
use crate::handle::once::{Done, admit};
use crate::handle::terms::{TermsInput, terms};
use crate::policies::Preview;
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// `community` and a policy with a name are required.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PublishPolicy {
    pub community: Option<String>,
    /// From when it holds: an instant, or a date, whose midnight begins it. Without: from now on.
    pub from: Option<String>,
    pub policy: TermsInput,
}

/// A version was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Published {
    pub community: String,
    pub version: u32,
}

impl App {
    /// Publishes a time policy.
    pub async fn publish_policy(&self, by: &Caller, input: PublishPolicy) -> Answer<Published> {
        let identity = admit(by, Action::PublishPolicy, &input)?;
        let receipt = self.once(&identity, self.publish_new(by, &identity, &input)).await?;
        let community = input.community.unwrap_or_default().trim().to_owned();
        Ok(receipt.map(|outcome| Published { community, version: outcome.version.unwrap_or_default() }))
    }

    /// What publishing it would move, without doing so.
    pub async fn preview_policy(&self, by: &Caller, input: &PublishPolicy) -> Result<Preview, Refusal> {
        by.permit(Action::PublishPolicy)?;
        let (community, command) = self.publication(by, input).await?;
        self.preview(&community, command).await
    }

    async fn publish_new(&self, by: &Caller, identity: &Identity, input: &PublishPolicy) -> Done {
        let (community, command) = self.publication(by, input).await?;
        let wish = Wish::Policy(community.clone(), command);
        Ok(self.execute(&Order::new(by, Action::PublishPolicy, identity, community, wish)).await?)
    }

    async fn publication(&self, by: &Caller, input: &PublishPolicy) -> Result<(CommunityId, Command), Refusal> {
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let from = form.beginning("from", input.from.as_deref(), &self.0.policy);
        let terms = if input.policy == TermsInput::default() {
            form.error("policy", InputError::Missing);
            Box::default()
        } else {
            let mut part = Form::default();
            let terms = Box::new(terms(&mut part, &input.policy));
            form.part("policy", part);
            terms
        };
        form.check()?;
        let community = checked(community)?;
        Ok((community.clone(), Command::Publish { community, terms, from }))
    }
}
