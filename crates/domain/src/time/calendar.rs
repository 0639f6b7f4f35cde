//! Which days are worked: weekends are off, and a table lists the exceptions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

/// The national exceptions. Whoever changes the table raises [`CHINA_VERSION`]; a test compares the two.
const CHINA: &str = include_str!("../../data/calendar-cn.csv");
const CHINA_VERSION: u32 = 1;
const HEADER: &str = "date,kind,name";

/// What sets a day apart from the weekly rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Exception {
    is_worked: bool,
    name: String,
}

/// The working days of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    version: u32,
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
    pub fn china() -> &'static Self {
        static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
            Calendar::parse(CHINA_VERSION, CHINA).expect("the calendar in the program was read by a test")
        });
        &CALENDAR
    }

    /// Reads a table of `date,kind,name`, where kind is `off` or `work`.
    pub fn parse(version: u32, text: &str) -> Result<Self, CalendarError> {
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        if lines.next().is_none_or(|(_, line)| line != HEADER) {
            return Err(CalendarError::Header);
        }
        let mut exceptions = BTreeMap::new();
        for (line, row) in lines {
            let (date, exception) = parse_row(line, row)?;
            if exceptions.insert(date, exception).is_some() {
                return Err(CalendarError::Twice { line, date });
            }
        }
        let years = exceptions.keys().map(|date| date.year()).collect();
        Ok(Self { version, exceptions, years })
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

    /// Whether the table knows the year. Of any other year only the weekends are known to be off.
    pub fn covers(&self, year: i16) -> bool {
        self.years.contains(&year)
    }
}

fn parse_row(line: usize, row: &str) -> Result<(Date, Exception), CalendarError> {
    let fields: Vec<&str> = row.split(',').collect();
    let [date, kind, name] = fields[..] else {
        return Err(CalendarError::Row { line });
    };
    let is_worked = match kind {
        "work" => true,
        "off" => false,
        _ => return Err(CalendarError::Kind { line, text: kind.to_owned() }),
    };
    let date = date.parse().map_err(|_| CalendarError::Date { line, text: date.to_owned() })?;
    Ok((date, Exception { is_worked, name: name.to_owned() }))
}
