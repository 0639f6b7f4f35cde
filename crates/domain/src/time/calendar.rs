//! Which days are worked: weekends are off, and a table lists the exceptions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::ids::CommunityId;

/// The national exceptions. Whoever changes the table raises [`CHINA_VERSION`]; a test compares the two.
const CHINA: &str = include_str!("../../data/calendar-cn.csv");
const CHINA_VERSION: u32 = 1;
const HEADER: &str = "date,kind,name";
const NATIONAL: &str = "全国";

/// What sets a day apart from the weekly rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Exception {
    is_worked: bool,
    name: String,
}

/// One day that a published calendar sets apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDay {
    pub date: Date,
    /// A make-up day is worked, a holiday is not.
    pub worked: bool,
    /// The occasion, such as 春节.
    pub name: String,
}

/// The working days of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    version: u32,
    /// The community that published it; `None`: the national one, in the program.
    of: Option<CommunityId>,
    name: String,
    exceptions: BTreeMap<Date, Exception>,
    years: BTreeSet<i16>,
}

/// What is wrong with a calendar's table. Lines count from 1, the header included.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("the first line must be \"{HEADER}\"")]
    Header,
    #[error("line {line}: a row is a date, a kind and a name")]
    Row { line: usize },
    #[error("line {line}: {text:?} is not a date")]
    Date { line: usize, text: String },
    #[error("line {line}: {text:?} is not a kind; the kinds are off and work")]
    Kind { line: usize, text: String },
    #[error("line {line}: {date} is listed twice")]
    Twice { line: usize, date: Date },
}

impl Calendar {
    /// The calendar of mainland China.
    pub fn china() -> &'static Arc<Self> {
        static CALENDAR: LazyLock<Arc<Calendar>> = LazyLock::new(|| {
            let calendar = Calendar::parse(CHINA_VERSION, CHINA);
            Arc::new(calendar.expect("the calendar in the program was read by a test"))
        });
        &CALENDAR
    }

    /// Reads a table of `date,kind,name`, where kind is `off` or `work`.
    pub fn parse(version: u32, text: &str) -> Result<Self, CalendarError> {
        let days = Self::parse_days(text)?;
        let years = days.iter().map(|day| day.date.year()).collect();
        let exception = |day: CalendarDay| (day.date, Exception { is_worked: day.worked, name: day.name });
        let exceptions = days.into_iter().map(exception).collect();
        Ok(Self { version, of: None, name: NATIONAL.to_owned(), exceptions, years })
    }

    /// The days that a table of `date,kind,name` lists, by date.
    pub fn parse_days(text: &str) -> Result<Vec<CalendarDay>, CalendarError> {
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        if lines.next().is_none_or(|(_, line)| line.trim_start_matches('\u{feff}').trim() != HEADER) {
            return Err(CalendarError::Header);
        }
        let mut days = BTreeMap::new();
        for (line, row) in lines.filter(|(_, row)| !row.trim().is_empty()) {
            let day = parse_row(line, row)?;
            let date = day.date;
            if days.insert(date, day).is_some() {
                return Err(CalendarError::Twice { line, date });
            }
        }
        Ok(days.into_values().collect())
    }

    /// This calendar with whole years as a community published them: what it had of those years is replaced.
    #[must_use]
    pub fn with_years(&self, of: &CommunityId, version: u32, name: &str, days: &[CalendarDay]) -> Self {
        let years: BTreeSet<i16> = days.iter().map(|day| day.date.year()).collect();
        let mut calendar = self.clone();
        calendar.exceptions.retain(|date, _| !years.contains(&date.year()));
        let exception = |day: &CalendarDay| (day.date, Exception { is_worked: day.worked, name: day.name.clone() });
        calendar.exceptions.extend(days.iter().map(exception));
        calendar.years.extend(years);
        Self { version, of: Some(of.clone()), name: name.to_owned(), ..calendar }
    }

    /// Who published it; `None`: it is the national one that ships with the program.
    pub const fn of(&self) -> Option<&CommunityId> {
        self.of.as_ref()
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The years it knows, in order.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.iter().copied()
    }

    /// The version that a due time names, to say by which table it was worked out.
    pub const fn version(&self) -> u32 {
        self.version
    }

    pub fn is_working_day(&self, date: Date) -> bool {
        match self.exceptions.get(&date) {
            Some(exception) => exception.is_worked,
            None => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// The holiday for which this day is off, or made up for; `None` on an ordinary day.
    pub fn occasion(&self, date: Date) -> Option<&str> {
        self.exceptions.get(&date).map(|exception| exception.name.as_str())
    }

    /// The years not known that begin or go on within so many days from one: early enough to publish them.
    pub fn missing_soon(&self, today: Date) -> Vec<i16> {
        let soon = today.saturating_add(Self::SOON_DAYS.days());
        (today.year()..=soon.year()).filter(|year| !self.covers(*year)).collect()
    }

    /// How early it is said that a year is missing: limits reach weeks ahead, and the state publishes in November.
    const SOON_DAYS: i32 = 60;

    /// Whether the table knows the year. Of any other year only the weekends are known to be off.
    pub fn covers(&self, year: i16) -> bool {
        self.years.contains(&year)
    }
}

fn parse_row(line: usize, row: &str) -> Result<CalendarDay, CalendarError> {
    let fields: Vec<&str> = row.split(',').map(str::trim).collect();
    let [date, kind, name] = fields[..] else {
        return Err(CalendarError::Row { line });
    };
    let worked = match kind {
        "work" => true,
        "off" => false,
        _ => return Err(CalendarError::Kind { line, text: kind.to_owned() }),
    };
    let date = date.parse().map_err(|_| CalendarError::Date { line, text: date.to_owned() })?;
    Ok(CalendarDay { date, worked, name: name.to_owned() })
}
