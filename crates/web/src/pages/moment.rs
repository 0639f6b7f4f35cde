//! Instants in words, in the place's time zone.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use sandan_domain::category::Language;

use super::texts::Texts;

/// An instant as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// RFC 3339, for `datetime`.
    pub iso: String,
    pub text: String,
}

/// Writes instants as seen at `now`.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub t: Texts,
    pub zone: TimeZone,
    pub now: Timestamp,
    /// For what is kept: every date has its year.
    pub years: bool,
}

impl Calendar {
    pub fn with_years(self) -> Self {
        Self { years: true, ..self }
    }

    /// Day and minute; the year only where it is another one, unless it is always told.
    pub fn moment(&self, at: Timestamp) -> Moment {
        let local = at.to_zoned(self.zone.clone());
        let same_year = !self.years && local.year() == self.now.to_zoned(self.zone.clone()).year();
        let format = match (self.t.language, same_year) {
            (Language::Zh, true) => "%-m月%-d日 %H:%M",
            (Language::Zh, false) => "%Y年%-m月%-d日 %H:%M",
            (Language::En, true) => "%-d %b %H:%M",
            (Language::En, false) => "%-d %b %Y %H:%M",
        };
        Moment { iso: at.to_string(), text: local.strftime(format).to_string() }
    }

    /// The day alone.
    pub fn day(&self, at: Timestamp) -> String {
        self.date(&at.to_zoned(self.zone.clone()))
    }

    /// As it was read at another instant.
    #[must_use]
    pub fn as_of(&self, now: Timestamp) -> Self {
        Self { now: now.min(self.now), ..self.clone() }
    }

    /// In a place's own time zone.
    #[must_use]
    pub fn in_zone(&self, zone: TimeZone) -> Self {
        Self { zone, ..self.clone() }
    }

    /// A limit that stands still: when it would have ended.
    pub fn due_stands(&self, due: Timestamp) -> String {
        self.t.a("due-full-stands", "when", self.end(due))
    }

    /// A day that was named as the midnight that ends it, or an instant.
    pub fn until(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        let is_midnight = local.hour() == 0 && local.minute() == 0 && local.second() == 0;
        match local.yesterday() {
            Ok(day) if is_midnight => self.date(&day),
            _ => self.moment(at).text,
        }
    }

    /// A limit: when it ends, and how long that is from now.
    pub fn due(&self, due: Timestamp) -> String {
        self.t.a2("due-full", "when", self.end(due), "left", self.left(due))
    }

    /// How long is left, or since when it is over.
    pub fn left(&self, due: Timestamp) -> String {
        let left = self.now.duration_until(due);
        let (family, span) = if left.is_negative() { ("over", -left) } else { ("left", left) };
        let (unit, n) = largest_unit(span);
        self.t.n(&format!("{family}-{unit}"), n)
    }

    /// A limit counted in days ends at midnight, which people call by the day that it ends.
    fn end(&self, due: Timestamp) -> String {
        let local = due.to_zoned(self.zone.clone());
        let is_midnight = local.hour() == 0 && local.minute() == 0 && local.second() == 0;
        match local.yesterday() {
            Ok(day) if is_midnight => self.t.a("due-end-of-day", "day", self.date(&day)),
            _ => self.moment(due).text,
        }
    }

    fn date(&self, local: &Zoned) -> String {
        let same_year = local.year() == self.now.to_zoned(self.zone.clone()).year();
        let format = match (self.t.language, same_year) {
            (Language::Zh, true) => "%-m月%-d日",
            (Language::Zh, false) => "%Y年%-m月%-d日",
            (Language::En, true) => "%-d %b",
            (Language::En, false) => "%-d %b %Y",
        };
        local.strftime(format).to_string()
    }
}

fn largest_unit(span: SignedDuration) -> (&'static str, i64) {
    let minutes = span.as_mins();
    match minutes {
        0..60 => ("minutes", minutes),
        60..2_880 => ("hours", minutes / 60),
        _ => ("days", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(language: Language) -> Calendar {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        Calendar { t: Texts::new(language), zone, now: "2026-11-02T08:00:00+08:00".parse().unwrap(), years: false }
    }

    #[test]
    fn a_limit_at_midnight_goes_by_the_day_that_it_ends() {
        let due = "2026-11-17T00:00:00+08:00".parse().unwrap();
        assert_eq!(calendar(Language::Zh).due(due), "11月16日内（还剩 14 天）");
        assert_eq!(calendar(Language::En).due(due), "by the end of 16 Nov (14 days left)");
    }

    #[test]
    fn a_day_that_was_named_goes_by_its_own_name() {
        let review_on = "2027-01-21T00:00:00+08:00".parse().unwrap();
        assert_eq!(calendar(Language::Zh).until(review_on), "2027年1月20日");
        let at_noon = "2026-12-01T12:00:00+08:00".parse().unwrap();
        assert_eq!(calendar(Language::En).until(at_noon), "1 Dec 12:00");
    }

    #[test]
    fn what_was_read_then_counts_from_then() {
        let due = "2026-11-01T00:00:00+08:00".parse().unwrap();
        let then = calendar(Language::Zh).as_of("2026-10-30T00:00:00+08:00".parse().unwrap());
        assert_eq!(then.left(due), "还剩 2 天");
    }

    #[test]
    fn what_is_over_says_since_when() {
        let due = "2026-11-02T05:30:00+08:00".parse().unwrap();
        assert_eq!(calendar(Language::Zh).left(due), "超期 2 小时");
        assert_eq!(calendar(Language::En).left(due), "2 hours overdue");
    }

    #[test]
    fn another_year_is_named() {
        let at = "2025-01-05T09:04:00+08:00".parse().unwrap();
        assert_eq!(calendar(Language::Zh).moment(at).text, "2025年1月5日 09:04");
    }
}
