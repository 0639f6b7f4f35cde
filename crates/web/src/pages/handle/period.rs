//! The periods that pages offer, from a name to instants. They begin and end at midnight in the place's zone.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::pages::line::Choice;
use crate::pages::moment::Calendar;

const NAMES: [&str; 7] = ["7", "30", "90", "month", "quarter", "year", "all"];
const USUAL: &str = "30";

/// From when on requests count; up to now, so it has no end.
pub(crate) struct Period {
    pub name: &'static str,
    pub from: Option<Timestamp>,
}

impl Period {
    pub fn named(name: Option<&str>, calendar: &Calendar) -> Self {
        let name = NAMES.into_iter().find(|known| name == Some(*known)).unwrap_or(USUAL);
        let first = first_day(name, calendar);
        let from = first.and_then(|day| day.to_zoned(calendar.zone.clone()).ok()).map(|midnight| midnight.timestamp());
        Self { name, from }
    }

    pub fn label(&self, calendar: &Calendar) -> String {
        calendar.t.of("period", self.name)
    }

    pub fn choices(&self, calendar: &Calendar) -> Vec<Choice> {
        NAMES.map(|name| Choice::new(name, calendar.t.of("period", name)).chosen(self.name)).to_vec()
    }
}

fn first_day(name: &str, calendar: &Calendar) -> Option<Date> {
    let today = calendar.now.to_zoned(calendar.zone.clone()).date();
    match name {
        "month" => Some(today.first_of_month()),
        "quarter" => Date::new(today.year(), (today.month() - 1) / 3 * 3 + 1, 1).ok(),
        "year" => Some(today.first_of_year()),
        // Today is the last of the days.
        days => today.checked_sub((days.parse::<i64>().ok()? - 1).days()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use sandan_domain::category::Language;

    use super::*;
    use crate::pages::texts::Texts;

    fn check(name: &str, first: Option<&str>) {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let now = "2026-11-02T00:30:00+08:00".parse().unwrap();
        let period = Period::named(Some(name), &Calendar { t: Texts::new(Language::Zh), zone, now, years: false });
        let first = first.map(|day| format!("{day}T00:00:00+08:00").parse::<Timestamp>().unwrap());
        assert_eq!(period.from, first, "{name}");
    }

    #[test]
    fn a_period_begins_at_a_midnight_and_counts_today() {
        check("7", Some("2026-10-27"));
        check("month", Some("2026-11-01"));
        check("quarter", Some("2026-10-01"));
        check("year", Some("2026-01-01"));
        check("all", None);
        check("nonsense", Some("2026-10-04"));
    }
}
