//! An entry of hours or of a check-in was a mistake.

use sandan_domain::CommunityId;
use sandan_domain::scoring::{Command, Scorebook};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::of_the_year::{Scored, Year, scored, year};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;

/// All are required.
#[derive(Clone, Default, Serialize)]
pub struct StrikeOut {
    pub community: Option<String>,
    pub year: Option<i64>,
    /// Its number in the year.
    pub entry: Option<i64>,
    pub reason: Option<String>,
}

impl App {
    /// Strikes an entry out: it stays to be seen, and counts no more.
    pub async fn strike_out(&self, by: &Caller, input: StrikeOut) -> Answer<Scored> {
        let identity = admit(by, Action::EnterHours, &input)?;
        Ok(scored(self.once(&identity, self.strike_out_new(by, &identity, &input)).await?))
    }

    async fn strike_out_new(&self, by: &Caller, identity: &Identity, input: &StrikeOut) -> Done {
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let year = year(&mut form, input.year);
        let entry = form.required_number("entry", input.entry, (1, Scorebook::ENTRIES_MAX));
        let reason = form.required_reason("reason", input.reason.as_deref());
        form.check()?;
        let year = Year { community: checked(community)?, year: checked(year)? };
        let command = Command::StrikeOut { entry: checked(entry)?, reason: checked(reason)? };
        self.score(by, Action::EnterHours, identity, year, command).await
    }
}
