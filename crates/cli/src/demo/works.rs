//! Projects of the demonstration (R29): one was finished, rated without a name and closed with its requests; on another's
//! review the vote is open (R14, R16, R21).

use anyhow::{Context, Result};
use data_encoding::BASE64;
use jiff::ToSpan;
use sandan_app::{
    AnswerInput, App, Caller, CastBallot, EndEvaluation, FinishProject, OpenProject, Refusal, Register, StageDone,
    StageLine,
};
use sandan_booth::PublicKey;
use sandan_domain::{CommunityId, EvaluationId, ProjectId, RequestId, Role};

use super::cast::{numbered, staff};
use super::meeting::token;

/// Most requests that one of them serves.
pub const REQUESTS: usize = 2;

/// What it is.
pub struct Plan {
    pub name: &'static str,
    pub title: &'static str,
    pub responsible: &'static str,
    pub unit: &'static str,
    pub stages: &'static [&'static str],
    pub answer: &'static str,
    /// So many register for its review, numbered from `first` on.
    pub registered: i64,
    pub first: i64,
}

pub static LAMPS: Plan = Plan {
    name: "liuyin-lamps",
    title: "柳荫里楼道照明改造",
    responsible: "社区党委副书记 丁雅琴",
    unit: "gongdian",
    stages: &["勘察楼道、公示方案", "更换灯具和线路", "通电验收"],
    answer: "十二个单元的楼道灯已全部更换为声控节能灯，线路一并更新，质保三年。",
    registered: 14,
    first: 1_500,
};
pub static WALK: Plan = Plan {
    name: "lakeside-walk",
    title: "湖滨步道修缮",
    responsible: "社区居委会主任 邵文清",
    unit: "yuanlin",
    stages: &["平整路基", "铺设防滑地砖", "补种绿化、安装坐凳"],
    answer: "步道八百米已全部铺设防滑地砖，新增坐凳十二处，欢迎居民评价。",
    registered: 9,
    first: 1_600,
};

pub struct Work {
    plan: &'static Plan,
    community: CommunityId,
    pub id: Option<ProjectId>,
    /// Of those who registered.
    codes: Vec<String>,
}

/// What happens to one, each at its own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Open,
    Register,
    StageDone(i64),
    Finish,
    /// All but two vote, and the vote is ended; its ballots are counted by themselves.
    Vote,
}

impl Work {
    pub const fn new(plan: &'static Plan, community: CommunityId) -> Self {
        Self { plan, community, id: None, codes: Vec::new() }
    }

    pub const fn unit(&self) -> &'static str {
        self.plan.unit
    }

    /// The steps up to its finishing.
    pub fn steps(&self) -> impl Iterator<Item = Step> {
        let stages = (1..).zip(self.plan.stages).map(|(nth, _)| Step::StageDone(nth));
        [Step::Open, Step::Register].into_iter().chain(stages).chain([Step::Finish])
    }

    /// Takes a step. `requests` are in work and could be served.
    pub async fn act(&mut self, app: &App, step: Step, requests: Vec<RequestId>) -> Result<()> {
        let desk = staff(Role::Dispatcher, &self.community, None);
        let Some(id) = self.id else {
            if step == Step::Open && !requests.is_empty() {
                let opened = app.open_project(&desk, self.opening(app, &requests)).await?;
                self.id = Some(opened.outcome.project);
            }
            return Ok(());
        };
        match step {
            Step::Open => {}
            Step::Register => self.register(app, id).await?,
            Step::StageDone(stage) => {
                app.stage_done(&desk, id, StageDone { stage: Some(stage) }).await?;
            }
            Step::Finish => {
                let input = FinishProject { answer: Some(self.plan.answer.to_owned()), ..FinishProject::default() };
                app.finish_project(&desk, id, input).await?;
            }
            Step::Vote => self.vote(app, &desk, id).await?,
        }
        Ok(())
    }

    fn opening(&self, app: &App, requests: &[RequestId]) -> OpenProject {
        let today = app.clock().now().to_zoned(app.policy().zone.clone()).date();
        let due = |nth: i64| today.checked_add((7 * nth).days()).unwrap_or(today).to_string();
        let stage = |(nth, name): (i64, &&str)| StageLine { name: Some((*name).to_owned()), due: Some(due(nth)) };
        OpenProject {
            community: Some(self.community.to_string()),
            name: Some(self.plan.name.to_owned()),
            title: Some(self.plan.title.to_owned()),
            responsible: Some(self.plan.responsible.to_owned()),
            unit: Some(self.plan.unit.to_owned()),
            requests: requests.iter().map(ToString::to_string).collect(),
            stages: (1..).zip(self.plan.stages).map(stage).collect(),
        }
    }

    async fn register(&mut self, app: &App, id: ProjectId) -> Result<(), Refusal> {
        for nth in 0..self.plan.registered {
            let resident = numbered(self.plan.first + nth);
            let input = Register { name: Some(resident.name), phone: Some(resident.phone), ..Register::default() };
            let code = app.register_for(&Caller::resident(), id, input).await?.outcome.code;
            self.codes.push(code.to_string());
        }
        Ok(())
    }

    async fn vote(&self, app: &App, desk: &Caller, id: ProjectId) -> Result<()> {
        let vote = app.project(id).await?.review().context("vote on a project that is not in review")?;
        let session = app.evaluation(vote).await?;
        let poll = session.poll().context("vote where no vote is open")?;
        let key = PublicKey::from_der(&BASE64.decode(poll.public_key.as_bytes())?)?;
        for (nth, code) in self.codes.iter().skip(2).enumerate() {
            let token = token(app, vote, &key, code).await?;
            let (rating, reasons) = match nth {
                0 | 5 => ("dissatisfied", vec!["slow".to_owned()]),
                1 | 4 | 7 => ("very_satisfied", Vec::new()),
                _ => ("satisfied", Vec::new()),
            };
            let subject = Some(self.plan.name.to_owned());
            let answers = vec![AnswerInput { subject, rating: Some(rating.to_owned()), reasons }];
            app.cast(vote, &CastBallot { token: Some(token.to_text()), answers }).await?;
        }
        let end = |phase: &str| EndEvaluation { phase: Some(phase.to_owned()) };
        app.end_evaluation(desk, vote, end("drawing")).await?;
        app.write_ballots().await?;
        app.end_evaluation(desk, vote, end("voting")).await?;
        Ok(())
    }

    /// The vote that is open, with the code of somebody who has not voted.
    pub async fn vote_to_try(&self, app: &App) -> Result<Option<(EvaluationId, &str)>, Refusal> {
        let Some(id) = self.id else { return Ok(None) };
        let vote = app.project(id).await?.review();
        Ok(vote.zip(self.codes.first()).map(|(vote, code)| (vote, code.as_str())))
    }
}
