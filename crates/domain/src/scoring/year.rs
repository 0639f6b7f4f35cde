//! A community's year put together: what was entered, what the requests say, and the weights that hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::ids::{PersonId, UnitId};
use crate::scoring::sheet::{Member, Sheet, community_sheet, members, unit_sheet};
use crate::scoring::state::{Entry, Scorebook};
use crate::scoring::weights::ScoreWeights;
use crate::share::Share;
use crate::time::Policy;

/// The year as it stands.
#[derive(Clone, Debug)]
pub struct Year {
    pub year: i16,
    /// The one that holds at the end of the year, or now while it runs.
    pub policy: Arc<Policy>,
    pub book: Arc<Scorebook>,
    /// By slug.
    pub units: Vec<UnitScore>,
    pub community: Sheet,
}

/// What the requests of the year say about a unit.
#[derive(Clone, Debug)]
pub struct UnitShares {
    pub unit: UnitId,
    pub name: String,
    pub on_time: Share,
    pub satisfaction: Share,
}

#[derive(Clone, Debug)]
pub struct UnitScore {
    pub unit: UnitId,
    pub name: String,
    pub sheet: Sheet,
    /// People by number: the order in which they were first entered for the unit.
    pub members: Vec<Member>,
    numbers: BTreeMap<PersonId, usize>,
}

/// Which entries of a year somebody looks at.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    pub unit: Option<UnitId>,
    /// Somebody's number within the unit; says nothing without one.
    pub member: Option<usize>,
    /// Only those with a lower number.
    pub before: Option<usize>,
}

/// The first day of a year, and that of the next.
pub fn days_of(year: i16) -> (Date, Date) {
    let first = |year: i16| Date::new(year, 1, 1).unwrap_or(Date::MAX);
    (first(year), first(year.saturating_add(1)))
}

impl Year {
    pub fn new(year: i16, policy: Arc<Policy>, book: Arc<Scorebook>, units: Vec<UnitShares>) -> Self {
        let units = units.into_iter().map(|figures| UnitScore::new(figures, &policy.scoring, &book)).collect();
        let community = community_sheet(&policy.scoring, &book);
        Self { year, policy, book, units, community }
    }

    pub fn weights(&self) -> &ScoreWeights {
        &self.policy.scoring
    }

    pub fn unit(&self, unit: &UnitId) -> Option<&UnitScore> {
        self.units.iter().find(|score| score.unit == *unit)
    }

    /// The number of the person behind an entry, within their unit; `None` where everything of theirs was struck out.
    pub fn member_of(&self, entry: &Entry) -> Option<usize> {
        self.unit(&entry.unit)?.number_of(entry.person)
    }

    /// The entries with their numbers, the newest first.
    pub fn entries<'a>(&'a self, which: &'a EntryFilter) -> impl Iterator<Item = (usize, &'a Entry)> {
        let numbered = self.book.entries.iter().enumerate().map(|(place, entry)| (place + 1, entry)).rev();
        numbered.filter(move |(number, entry)| {
            which.before.is_none_or(|before| *number < before)
                && which.unit.as_ref().is_none_or(|unit| {
                    let is_theirs = || which.member.is_none_or(|member| self.member_of(entry) == Some(member));
                    entry.unit == *unit && is_theirs()
                })
        })
    }
}

impl UnitScore {
    fn new(figures: UnitShares, weights: &ScoreWeights, book: &Scorebook) -> Self {
        let UnitShares { unit, name, on_time, satisfaction } = figures;
        let sheet = unit_sheet(weights, book, &unit, on_time, satisfaction);
        let known = members(book, &unit);
        let (mut numbers, mut people) = (BTreeMap::new(), Vec::with_capacity(known.len()));
        for entry in book.standing().filter(|entry| entry.unit == unit) {
            if let (false, Some(member)) = (numbers.contains_key(&entry.person), known.get(&entry.person)) {
                people.push(*member);
                numbers.insert(entry.person, people.len());
            }
        }
        Self { unit, name, sheet, members: people, numbers }
    }

    /// A person's number within the unit, from 1.
    pub fn number_of(&self, person: PersonId) -> Option<usize> {
        self.numbers.get(&person).copied()
    }
}
