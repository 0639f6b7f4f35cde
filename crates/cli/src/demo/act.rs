//! One life while it is told: each deed becomes the command of whoever does it.

use anyhow::{Result, anyhow};
use jiff::{Timestamp, ToSpan};
use sandan_app::{
    App, Caller, Close, CoSign, Complete, Dispatch, Extend, FileRequest, Progress, Rate, Refusal, Return, Rule,
    Suspend, Triage, Withdraw,
};
use sandan_domain::request::{Case, ServiceRequest};
use sandan_domain::{CommunityId, InputError, RequestId, Role};

use super::cast::{self, filer, staff};
use super::deed::{Deed, Mood, To};
use super::life::Life;
use super::place::{GRIDS, ROADS, UNITS};
use super::random::Random;

const PLEASED: [&str; 4] = ["very_satisfied", "satisfied", "satisfied", "basically_satisfied"];
const COMPLAINTS: [&str; 5] = [
    "只是临时处理了一下，过两天又坏了。",
    "来看了一眼就说办结，问题根本没解决。",
    "答复很客气，但现场没有变化。",
    "修是修了，可是留下一堆垃圾没人收。",
    "说好的时间没来，等了整整一天。",
];

pub struct Telling {
    pub life: Life,
    pub request: Option<RequestId>,
    community: CommunityId,
    /// Everybody's code, the filer's first, and whether they have voted in this round.
    codes: Vec<String>,
    voted: usize,
    /// The unit that has it.
    unit: &'static str,
    done: usize,
}

impl Telling {
    pub fn new(life: Life) -> Result<Self> {
        let community = life.community.parse().map_err(|error: InputError| anyhow!("{error}"))?;
        let unit = life.story.unit;
        Ok(Self { life, request: None, community, codes: Vec::new(), voted: 0, unit, done: 0 })
    }

    /// When its next step is due.
    pub fn next(&self) -> Option<Timestamp> {
        self.life.steps.get(self.done).map(|step| step.at)
    }

    /// A code for a visitor, if the request is in `state`: in a review one that has not voted.
    pub async fn code_to_try(&self, app: &App, state: &str) -> Result<Option<&str>, Refusal> {
        let Some(id) = self.request else { return Ok(None) };
        let Some(case) = case(app, id).await? else { return Ok(None) };
        let place = if state == "in_review" { self.voted } else { 0 };
        Ok(self.codes.get(place).filter(|_| case.stage.name() == state).map(String::as_str))
    }

    /// The request, if it is in `state`.
    pub async fn request_in(&self, app: &App, state: &str) -> Result<Option<RequestId>, Refusal> {
        let Some(id) = self.request else { return Ok(None) };
        Ok(case(app, id).await?.filter(|case| case.stage.name() == state).map(|_| id))
    }

    /// Takes the next step. `into` is the request that a duplicate is merged into.
    pub async fn act(&mut self, app: &App, random: &mut Random, into: Option<RequestId>) -> Result<(), Refusal> {
        let Some(deed) = self.life.steps.get(self.done).map(|step| step.deed.clone()) else { return Ok(()) };
        self.done += 1;
        let Some(id) = self.request else { return self.file(app, random).await };
        match deed {
            Deed::File => Ok(()),
            Deed::CoSign => self.co_sign(app, random, id).await,
            Deed::Triage => self.triage(app, id, accept(&self.life)).await,
            Deed::Reject(reason) => self.triage(app, id, reject(reason)).await,
            Deed::Merge => self.triage(app, id, into.map_or_else(|| accept(&self.life), merge)).await,
            Deed::Dispatch(to) => self.dispatch(app, random, id, to).await,
            Deed::Claim => app.claim(&self.worker(), id).await.map(drop),
            Deed::Progress(note) => {
                app.progress(&self.worker(), id, Progress { note: Some(note.to_owned()) }).await.map(drop)
            }
            Deed::Return { reason, basis } => self.give_back(app, id, reason, basis).await,
            Deed::Rule => self.rule(app, id).await,
            Deed::Complete { solved } => self.complete(app, id, solved).await,
            Deed::Rate(mood) => self.rate(app, random, id, mood).await,
            Deed::Suspend => self.suspend(app, id).await,
            Deed::Resume => app.resume(&self.staff(Role::Supervisor), id).await.map(drop),
            Deed::AskForTime => self.ask_for_time(app, id).await,
            Deed::GrantTime => self.grant_time(app, id).await,
            Deed::Withdraw(reason) => self.withdraw(app, id, reason).await,
            Deed::CloseDissatisfied => self.close(app, id).await,
            Deed::CallUnreasonable => self.call_unreasonable(app, id).await,
            Deed::RuleUnreasonable => self.rule_unreasonable(app, id).await,
            Deed::Appeal => self.appeal(app, id).await,
            Deed::RuleAppeal => self.rule_appeal(app, id).await,
            Deed::RingUp => self.ring_up(app, random, id).await,
        }
    }

    async fn file(&mut self, app: &App, random: &mut Random) -> Result<(), Refusal> {
        let resident = cast::resident(random);
        let (house, flat, road) =
            (random.between(1, 29), random.between(1, 18) * 100 + random.between(1, 5), random.pick(&ROADS));
        let grids: Vec<&str> =
            GRIDS.iter().filter(|grid| grid.community == self.life.community).map(|grid| grid.slug).collect();
        let text = self.life.story.text.replace("{幢}", &house.to_string());
        let text = text.replace("{室}", &flat.to_string()).replace("{路}", road);
        let knows_place = random.percent(85);
        let input = FileRequest {
            community: Some(self.life.community.to_owned()),
            channel: Some(self.life.channel.to_owned()),
            // Residents leave it to the desk as often as not.
            category: random.percent(55).then(|| self.life.story.category.to_owned()),
            title: Some(self.life.story.title.to_owned()),
            description: Some(text),
            urgency: self.life.urgent.then(|| "urgent".to_owned()),
            name: Some(resident.name),
            phone: Some(resident.phone),
            address: knows_place.then(|| format!("{road}{}号{house}幢", random.between(1, 200))),
            grid: knows_place.then(|| (*random.pick(&grids)).to_owned()),
            ..FileRequest::default()
        };
        let filed = app.file(&filer(self.life.channel, &self.community), input).await?.outcome;
        self.request = Some(filed.request);
        self.codes.push(filed.tracking.as_str().to_owned());
        Ok(())
    }

    async fn co_sign(&mut self, app: &App, random: &mut Random, id: RequestId) -> Result<(), Refusal> {
        let resident = cast::resident(random);
        let input = CoSign { name: Some(resident.name), phone: Some(resident.phone), email: None };
        match app.co_sign(&Caller::resident(), id, input).await {
            Ok(joined) => self.codes.push(joined.outcome.tracking.as_str().to_owned()),
            // Chance drew somebody who had joined before.
            Err(Refusal::Rejected { .. }) => {}
            Err(refusal) => return Err(refusal),
        }
        Ok(())
    }

    async fn triage(&self, app: &App, id: RequestId, input: Triage) -> Result<(), Refusal> {
        app.triage(&self.staff(Role::Dispatcher), id, input).await.map(drop)
    }

    async fn dispatch(&mut self, app: &App, random: &mut Random, id: RequestId, to: To) -> Result<(), Refusal> {
        let other = UNITS.iter().find(|unit| unit.slug != self.life.story.unit).map_or("", |unit| unit.slug);
        let own = self.life.story.unit.to_owned();
        self.unit = if to == To::WrongUnit { other } else { self.life.story.unit };
        let input = match to {
            To::Pool => Dispatch { pool: Some(true), slots: Some(1), ..Dispatch::default() },
            To::Unit => Dispatch { unit: Some(own), ..Dispatch::default() },
            To::WrongUnit => Dispatch { unit: Some(other.to_owned()), ..Dispatch::default() },
            To::Team => Dispatch { units: Some(vec![own, other.to_owned()]), ..Dispatch::default() },
        };
        let note = random.percent(40).then(|| "请先与居民电话联系，再上门查看。".to_owned());
        app.dispatch(&self.staff(Role::Dispatcher), id, Dispatch { note, ..input }).await.map(drop)
    }

    async fn give_back(&self, app: &App, id: RequestId, reason: &str, basis: &str) -> Result<(), Refusal> {
        let input = Return { reason: Some(reason.to_owned()), basis: Some(basis.to_owned()) };
        app.give_back(&self.worker(), id, input).await.map(drop)
    }

    async fn rule(&mut self, app: &App, id: RequestId) -> Result<(), Refusal> {
        self.unit = self.life.story.unit;
        let reason = Some("经社区大党委审定，由该单位首接负责，不得再退。".to_owned());
        let input = Rule { unit: Some(self.unit.to_owned()), reason };
        app.rule(&self.staff(Role::Dispatcher), id, input).await.map(drop)
    }

    async fn complete(&mut self, app: &App, id: RequestId, solved: bool) -> Result<(), Refusal> {
        self.voted = 0;
        let unsolved = "涉及产权单位改造计划，需列入明年项目，已说明进度安排。".to_owned();
        let answer = Some(if solved { self.life.story.answer.to_owned() } else { format!("您好，{unsolved}") });
        let input = Complete { answer, solved: Some(solved), unsolved_reason: (!solved).then_some(unsolved) };
        app.complete(&self.worker(), id, input).await.map(drop)
    }

    async fn rate(&mut self, app: &App, random: &mut Random, id: RequestId, mood: Mood) -> Result<(), Refusal> {
        let voters = if mood == Mood::Partly { self.codes.len().div_ceil(3) } else { self.codes.len() };
        for (place, code) in self.codes.iter().enumerate().take(voters) {
            let is_bad = matches!(mood, Mood::Bad | Mood::WrongDispatch) || (mood == Mood::Mixed && place == 1);
            let rating =
                if is_bad { *random.pick(&["dissatisfied", "very_dissatisfied"]) } else { random.pick(&PLEASED) };
            let input = Rate {
                tracking_code: Some(code.clone()),
                rating: Some(rating.to_owned()),
                reason: is_bad.then(|| (*random.pick(&COMPLAINTS)).to_owned()),
                dispatch_wrong: Some(mood == Mood::WrongDispatch),
                ..Rate::default()
            };
            // Once the rest is certain the round ends, and a ballot may come too late.
            match app.rate(&Caller::resident(), id, input).await {
                Ok(_) => self.voted = place + 1,
                Err(Refusal::Rejected { .. }) => break,
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(())
    }

    async fn suspend(&self, app: &App, id: RequestId) -> Result<(), Refusal> {
        let review_on = Some(self.day(app, 14));
        let input = Suspend { reason: Some("等待产权单位批复和材料到货。".to_owned()), review_on };
        app.suspend(&self.staff(Role::Supervisor), id, input).await.map(drop)
    }

    async fn ask_for_time(&self, app: &App, id: RequestId) -> Result<(), Refusal> {
        let input = Extend {
            reason: Some("需要定制配件，厂家交货期较长。".to_owned()),
            until: Some(self.day(app, 30)),
        };
        app.extend(&self.worker(), id, input).await.map(drop)
    }

    async fn grant_time(&self, app: &App, id: RequestId) -> Result<(), Refusal> {
        let input = Extend { reason: Some("情况属实，同意延期一次。".to_owned()), until: None };
        app.extend(&self.staff(Role::Supervisor), id, input).await.map(drop)
    }

    async fn withdraw(&self, app: &App, id: RequestId, reason: &str) -> Result<(), Refusal> {
        let input = Withdraw { tracking_code: self.codes.first().cloned(), reason: Some(reason.to_owned()) };
        app.withdraw(&Caller::resident(), id, input).await.map(drop)
    }

    async fn close(&self, app: &App, id: RequestId) -> Result<(), Refusal> {
        let reason = Some("经监事会评议，短期内无法达到居民期望，转入民生项目库，按不满意销号。".to_owned());
        app.close(&self.staff(Role::Oversight), id, Close { reason }).await.map(drop)
    }

    /// A date so many days from the story's present.
    fn day(&self, app: &App, days: i64) -> String {
        let today = app.clock().now().to_zoned(app.policy().zone.clone()).date();
        today.checked_add(days.days()).unwrap_or(today).to_string()
    }

    pub(super) fn staff(&self, role: Role) -> Caller {
        staff(role, &self.community, None)
    }

    pub(super) fn worker(&self) -> Caller {
        staff(Role::Unit, &self.community, Some(self.unit))
    }
}

pub(super) async fn case(app: &App, id: RequestId) -> Result<Option<Case>, Refusal> {
    match &*app.request(id).await? {
        ServiceRequest::Filed(case) => Ok(Some((**case).clone())),
        ServiceRequest::Absent => Ok(None),
    }
}

fn accept(life: &Life) -> Triage {
    Triage {
        decision: Some("accept".to_owned()),
        category: Some(life.story.category.to_owned()),
        public_title: Some(life.story.title.to_owned()),
        ..Triage::default()
    }
}

fn reject(reason: &str) -> Triage {
    Triage { decision: Some("reject".to_owned()), reason: Some(reason.to_owned()), ..Triage::default() }
}

fn merge(into: RequestId) -> Triage {
    let reason = Some("与已受理的需求为同一事项，合并办理。".to_owned());
    Triage { decision: Some("merge".to_owned()), into: Some(into.to_string()), reason, ..Triage::default() }
}
