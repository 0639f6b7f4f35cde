//! Instants in queries: RFC 3339, or a date, which begins at midnight in the time zone of the rules.

use jiff::Timestamp;
use jiff::civil::Date;

use super::ask::Ask;
use crate::problem::{Problem, Words};

/// Reads the field `field`. A `+` that came through an address as a blank is understood.
pub(crate) fn read(ask: &Ask, field: &str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let plain = text.trim().replace(' ', "+");
    let instant = plain.parse().ok().or_else(|| begin_of_day(ask, &plain));
    instant.map(Some).ok_or_else(|| {
        let words = Words::new("input-not-an-instant", "must be an RFC 3339 time or a date");
        Problem::field(field, "not_an_instant", words)
    })
}

fn begin_of_day(ask: &Ask, text: &str) -> Option<Timestamp> {
    let date: Date = text.parse().ok().filter(|_| text.len() == "2026-11-02".len())?;
    date.to_zoned(ask.site.app.policy().zone.clone()).ok().map(|midnight| midnight.timestamp())
}
