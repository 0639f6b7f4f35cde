//! The frame of the commands of a community's year of scoring (R23).

use sandan_domain::scoring::{Command, Scorebook};
use sandan_domain::{CommunityId, UnitId};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Outcome, Wish};
use crate::form::Form;
use crate::handle::once::Done;
use crate::receipt::Receipt;
use crate::refusal::Refusal;

/// A community's year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Year {
    pub community: CommunityId,
    pub year: i16,
}

/// A year was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scored {}

pub(super) fn scored(receipt: Receipt<Outcome>) -> Receipt<Scored> {
    receipt.map(|_| Scored {})
}

impl App {
    pub(super) async fn score(
        &self,
        by: &Caller,
        action: Action,
        identity: &Identity,
        Year { community, year }: Year,
        command: Command,
    ) -> Done {
        let wish = Wish::Scoring(community.clone(), year, command);
        Ok(self.execute(&Order::new(by, action, identity, community, wish)).await?)
    }

    /// A community within the caller's scope, and a unit of it.
    pub(super) async fn unit_in_reach(
        &self,
        by: &Caller,
        form: &mut Form,
        community: Option<&str>,
        unit: Option<&str>,
    ) -> Result<(Option<CommunityId>, Option<UnitId>), Refusal> {
        let community: Option<CommunityId> = form.required_parsed("community", community);
        self.place_in_reach(by, form, community.as_ref()).await?;
        let unit = self.unit_named(form, "unit", community.as_ref(), unit).await?;
        Ok((community, unit))
    }
}

pub(super) fn year(form: &mut Form, value: Option<i64>) -> Option<i16> {
    form.required_number("year", value, Scorebook::YEARS)
}
