//! The life that chance gives a request: its steps, in order, with their times. What lies after the end of the
//! story is not told, and so the newest requests are still open.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::deed::{Deed, Mood, Step, To};
use super::random::Random;
use super::stories::Story;

const MINUTES_A_DAY: i64 = 24 * 60;

/// How a request fares, if it has the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Solved,
    Unrated,
    Unsolved,
    Crowd,
    Rework,
    ReworkTwice,
    /// Still in the furnace after so many bad reviews.
    InRework(usize),
    /// The oversight board ends it (R19).
    ClosedDissatisfied,
    WrongDispatch,
    Rejected,
    Merged,
    Withdrawn,
    Returned,
    ReturnedTwice,
    /// Waits for the committee's ruling (R4).
    WaitsForRuling,
    Suspended,
    SuspendedOnce,
    Extended,
    /// Nobody takes it up.
    Forgotten,
    /// Accepted, and waits to be dispatched.
    Accepted,
    /// A unit has it and is late.
    Late,
    InPool,
    /// Some have voted.
    InReview,
    /// A dozen joins within an hour (R14).
    Burst,
    /// Beyond law or reason, as the unit says; nobody has decided yet (R6b).
    CalledUnreasonable,
    RuledUnreasonable,
    /// A ballot is appealed, and nobody has decided yet (R19a).
    Appealed,
    AppealRuled,
}

pub struct Life {
    pub story: Story,
    pub community: &'static str,
    pub channel: &'static str,
    pub urgent: bool,
    pub steps: Vec<Step>,
}

/// Lays steps one behind the other, at hours when people are awake or at work.
pub struct Days<'a> {
    random: &'a mut Random,
    zone: &'a TimeZone,
    at: Timestamp,
    steps: Vec<Step>,
}

impl<'a> Days<'a> {
    pub fn new(random: &'a mut Random, zone: &'a TimeZone, filed: Timestamp) -> Self {
        Self { random, zone, at: filed, steps: vec![Step { at: filed, deed: Deed::File }] }
    }

    /// The steps of a fate.
    pub fn live(mut self, fate: Fate) -> Vec<Step> {
        self.begin(fate);
        self.steps
    }

    fn begin(&mut self, fate: Fate) {
        use Fate::*;
        match fate {
            Forgotten => {}
            Withdrawn => self.after(2, 40, Deed::Withdraw("已经自行解决，谢谢。")),
            Rejected => {
                self.after(2, 20, Deed::Reject("不属于社区受理范围，已告知向不动产登记中心申请，并附联系电话。"))
            }
            Merged => self.after(2, 20, Deed::Merge),
            Crowd | InReview => {
                (0..self.random.between(3, 8)).for_each(|_| self.after(1, 8, Deed::CoSign));
                self.work(fate);
            }
            Burst => {
                self.after(1, 8, Deed::CoSign);
                (0..12).for_each(|_| self.soon(Deed::CoSign));
                self.work(fate);
            }
            _ => self.work(fate),
        }
    }

    /// From triage to completion, with what comes between.
    fn work(&mut self, fate: Fate) {
        if self.random.percent(18) {
            self.after(1, 6, Deed::CoSign);
        }
        self.after(1, 14, Deed::Triage);
        if fate == Fate::Accepted {
            return;
        }
        self.take_up(fate);
        let paths: &[fn(&mut Self)] = match fate {
            Fate::InPool | Fate::WaitsForRuling => return,
            Fate::Suspended => &[Self::suspend],
            Fate::SuspendedOnce => &[Self::suspend, Self::resume],
            Fate::Extended => &[Self::extend],
            Fate::CalledUnreasonable => &[Self::call_unreasonable],
            Fate::RuledUnreasonable => &[Self::call_unreasonable, Self::rule_unreasonable],
            _ => &[],
        };
        paths.iter().for_each(|path| path(self));
        match fate {
            Fate::Suspended | Fate::CalledUnreasonable => {}
            Fate::Late => self.after(24, 72, Deed::Progress("已联系施工方，配件尚未到货，先做临时处理。")),
            _ => self.finish(fate),
        }
    }

    /// From dispatch to claim.
    fn take_up(&mut self, fate: Fate) {
        match fate {
            Fate::InPool => return self.after(1, 4, Deed::Dispatch(To::Pool)),
            Fate::Returned => self.bounce(),
            Fate::ReturnedTwice => {
                self.bounce();
                self.bounce();
                self.after(2, 8, Deed::Rule);
            }
            Fate::WaitsForRuling => {
                self.bounce();
                return self.send_astray();
            }
            _ => {
                let to = *self.random.pick(&[To::Unit, To::Unit, To::Unit, To::Pool, To::Team]);
                self.after(1, 6, Deed::Dispatch(to));
            }
        }
        if fate == Fate::Returned {
            self.after(1, 5, Deed::Dispatch(To::Unit));
        }
        self.after(1, 12, Deed::Claim);
    }

    fn bounce(&mut self) {
        self.send_astray();
        self.after(1, 5, Deed::Triage);
    }

    /// To a unit that hands it back (R4).
    fn send_astray(&mut self) {
        self.after(1, 4, Deed::Dispatch(To::WrongUnit));
        let (reason, basis) = ("该设施不在本单位管养范围内。", "市政设施管养权责清单");
        self.after(2, 10, Deed::Return { reason, basis });
    }

    fn suspend(&mut self) {
        self.after(10, 30, Deed::Suspend);
    }

    fn resume(&mut self) {
        self.after(48, 96, Deed::Resume);
    }

    fn extend(&mut self) {
        self.after(24, 60, Deed::AskForTime);
        self.after(2, 10, Deed::GrantTime);
    }

    fn call_unreasonable(&mut self) {
        self.after(4, 20, Deed::CallUnreasonable);
    }

    fn rule_unreasonable(&mut self) {
        self.after(12, 40, Deed::RuleUnreasonable);
    }

    /// From the work to the end of its reviews.
    fn finish(&mut self, fate: Fate) {
        if self.random.percent(60) {
            self.after(6, 40, Deed::Progress("已到现场查看，正在安排人员和材料。"));
        }
        let bad = match fate {
            Fate::Rework | Fate::Appealed | Fate::AppealRuled => 1,
            Fate::ReworkTwice => 2,
            Fate::ClosedDissatisfied => 3,
            Fate::InRework(times) => times,
            _ => 0,
        };
        for _ in 0..bad {
            self.after(14, 40, Deed::Complete { solved: true });
            self.after(3, 18, Deed::Rate(Mood::Bad));
        }
        if matches!(fate, Fate::Appealed | Fate::AppealRuled) {
            self.after(2, 12, Deed::Appeal);
        }
        match fate {
            Fate::Appealed => {}
            Fate::InRework(_) => self.after(12, 36, Deed::Progress("重新制定方案，正在返工。")),
            Fate::ClosedDissatisfied => self.after(12, 36, Deed::CloseDissatisfied),
            _ => self.last_round(fate),
        }
    }

    fn last_round(&mut self, fate: Fate) {
        if fate == Fate::AppealRuled {
            self.after(12, 40, Deed::RuleAppeal);
        }
        let solved = !matches!(fate, Fate::Unsolved | Fate::RuledUnreasonable);
        let urgent_hours = self.random.between(10, 150);
        self.after(8, 8 + urgent_hours, Deed::Complete { solved });
        let mood = match fate {
            Fate::Unrated => return,
            Fate::InReview => Mood::Partly,
            Fate::Crowd => Mood::Mixed,
            Fate::WrongDispatch => Mood::WrongDispatch,
            _ => Mood::Good,
        };
        self.after(2, 60, Deed::Rate(mood));
        if mood == Mood::Partly {
            self.after(1, 20, Deed::RingUp);
        }
        if mood == Mood::WrongDispatch {
            self.after(3, 12, Deed::Triage);
            self.after(1, 4, Deed::Dispatch(To::Unit));
            self.after(2, 8, Deed::Claim);
        }
    }

    /// The next step within five minutes.
    fn soon(&mut self, deed: Deed) {
        let minutes = SignedDuration::from_mins(self.random.between(1, 5));
        self.at = self.at.checked_add(minutes).unwrap_or(self.at);
        self.steps.push(Step { at: self.at, deed });
    }

    /// The next step, so many hours later.
    fn after(&mut self, low: i64, high: i64, deed: Deed) {
        let minutes = self.random.between(low * 60, high * 60);
        let later = self.at.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(self.at);
        let by_resident = matches!(deed, Deed::CoSign | Deed::Rate(_) | Deed::Withdraw(_));
        self.at = self.awake(later, if by_resident { (7, 22) } else { (8, 18) });
        self.steps.push(Step { at: self.at, deed });
    }

    /// Moves a time of the night into the next morning.
    fn awake(&mut self, at: Timestamp, (opens, closes): (i8, i8)) -> Timestamp {
        let local = at.to_zoned(self.zone.clone());
        if (opens..closes).contains(&local.hour()) {
            return at;
        }
        let day = if local.hour() >= closes { local.checked_add(1.day()).unwrap_or(local) } else { local };
        let minutes = self.random.between(0, 110);
        let morning = day.date().at(opens, 30, 0, 0).to_zoned(self.zone.clone());
        let morning = morning.map(|morning| morning.timestamp()).unwrap_or(at);
        morning.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(morning).max(at)
    }
}

/// When it is filed: `days` before the end, at an hour when people are awake.
pub fn filed_at(random: &mut Random, zone: &TimeZone, end: Timestamp, days: i64) -> Timestamp {
    let minutes = days * MINUTES_A_DAY + random.between(0, MINUTES_A_DAY);
    let at = end.checked_sub(SignedDuration::from_mins(minutes)).unwrap_or(end);
    let mut days = Days { random, zone, at, steps: Vec::new() };
    days.awake(at, (7, 22)).min(end)
}
