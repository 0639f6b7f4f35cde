//! Why something is due when it is: the stretches of its time, one after another, each with its reason.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::walk::{self, Stretch, Why};
use super::{Limit, LimitUnit, Pause, Policy, Rule};
use crate::ids::CommunityId;

/// Why a stretch counts or doesn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Hours run day and night.
    Running,
    OfficeHours,
    Day,
    /// A weekend day that is worked, by the calendar.
    MakeUpDay,
    /// What an extension added (R11).
    Extension,
    /// The day of the start is not counted.
    StartDay,
    Weekend,
    Holiday,
    OutsideOfficeHours,
    /// The clock stood still (R11).
    Paused,
}

/// One stretch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub from: Timestamp,
    pub to: Timestamp,
    pub counted: bool,
    pub ground: Ground,
    /// The occasion of a holiday or a make-up day.
    pub name: Option<String>,
    /// Days that it adds to a limit in days, seconds to one in hours; 0 where it does not count, and in an extension.
    pub days: u32,
    pub seconds: i64,
}

/// A policy or a calendar, by who published it and its version there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// `null`: ships with the program.
    pub community: Option<CommunityId>,
    pub version: u32,
    pub name: String,
}

/// A due time, opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    pub rule: Rule,
    pub limit: Limit,
    /// The class of requests that sets the limit; `null`: the general one does.
    pub class: Option<String>,
    pub policy: Source,
    pub calendar: Source,
    pub started_at: Timestamp,
    pub due_at: Timestamp,
    /// In order and without a gap from the start to the due time, or to now while the clock stands still.
    pub items: Vec<Item>,
    /// Years that it reaches into and of which the calendar knows only the weekends.
    pub years_missing: Vec<i16>,
}

/// An extension that was granted: until when, and when that was said (R11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    pub until: Timestamp,
    pub granted_at: Timestamp,
}

impl Extension {
    /// Until when it reaches after the pauses that came after it.
    pub fn reaches(&self, unit: LimitUnit, pauses: &[Pause], policy: &Policy) -> Timestamp {
        let later = pauses.iter().filter(|pause| pause.from >= self.granted_at);
        later.fold(self.until, |at, pause| super::put_off(at, unit, *pause, policy))
    }
}

/// Opens the due time of a limit that began at `start`. The stretches that count add up to the limit; those of an
/// extension come after them; the last one ends at the due time.
pub fn explain(
    (rule, limit): (Rule, Limit),
    start: Timestamp,
    pauses: &[Pause],
    extension: Option<Extension>,
    policy: &Policy,
) -> Explanation {
    let mut items: Vec<Item> = Vec::new();
    let worked_out = walk::walk(start, limit, pauses, policy, |stretch| add(&mut items, item(stretch, limit)));
    let due_at =
        extension.map_or(worked_out, |extension| extension.reaches(limit.unit, pauses, policy).max(worked_out));
    extend(&mut items, worked_out, due_at, pauses);
    let source = |community: Option<&CommunityId>, version, name: &str| Source {
        community: community.cloned(),
        version,
        name: name.to_owned(),
    };
    Explanation {
        rule,
        limit,
        class: None,
        policy: source(policy.of.as_ref(), policy.version, &policy.name),
        calendar: source(policy.calendar.of(), policy.calendar.version(), policy.calendar.name()),
        started_at: start,
        due_at,
        items,
        years_missing: years_missing(limit.unit, start, due_at, policy),
    }
}

/// The time of a request whose clock has stood still since `since`: what was counted until then, and nothing after it.
/// `items` are those with a pause from `since` on.
pub fn until_the_stop(items: Vec<Item>, since: Timestamp, now: Timestamp) -> Vec<Item> {
    let mut told: Vec<Item> = items.into_iter().filter(|item| item.from < since).collect();
    if let Some(last) = told.last_mut() {
        last.to = last.to.min(since);
    }
    let stands = Item { from: since, to: now, counted: false, ground: Ground::Paused, name: None, days: 0, seconds: 0 };
    if since < now {
        add(&mut told, stands);
    }
    told
}

/// Years as people write them, those in a row as one: `2027`, `2027–2030`.
pub fn year_spans(years: &[i16]) -> Vec<String> {
    let mut spans: Vec<(i16, i16)> = Vec::new();
    for year in years {
        match spans.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*year) => *last = *year,
            _ => spans.push((*year, *year)),
        }
    }
    let text = |(first, last): (i16, i16)| if first == last { first.to_string() } else { format!("{first}–{last}") };
    spans.into_iter().map(text).collect()
}

/// Years between two instants of which the calendar does not know the holidays; none for units that don't ask.
pub fn years_missing(unit: LimitUnit, from: Timestamp, to: Timestamp, policy: &Policy) -> Vec<i16> {
    if !matches!(unit, LimitUnit::WorkingDay | LimitUnit::WorkingHour) {
        return Vec::new();
    }
    let last = to.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(to).max(from);
    let years = walk::day_of(from, policy).year()..=walk::day_of(last, policy).year();
    years.filter(|year| !policy.calendar.covers(*year)).collect()
}

fn item(stretch: Stretch<'_>, limit: Limit) -> Item {
    let unit = limit.unit;
    let (ground, name) = match stretch.why {
        Why::Runs => (Ground::Running, None),
        Why::Office => (Ground::OfficeHours, None),
        Why::Day(None) => (Ground::Day, None),
        Why::Day(Some(name)) => (Ground::MakeUpDay, Some(name)),
        Why::StartDay => (Ground::StartDay, None),
        Why::Weekend => (Ground::Weekend, None),
        Why::Holiday(name) => (Ground::Holiday, Some(name)),
        Why::Closed => (Ground::OutsideOfficeHours, None),
        Why::Paused => (Ground::Paused, None),
    };
    let counted = stretch.why.is_counted();
    let seconds = if counted && !unit.is_day() { stretch.from.duration_until(stretch.to).as_secs() } else { 0 };
    // The same day adds nothing to a limit of none.
    let days = u32::from(counted && unit.is_day() && limit.count > 0);
    Item { from: stretch.from, to: stretch.to, counted, ground, name: name.map(str::to_owned), days, seconds }
}

/// Stretches of one kind in a row are one.
fn add(items: &mut Vec<Item>, item: Item) {
    match items.last_mut() {
        Some(last) if last.to == item.from && (last.ground, &last.name) == (item.ground, &item.name) => {
            last.to = item.to;
            last.days += item.days;
            last.seconds += item.seconds;
        }
        _ => items.push(item),
    }
}

/// What an extension adds after the limit itself, with the pauses in it.
fn extend(items: &mut Vec<Item>, from: Timestamp, to: Timestamp, pauses: &[Pause]) {
    let part = |from, to, ground| {
        let counted = ground == Ground::Extension;
        Item { from, to, counted, ground, name: None, days: 0, seconds: 0 }
    };
    let mut at = from;
    for pause in pauses.iter().filter(|pause| pause.to > from && pause.from < to) {
        let (begins, ends) = (pause.from.max(at), pause.to.min(to));
        if at < begins {
            add(items, part(at, begins, Ground::Extension));
            at = begins;
        }
        if begins < ends {
            add(items, part(begins, ends, Ground::Paused));
            at = ends;
        }
    }
    if at < to {
        add(items, part(at, to, Ground::Extension));
    }
}
