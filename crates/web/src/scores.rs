//! A community's year of two-way scoring (R23), put together for the API and for the pages: requests from the read models,
//! the rest from the log, weights from the policy.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use sandan_domain::scoring::{Member, ScoreWeights, Scorebook, Sheet, community_sheet, members, unit_sheet};
use sandan_domain::time::Policy;
use sandan_domain::{CommunityId, PersonId, Share, UnitId};
use sandan_views::{By, RatesQuery, Sight};

use crate::problem::Problem;
use crate::site::Site;

/// The year as it stands now.
pub(crate) struct Year {
    pub year: i16,
    /// The one that holds at the end of the year, or now while it runs.
    pub policy: Arc<Policy>,
    pub book: Arc<Scorebook>,
    pub units: Vec<UnitScore>,
    pub community: Sheet,
}

pub(crate) struct UnitScore {
    pub unit: UnitId,
    pub name: String,
    pub sheet: Sheet,
    /// People by number: the order in which they were first entered for the unit.
    pub members: Vec<(PersonId, Member)>,
}

impl UnitScore {
    /// A person's number within the unit, from 1.
    pub fn number_of(&self, person: PersonId) -> Option<usize> {
        self.members.iter().position(|(known, _)| *known == person).map(|place| place + 1)
    }
}

impl Year {
    pub fn weights(&self) -> &ScoreWeights {
        &self.policy.scoring
    }
}

/// The first day of a year, and that of the next.
pub(crate) fn days(year: i16) -> (Date, Date) {
    let first = |year: i16| Date::new(year, 1, 1).unwrap_or(Date::MAX);
    (first(year), first(year.saturating_add(1)))
}

/// Works the year out. Requests count by when they were filed, as in every rate (R27).
pub(crate) async fn year(site: &Site, sight: &Sight, community: &CommunityId, year: i16) -> Result<Year, Problem> {
    let now = site.app.clock().now();
    let zone = site.app.policy_of(community, now).await?.zone.clone();
    let midnight = |day: Date| day.to_zoned(zone.clone()).map_or(Timestamp::MAX, |midnight| midnight.timestamp());
    let (first, next) = days(year);
    let (from, to) = (midnight(first), midnight(next));
    let last = to.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(to);
    let policy = site.app.policy_of(community, now.min(last)).await?;
    let book = site.app.scorebook(community, year).await?;
    let query = RatesQuery { community: Some(community.clone()), from: Some(from), to: Some(to), by: Some(By::Unit) };
    let rates = site.views.rates(sight, &query).await?;
    let of_unit: BTreeMap<&str, _> = rates
        .iter()
        .filter(|row| row.community.as_ref() == Some(community))
        .filter_map(|row| Some((row.group.as_deref()?, row)))
        .collect();
    let mut units = Vec::new();
    for view in site.views.units(sight, Some(community)).await? {
        if view.community != *community {
            continue;
        }
        let row = of_unit.get(view.slug.as_str());
        let on_time = row.map_or_else(Share::default, |row| row.on_time.share());
        let satisfaction = row.map_or_else(Share::default, |row| row.satisfaction.share());
        let sheet = unit_sheet(&policy.scoring, &book, &view.slug, on_time, satisfaction);
        units.push(UnitScore { members: numbered(&book, &view.slug), unit: view.slug, name: view.name, sheet });
    }
    let community = community_sheet(&policy.scoring, &book);
    Ok(Year { year, policy, book, units, community })
}

fn numbered(book: &Scorebook, unit: &UnitId) -> Vec<(PersonId, Member)> {
    let known = members(book, unit);
    let mut people: Vec<(PersonId, Member)> = Vec::new();
    for entry in book.standing().filter(|entry| entry.unit == *unit) {
        if people.iter().all(|(person, _)| *person != entry.person) {
            people.extend(known.get(&entry.person).map(|member| (entry.person, *member)));
        }
    }
    people
}
