//! From when to when: instants, or days of the community's calendar.

use anyhow::Result;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::failure::{Code, Failure};

/// `from` included, `to` not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

impl Period {
    pub fn parse(from: Option<&str>, to: Option<&str>, zone: &TimeZone) -> Result<Self> {
        Ok(Self { from: Self::instant("--from", from, zone)?, to: Self::instant("--to", to, zone)? })
    }

    /// One instant, of the flag `flag`.
    pub fn instant(flag: &str, text: Option<&str>, zone: &TimeZone) -> Result<Option<Timestamp>> {
        text.map(|text| instant(flag, text, zone)).transpose()
    }

    pub fn includes(&self, time: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= time) && self.to.is_none_or(|to| time < to)
    }
}

/// A date alone is the midnight that begins it.
fn instant(flag: &str, text: &str, zone: &TimeZone) -> Result<Timestamp> {
    let day = |date: Date| date.to_zoned(zone.clone()).ok().map(|day| day.timestamp());
    let read = text.parse::<Timestamp>().ok().or_else(|| text.parse::<Date>().ok().and_then(day));
    read.ok_or_else(|| {
        let mend = "Write a day, 2026-11-02, or an instant, 2026-11-02T08:00:00+08:00.";
        Failure::new(Code::Refused, format!("{flag} {text:?} is no time"), mend).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_its_midnight_and_the_end_is_not_included() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let period = Period::parse(Some("2026-11-02"), Some("2026-11-03T00:00:00+08:00"), &zone).unwrap();
        let at = |text: &str| period.includes(text.parse().unwrap());
        assert!(at("2026-11-01T16:00:00Z") && !at("2026-11-01T15:59:59Z"));
        assert!(at("2026-11-02T15:59:59Z") && !at("2026-11-02T16:00:00Z"));
        assert!(Period::parse(Some("gestern"), None, &zone).is_err());
    }
}
