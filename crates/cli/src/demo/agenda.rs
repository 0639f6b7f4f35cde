//! What is on the calendar beside the requests: a quarterly session and an appraisal that are over, a session whose vote
//! is open and one that people sign up for (R22, R25), call-backs of the unrated (R18), and two projects (R29).

use anyhow::{Result, anyhow};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use sandan_app::{App, CallBack, CommitCallbacks, Refusal};
use sandan_domain::callback::Callback;
use sandan_domain::{CallbackId, CommunityId, InputError, RequestId, Role};

use super::act::{Telling, case};
use super::cast::staff;
use super::meeting::{Meeting, Rated, Step};
use super::place::{MAIN, OTHER};
use super::random::Random;
use super::sign_ins::Sample;
use super::works::{self, LAMPS, REQUESTS, WALK, Work};

const SEED: u64 = 0x00a9_e4da;
/// So many are called back of a period, and so many of them were.
const SAMPLE: i64 = 6;
const CALLED: usize = 4;
const OVER: usize = 0;
const APPRAISAL: usize = 1;
const VOTING: usize = 2;
const SIGN_UP: usize = 3;
const FINISHED: usize = 0;
const IN_REVIEW: usize = 1;

const fn unit(id: &'static str, good: i64) -> Rated {
    Rated { id, person: None, good }
}

const fn person(id: &'static str, kind: &'static str, name: &'static str, good: i64) -> Rated {
    Rated { id, person: Some((kind, name)), good }
}

static UNITS: [Rated; 5] =
    [unit("wuye", 55), unit("chengguan", 85), unit("yuanlin", 92), unit("gongshui", 96), unit("paichusuo", 94)];
static PEOPLE: [Rated; 5] = [
    person("zhuren", "officer", "社区居委会主任 邵文清", 92),
    person("fuzhuren", "officer", "社区居委会副主任 丁雅琴", 60),
    person("gong-yi", "worker", "专职社工 秦小雨", 95),
    person("gong-er", "worker", "专职社工 陶志明", 78),
    unit("wuye", 80),
];

pub struct Agenda {
    items: Vec<(Timestamp, Item)>,
    done: usize,
    meetings: [Meeting; 4],
    works: [Work; 2],
    random: Random,
    main: CommunityId,
    /// First day and last of the call-backs, the last not included; and of the next ones.
    periods: [(Date, Date); 2],
    callbacks: Option<CallbackId>,
}

#[derive(Clone, Copy)]
enum Item {
    Meeting(usize, Step),
    Commit(usize),
    CallBack,
    Work(usize, works::Step),
}

impl Agenda {
    /// All that happens up to `end`.
    pub fn new(zone: &TimeZone, end: Timestamp) -> Result<Self> {
        let community = |slug: &str| slug.parse().map_err(|error: InputError| anyhow!("{error}"));
        let (main, other): (CommunityId, CommunityId) = (community(MAIN)?, community(OTHER)?);
        let day = |days: i64| end.to_zoned(zone.clone()).date().saturating_sub(days.days());
        let (now, before) = quarters(day(34));
        let meetings = [
            Meeting::new(main.clone(), before.clone(), &UNITS, (24, 20, 18)),
            Meeting::new(main.clone(), (day(0).year() - 1).to_string(), &PEOPLE, (16, 20, 13)),
            Meeting::new(main.clone(), now, &UNITS, (14, 12, 0)),
            Meeting::new(other, before, &UNITS, (5, 15, 0)),
        ];
        let works = [Work::new(&LAMPS, main.clone()), Work::new(&WALK, main.clone())];
        let ago = |days: i64, hours: i64| end.checked_sub(SignedDuration::from_hours(24 * days - hours)).unwrap_or(end);
        let mut items = held(OVER, ago, 34);
        items.push((ago(24, 2), Item::Meeting(OVER, Step::SendBack)));
        items.extend(held(APPRAISAL, ago, 20));
        let opened = Step::Open { drawing_until: ago(-6, 0), voting_until: ago(-7, 0) };
        items.extend(begun(VOTING, ago, 14));
        items.push((ago(2, 0), Item::Meeting(VOTING, opened)));
        items.push((ago(3, 0), Item::Meeting(SIGN_UP, Step::Announce { sign_up_until: ago(-11, 0) })));
        items.push((ago(1, 0), Item::Meeting(SIGN_UP, Step::SignUp)));
        items.extend([(ago(32, 0), Item::Commit(0)), (ago(2, 1), Item::Commit(1)), (ago(3, 2), Item::CallBack)]);
        for (nth, begun) in [(FINISHED, 30), (IN_REVIEW, 12)] {
            // Two days from one step to the next.
            let steps = (0..).zip(works[nth].steps());
            items.extend(steps.map(|(done, step)| (ago(begun - 2 * done, 3), Item::Work(nth, step))));
        }
        items.push((ago(18, 4), Item::Work(FINISHED, works::Step::Vote)));
        items.sort_by_key(|(at, _)| *at);
        let periods = [(day(28), day(4)), (day(-1), day(-31))];
        Ok(Self { items, done: 0, meetings, works, random: Random::new(SEED), main, periods, callbacks: None })
    }

    /// When the next item is due.
    pub fn next(&self) -> Option<Timestamp> {
        self.items.get(self.done).map(|(at, _)| *at)
    }

    /// Does the next item.
    pub async fn act(&mut self, app: &App, tellings: &[Telling]) -> Result<()> {
        let Some((_, item)) = self.items.get(self.done).copied() else { return Ok(()) };
        self.done += 1;
        match item {
            Item::Meeting(nth, step) => {
                let closed = if step == Step::SendBack { self.closed(app, tellings).await? } else { None };
                self.meetings[nth].act(app, &mut self.random, step, closed).await
            }
            Item::Commit(nth) => Ok(self.commit(app, nth).await?),
            Item::CallBack => Ok(self.call_back(app).await?),
            Item::Work(nth, step) => {
                let unit = self.works[nth].unit();
                let is_first = step == works::Step::Open;
                let requests = if is_first { self.in_work(app, tellings, unit).await? } else { Vec::new() };
                self.works[nth].act(app, step, requests).await
            }
        }
    }

    /// A request of the community that is closed.
    async fn closed(&self, app: &App, tellings: &[Telling]) -> Result<Option<RequestId>, Refusal> {
        for telling in tellings.iter().filter(|telling| telling.life.community == self.main.as_str()) {
            if let Some(id) = telling.request_in(app, "closed").await? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Requests of the community that are worked on and no project serves: the unit's own, if it has any.
    async fn in_work(&self, app: &App, tellings: &[Telling], unit: &str) -> Result<Vec<RequestId>, Refusal> {
        let mut found = Vec::new();
        for telling in tellings.iter().filter(|telling| telling.life.community == self.main.as_str()) {
            let Some(id) = telling.request_in(app, "claimed").await? else { continue };
            if case(app, id).await?.is_some_and(|case| case.project.is_none()) {
                found.push((telling.life.story.unit != unit, id));
            }
        }
        found.sort_by_key(|(is_others, _)| *is_others);
        let has_own = found.first().is_some_and(|(is_others, _)| !is_others);
        let fits = found.into_iter().filter(|(is_others, _)| !(has_own && *is_others));
        Ok(fits.map(|(_, id)| id).take(REQUESTS).collect())
    }

    async fn commit(&mut self, app: &App, nth: usize) -> Result<(), Refusal> {
        let (from, to) = self.periods[nth];
        let input = CommitCallbacks {
            community: Some(self.main.to_string()),
            from: Some(from.to_string()),
            to: Some(to.to_string()),
            size: Some(SAMPLE),
        };
        let committed = app.commit_callbacks(&staff(Role::Oversight, &self.main, None), input).await?;
        self.callbacks.get_or_insert(committed.outcome.id);
        Ok(())
    }

    /// The sample was drawn by itself when the period was over.
    async fn call_back(&self, app: &App) -> Result<(), Refusal> {
        let Some(id) = self.callbacks else { return Ok(()) };
        let hotline = staff(Role::Hotline, &self.main, None);
        let Callback::Drawn { sample, .. } = &*app.callbacks(id).await? else { return Ok(()) };
        for (nth, request) in sample.iter().take(CALLED).enumerate() {
            let (outcome, answer) = match nth {
                0 | 1 => ("reached", Some("basically_satisfied")),
                2 => ("reached", Some("dissatisfied")),
                _ => ("no_answer", None),
            };
            let input = CallBack {
                request: Some(request.to_string()),
                outcome: Some(outcome.to_owned()),
                answer: answer.map(str::to_owned),
                note: None,
            };
            app.call_back(&hotline, id, input).await?;
        }
        Ok(())
    }

    /// What a visitor may look at.
    pub async fn samples(&self, app: &App) -> Result<Vec<Sample>, Refusal> {
        let mut samples = Vec::new();
        let mut add = |what: &str, path: String| samples.push(Sample { what: what.to_owned(), path });
        for (nth, what) in [(OVER, "季度评价例会：结果与纪要"), (APPRAISAL, "双述双评：结果")] {
            if let Some(id) = self.meetings[nth].id {
                add(what, format!("/evaluations/{id}"));
            }
        }
        if let (Some(id), Some(code)) = (self.meetings[VOTING].id, self.meetings[VOTING].code_to_try(app).await?) {
            add("匿名评价：投一票", format!("/evaluations/{id}/vote#{code}"));
        }
        if let Some(id) = self.works[FINISHED].id {
            add("项目：已完成，一事一评通过", format!("/projects/{id}"));
        }
        if let Some((vote, code)) = self.works[IN_REVIEW].vote_to_try(app).await? {
            add("一事一评：给一个项目投一票", format!("/evaluations/{vote}/vote#{code}"));
        }
        if let Some(id) = self.callbacks {
            add("回访抽样：任何人都能重抽", format!("/callbacks/{id}"));
        }
        Ok(samples)
    }
}

/// A meeting from its announcement, so many days before the end, to the lots.
fn begun(nth: usize, ago: impl Fn(i64, i64) -> Timestamp, days: i64) -> Vec<(Timestamp, Item)> {
    let announce = Step::Announce { sign_up_until: ago(days - 4, 0) };
    let steps = [(ago(days, 0), announce), (ago(days - 2, 0), Step::SignUp), (ago(days - 4, 1), Step::Screen)];
    steps.map(|(at, step)| (at, Item::Meeting(nth, step))).to_vec()
}

/// The same to its count.
fn held(nth: usize, ago: impl Fn(i64, i64) -> Timestamp + Copy, days: i64) -> Vec<(Timestamp, Item)> {
    let open = Step::Open { drawing_until: ago(days - 7, 0), voting_until: ago(days - 8, 0) };
    let steps = [(ago(days - 5, 0), open), (ago(days - 6, 0), Step::Vote), (ago(days - 6, 1), Step::Count)];
    let steps = steps.map(|(at, step)| (at, Item::Meeting(nth, step)));
    begun(nth, ago, days).into_iter().chain(steps).collect()
}

/// The quarter of a day, and the one before it.
fn quarters(day: Date) -> (String, String) {
    let quarter = (day.month() - 1) / 3 + 1;
    let before = if quarter == 1 { (day.year() - 1, 4) } else { (day.year(), quarter - 1) };
    (format!("{}-Q{quarter}", day.year()), format!("{}-Q{}", before.0, before.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_has_one_before_it() {
        let of = |day: &str| quarters(day.parse().unwrap());
        assert_eq!(of("2026-10-24"), ("2026-Q4".to_owned(), "2026-Q3".to_owned()));
        assert_eq!(of("2027-03-31"), ("2027-Q1".to_owned(), "2026-Q4".to_owned()));
    }

    #[test]
    fn the_agenda_stands_in_order_and_within_the_story() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let end: Timestamp = "2026-11-20T10:00:00+08:00".parse().unwrap();
        let agenda = Agenda::new(&zone, end).unwrap();
        assert!(agenda.items.is_sorted_by_key(|(at, _)| *at));
        assert!(agenda.items.iter().all(|(at, _)| *at <= end && *at >= super::super::tell::beginning(end)));
    }
}
