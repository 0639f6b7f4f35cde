//! The demonstration's year of two-way scoring (R23): hours with their evidence, bare check-ins, commitments kept, and how
//! the units rate the community. Somebody only scans the code, and scores nothing.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use sandan_app::{
    App, Caller, CheckIn, EnterCommitments, EnterHours, RateCommunity, Receipt, Refusal, Scored, StrikeOut,
};
use sandan_domain::{CommunityId, Role};

use super::cast::staff;
use super::random::Random;

const SEED: u64 = 0x0005_c02e;
/// The days on which people served lie so far back at most.
const DAYS: i64 = 33;

/// An activity, how long it took, and how the community knows.
const ACTIVITIES: [(&str, i64, &str); 6] = [
    ("河道清洁志愿服务", 150, "签到表和现场照片，第二网格长确认"),
    ("独居老人上门探访", 120, "探访记录十二份，网格员随行"),
    ("文明交通早高峰劝导", 90, "路口值勤表，交警中队签字"),
    ("小区消防隐患排查", 180, "排查台账三十户，物业签收"),
    ("暑期儿童托管", 240, "托管班课表和家长签名"),
    ("夜间平安巡逻", 200, "巡逻打卡记录，社区民警确认"),
];

/// A unit, how many of its people served and how often each, commitments kept of those due, and how it rates dispatching,
/// support and answering.
struct Served {
    unit: &'static str,
    people: i64,
    times: i64,
    kept: (i64, i64),
    rates: [&'static str; 3],
}

const SERVED: [Served; 5] = [
    served("wuye", 4, 4, (2, 4), ["satisfied", "basically_satisfied", "dissatisfied"]),
    served("gongshui", 3, 8, (3, 3), ["very_satisfied", "satisfied", "satisfied"]),
    served("yuanlin", 5, 7, (4, 5), ["satisfied", "satisfied", "very_satisfied"]),
    served("paichusuo", 3, 6, (2, 2), ["very_satisfied", "very_satisfied", "satisfied"]),
    served("chengguan", 2, 3, (1, 3), ["dissatisfied", "satisfied", "basically_satisfied"]),
];
/// Whose one person only checks in, and on how many days.
const SCANS: (&str, i64) = ("chengguan", 9);

const fn served(unit: &'static str, people: i64, times: i64, kept: (i64, i64), rates: [&'static str; 3]) -> Served {
    Served { unit, people, times, kept, rates }
}

/// Who enters, where and when.
struct Desk<'a> {
    app: &'a App,
    main: &'a CommunityId,
    by: Caller,
    today: Date,
}

pub async fn scores(app: &App, main: &CommunityId, end: Timestamp) -> Result<(), Refusal> {
    let today = end.to_zoned(app.policy().zone.clone()).date();
    let desk = Desk { app, main, by: staff(Role::Dispatcher, main, None), today };
    let mut random = Random::new(SEED);
    for (place, unit) in (0..).zip(&SERVED) {
        desk.enter(&mut random, place, unit).await?;
    }
    let (unit, days) = SCANS;
    for day in 0..days {
        desk.scan(unit, &phone(99, 0), day * 3).await?;
    }
    let (community, year) = (Some(main.to_string()), Some(today.year().into()));
    let reason = Some("同一活动重复登记。".to_owned());
    app.strike_out(&desk.by, StrikeOut { community, year, entry: Some(2), reason }).await?;
    Ok(())
}

impl Desk<'_> {
    async fn enter(&self, random: &mut Random, place: i64, served: &Served) -> Result<(), Refusal> {
        let unit = || Some(served.unit.to_owned());
        for nth in 0..served.people {
            let phone = phone(place, nth);
            for _ in 0..served.times {
                let (activity, minutes, evidence) = *random.pick(&ACTIVITIES);
                let input = EnterHours {
                    community: self.community(),
                    unit: unit(),
                    phone: Some(phone.clone()),
                    day: Some(self.day(random.between(0, DAYS))),
                    minutes: Some(minutes),
                    activity: Some(activity.to_owned()),
                    evidence: Some(evidence.to_owned()),
                };
                entered(self.app.enter_hours(&self.by, input).await)?;
            }
        }
        self.scan(served.unit, &phone(place, 0), 1).await?;
        let (kept, due) = served.kept;
        let input = EnterCommitments {
            community: self.community(),
            year: self.year(),
            unit: unit(),
            due: Some(due),
            kept: Some(kept),
            evidence: Some("公开承诺清单及兑现情况表".to_owned()),
        };
        self.app.enter_commitments(&self.by, input).await?;
        let [dispatch, support, response] = served.rates.map(|rate| Some(rate.to_owned()));
        let input = RateCommunity { community: self.community(), year: self.year(), dispatch, support, response };
        self.app.rate_community(&staff(Role::Unit, self.main, Some(served.unit)), input).await?;
        Ok(())
    }

    async fn scan(&self, unit: &str, phone: &str, days: i64) -> Result<(), Refusal> {
        let (community, unit) = (self.community(), Some(unit.to_owned()));
        let input = CheckIn { community, unit, phone: Some(phone.to_owned()), day: Some(self.day(days)) };
        entered(self.app.check_in(&self.by, input).await)
    }

    fn community(&self) -> Option<String> {
        Some(self.main.to_string())
    }

    fn year(&self) -> Option<i64> {
        Some(self.today.year().into())
    }

    /// So many days ago, and not before the year begins.
    fn day(&self, days: i64) -> String {
        let first = self.today.first_of_year();
        self.today.saturating_sub(days.days()).max(first).to_string()
    }
}

/// On the first days of a year much falls on one day, and not all of it counts.
fn entered(answer: Result<Receipt<Scored>, Refusal>) -> Result<(), Refusal> {
    match answer {
        Ok(_) | Err(Refusal::Rejected { .. }) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

/// Of the range that nobody has, apart from the residents'.
fn phone(place: i64, nth: i64) -> String {
    format!("1380001{:02}{nth:02}", place)
}
