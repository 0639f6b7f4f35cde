//! How many of a unit's commitments fell due in a year, and how many it kept, with evidence (R23, R31).

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
pub struct EnterCommitments {
    pub community: Option<String>,
    pub year: Option<i64>,
    pub unit: Option<String>,
    /// Commitments that fell due in the year.
    pub due: Option<i64>,
    /// Of these, kept in time.
    pub kept: Option<i64>,
    pub evidence: Option<String>,
}

impl App {
    /// Enters a unit's commitments; the last entry holds.
    pub async fn enter_commitments(&self, by: &Caller, input: EnterCommitments) -> Answer<Scored> {
        let identity = admit(by, Action::EnterHours, &input)?;
        Ok(scored(self.once(&identity, self.commitments_new(by, &identity, &input)).await?))
    }

    async fn commitments_new(&self, by: &Caller, identity: &Identity, input: &EnterCommitments) -> Done {
        let mut form = Form::default();
        let (community, unit) =
            self.unit_in_reach(by, &mut form, input.community.as_deref(), input.unit.as_deref()).await?;
        let year = year(&mut form, input.year);
        let bounds = (0, Scorebook::COMMITMENTS_MAX);
        let due = form.required_number("due", input.due, bounds);
        let kept = form.required_number("kept", input.kept, bounds);
        let evidence = form.required_reason("evidence", input.evidence.as_deref());
        form.check()?;
        let year = Year { community: checked(community)?, year: checked(year)? };
        let command = Command::EnterCommitments {
            community: year.community.clone(),
            year: year.year,
            unit: checked(unit)?,
            due: checked(due)?,
            kept: checked(kept)?,
            evidence: checked(evidence)?,
        };
        self.score(by, Action::EnterHours, identity, year, command).await
    }
}
