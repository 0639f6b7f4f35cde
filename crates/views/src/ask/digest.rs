//! Which digest is asked for (R26).

use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, Zoned};
use sandan_domain::CommunityId;
use serde::{Serialize, Serializer};

/// The three that an office writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DigestKind {
    /// Triage sheet (民情研判).
    Daily,
    /// Bulletin by category (分类处置通报), Monday to Sunday.
    Weekly,
    /// Summary (处理情况总结).
    Monthly,
}

/// A digest of the day, week or month that `date` lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestQuery {
    pub kind: DigestKind,
    /// That community and those below.
    pub community: Option<CommunityId>,
    pub date: Date,
}

impl DigestKind {
    pub const ALL: [Self; 3] = [Self::Daily, Self::Weekly, Self::Monthly];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
        }
    }

    /// First and last day of the period that `date` lies in.
    pub fn period(self, date: Date) -> (Date, Date) {
        match self {
            Self::Daily => (date, date),
            Self::Weekly => {
                let back = date.weekday().since(Weekday::Monday);
                let first = date.checked_sub(i64::from(back).days()).unwrap_or(date);
                (first, first.checked_add(6.days()).unwrap_or(date))
            }
            Self::Monthly => (date.first_of_month(), date.last_of_month()),
        }
    }

    /// A day of the period before.
    pub fn before(self, date: Date) -> Date {
        self.period(date).0.yesterday().unwrap_or(date)
    }

    /// A day of the period after.
    pub fn after(self, date: Date) -> Date {
        self.period(date).1.tomorrow().unwrap_or(date)
    }

    /// The last period that is over by now, for whoever names no date.
    pub fn last_whole(self, now: &Zoned) -> Date {
        self.before(now.date())
    }
}

impl FromStr for DigestKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or(())
    }
}

impl Serialize for DigestKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: DigestKind, date: &str, first: &str, last: &str) {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(kind.period(day(date)), (day(first), day(last)));
        assert_eq!(kind.before(day(date)), day(first).yesterday().unwrap());
        assert_eq!(kind.after(day(date)), day(last).tomorrow().unwrap());
    }

    #[test]
    fn a_week_begins_on_monday_and_a_month_on_its_first() {
        check(DigestKind::Daily, "2026-03-01", "2026-03-01", "2026-03-01");
        check(DigestKind::Weekly, "2026-03-01", "2026-02-23", "2026-03-01");
        check(DigestKind::Weekly, "2026-03-02", "2026-03-02", "2026-03-08");
        check(DigestKind::Monthly, "2028-02-10", "2028-02-01", "2028-02-29");
    }
}
