//! Hours that somebody of a unit served, and bare check-ins (R23, R32). Who it was is kept as a keyed hash of their telephone.

use jiff::civil::Date;
use sandan_domain::scoring::{Command, Scorebook, Served};
use sandan_domain::{Flaw, InputError, PersonId, Text, UnitId, limits};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::of_the_year::{Scored, Year, scored};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// All are required.
#[derive(Clone, Default, Serialize)]
pub struct EnterHours {
    pub community: Option<String>,
    /// Slug of the unit that they served for.
    pub unit: Option<String>,
    pub phone: Option<String>,
    /// Such as `2026-11-02`; its year is the one that it counts in.
    pub day: Option<String>,
    pub minutes: Option<i64>,
    /// What was done, where; shown to units.
    pub activity: Option<String>,
    /// How the community knows: a list, a photo, a record.
    pub evidence: Option<String>,
}

/// All are required.
#[derive(Clone, Default, Serialize)]
pub struct CheckIn {
    pub community: Option<String>,
    pub unit: Option<String>,
    pub phone: Option<String>,
    pub day: Option<String>,
}

/// Who was there, when, for whom.
struct Presence {
    year: Year,
    unit: UnitId,
    person: PersonId,
    day: Date,
}

impl App {
    /// Enters hours that the community confirms.
    pub async fn enter_hours(&self, by: &Caller, input: EnterHours) -> Answer<Scored> {
        let identity = admit(by, Action::EnterHours, &input)?;
        Ok(scored(self.once(&identity, self.enter_hours_new(by, &identity, &input)).await?))
    }

    async fn enter_hours_new(&self, by: &Caller, identity: &Identity, input: &EnterHours) -> Done {
        let mut form = Form::default();
        let there = CheckIn {
            community: input.community.clone(),
            unit: input.unit.clone(),
            phone: input.phone.clone(),
            day: input.day.clone(),
        };
        let presence = self.presence(by, &mut form, &there).await?;
        let minutes = form.required_number("minutes", input.minutes, (1, Scorebook::DAY_MINUTES));
        let activity: Option<Text> = form.required_line("activity", input.activity.as_deref(), limits::TITLE);
        let evidence = form.required_reason("evidence", input.evidence.as_deref());
        form.check()?;
        let Presence { year, unit, person, day } = checked(presence)?;
        let served = Served {
            community: year.community.clone(),
            year: year.year,
            unit,
            person,
            day,
            minutes: checked(minutes)?,
            activity: checked(activity)?,
            evidence: checked(evidence)?,
        };
        let command = Command::EnterHours(Box::new(served));
        self.score(by, Action::EnterHours, identity, year, command).await
    }

    /// Enters that somebody scanned the check-in code: presence, which scores nothing by itself.
    pub async fn check_in(&self, by: &Caller, input: CheckIn) -> Answer<Scored> {
        let identity = admit(by, Action::EnterHours, &input)?;
        Ok(scored(self.once(&identity, self.check_in_new(by, &identity, &input)).await?))
    }

    async fn check_in_new(&self, by: &Caller, identity: &Identity, input: &CheckIn) -> Done {
        let mut form = Form::default();
        let presence = self.presence(by, &mut form, input).await?;
        form.check()?;
        let Presence { year, unit, person, day } = checked(presence)?;
        let command = Command::CheckIn { community: year.community.clone(), year: year.year, unit, person, day };
        self.score(by, Action::EnterHours, identity, year, command).await
    }

    async fn presence(&self, by: &Caller, form: &mut Form, input: &CheckIn) -> Result<Option<Presence>, Refusal> {
        let (community, unit) = self.unit_in_reach(by, form, input.community.as_deref(), input.unit.as_deref()).await?;
        let phone = form.required_phone("phone", input.phone.as_deref());
        let day = form.required("day", input.day.as_deref());
        let day = day.and_then(|text| form.keep("day", date(text)));
        let (Some(community), Some(unit), Some(phone), Some(day)) = (community, unit, phone, day) else {
            return Ok(None);
        };
        let person = self.0.vault.person_of_phone(phone.as_str());
        Ok(Some(Presence { year: Year { community, year: day.year() }, unit, person, day }))
    }
}

fn date(text: &str) -> Result<Date, InputError> {
    text.trim().parse().map_err(|_| InputError::malformed(Flaw::of_date(text)))
}
