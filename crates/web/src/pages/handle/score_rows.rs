//! The rows of `/scores`, in pages: people with what they did, and what was entered for them, the newest first.

use sandan_domain::scoring::{Entry, EntryFilter, Member, UnitScore, Year};
use sandan_domain::{CommunityId, UnitId};
use sandan_views::first_page;

use super::show;
use crate::pages::fields::address;
use crate::pages::line::Choice;
use crate::pages::score::{EntriesOf, EntryRow, MemberRow, Paged};
use crate::pages::visit::Visit;

const LINES: usize = 50;

/// Which rows the address asks for.
struct Asked<'a> {
    community: &'a CommunityId,
    year: i16,
    which: EntryFilter,
}

impl<'a> Asked<'a> {
    fn of(visit: &Visit, community: &'a CommunityId, year: &Year) -> Self {
        let unit: Option<UnitId> = visit.query.get("unit").and_then(|unit| unit.parse().ok());
        let unit = unit.filter(|unit| year.unit(unit).is_some());
        let number = |name: &str| visit.query.get(name).and_then(|number| number.parse().ok());
        let member = number("member").filter(|_| unit.is_some());
        let which = EntryFilter { unit, member, before: number("cursor") };
        Self { community, year: year.year, which }
    }

    /// The page with other fields in its address; what is not given goes.
    fn here(&self, part: &str, fields: &[(&str, Option<&str>)]) -> String {
        let year = self.year.to_string();
        let mut all = vec![("community", Some(self.community.as_str())), ("year", Some(&*year))];
        all.extend_from_slice(fields);
        format!("{}#{part}", address("/scores", &all))
    }

    fn unit(&self) -> Option<&str> {
        self.which.unit.as_ref().map(UnitId::as_str)
    }

    /// The entries from a place on, of those that are asked for.
    fn entries(&self, cursor: Option<&str>) -> String {
        let member = self.which.member.map(|member| member.to_string());
        self.here("entries", &[("unit", self.unit()), ("member", member.as_deref()), ("cursor", cursor)])
    }
}

/// By unit and number.
pub(super) fn people(visit: &Visit, community: &CommunityId, year: &Year) -> Paged<MemberRow> {
    let asked = Asked::of(visit, community, year);
    let past: usize = visit.query.get("people").and_then(|past| past.parse().ok()).unwrap_or(0);
    let numbered = year.units.iter().flat_map(|score| (1..).zip(&score.members).map(move |row| (score, row)));
    let of_unit = numbered.filter(|(score, _)| asked.which.unit.as_ref().is_none_or(|unit| score.unit == *unit));
    let row = |unit: &UnitId, name: &str, number: usize, member: &Member| {
        let nth = number.to_string();
        MemberRow {
            unit: name.to_owned(),
            number,
            href: asked.here("entries", &[("unit", Some(unit.as_str())), ("member", Some(&nth))]),
            check_ins: member.check_ins,
            hours: show::hours(member.minutes.into()),
            counted: show::hours(member.counted(year.weights())),
            only_checked_in: member.minutes == 0,
        }
    };
    let rows = of_unit.skip(past).map(|(score, (number, member))| row(&score.unit, &score.name, number, member));
    let there = |past: Option<&str>| asked.here("people", &[("unit", asked.unit()), ("people", past)]);
    let next = (past + LINES).to_string();
    paged(rows, (past > 0).then(|| there(None)), |_| there(Some(&next)))
}

pub(super) fn entries(visit: &Visit, community: &CommunityId, year: &Year) -> Paged<EntryRow> {
    let asked = Asked::of(visit, community, year);
    let rows = year.entries(&asked.which).map(|(number, entry)| entry_row(year, number, entry));
    let first = asked.which.before.map(|_| asked.entries(None));
    paged(rows, first, |last| asked.entries(Some(&last.entry.to_string())))
}

pub(super) fn filter(visit: &Visit, community: &CommunityId, year: &Year) -> EntriesOf {
    let asked = Asked::of(visit, community, year);
    let choice = |score: &UnitScore| {
        let chosen = asked.which.unit.as_ref() == Some(&score.unit);
        Choice { chosen, ..Choice::new(score.unit.as_str(), &*score.name) }
    };
    EntriesOf {
        units: year.units.iter().map(choice).collect(),
        member: asked.which.member,
        all: asked.which.unit.as_ref().map(|_| asked.here("entries", &[])),
    }
}

fn paged<T>(rows: impl Iterator<Item = T>, first: Option<String>, next: impl FnOnce(&T) -> String) -> Paged<T> {
    let (rows, next) = first_page(rows, LINES, next);
    Paged { rows, first, next }
}

fn entry_row(year: &Year, number: usize, entry: &Entry) -> EntryRow {
    let work = entry.work.as_ref();
    EntryRow {
        entry: number,
        day: entry.day.to_string(),
        unit: year.unit(&entry.unit).map_or_else(|| entry.unit.to_string(), |score| score.name.clone()),
        member: year.member_of(entry),
        hours: work.map(|work| show::hours(work.minutes.into())),
        activity: work.map(|work| work.activity.clone()).unwrap_or_default(),
        evidence: work.map(|work| work.evidence.clone()).unwrap_or_default(),
        struck: entry.struck.clone(),
    }
}
