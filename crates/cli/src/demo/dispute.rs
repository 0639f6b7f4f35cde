//! What somebody independent decides about a request of the demonstration, and what the hotline hears of it.

use sandan_app::{App, Appeal, Call, DecideAppeal, DecideUnreasonable, ProposeUnreasonable, Refusal};
use sandan_domain::request::Case;
use sandan_domain::review::ballot_name;
use sandan_domain::{RequestId, Role};

use super::act::{Telling, case};
use super::random::Random;

impl Telling {
    pub(super) async fn call_unreasonable(&self, app: &App, id: RequestId) -> Result<(), Refusal> {
        let input = ProposeUnreasonable {
            reason: Some("诉求要求拆除经批准建设的公共设施，超出法律和政策允许的范围。".to_owned()),
            basis: Some("建设工程规划许可证及竣工验收备案表".to_owned()),
        };
        app.propose_unreasonable(&self.worker(), id, input).await.map(drop)
    }

    pub(super) async fn rule_unreasonable(&self, app: &App, id: RequestId) -> Result<(), Refusal> {
        let reason = Some("经核实，设施手续齐全、间距合规，认定为不合理诉求，仍须向居民解释清楚。".to_owned());
        let input = DecideUnreasonable { upheld: Some(true), reason };
        app.decide_unreasonable(&self.staff(Role::Supervisor), id, input).await.map(drop)
    }

    /// The filer's ballot of the round before this one.
    async fn ballot(&self, app: &App, id: RequestId) -> Result<Option<String>, Refusal> {
        let case = case(app, id).await?;
        let name = |case: Case| ballot_name(id, case.round.saturating_sub(1), case.filer).to_string();
        Ok(case.map(name))
    }

    pub(super) async fn appeal(&self, app: &App, id: RequestId) -> Result<(), Refusal> {
        let input = Appeal {
            ballot: self.ballot(app, id).await?,
            ground: Some("mistaken".to_owned()),
            reason: Some("居民反映的是相邻路段，该路段不在本次办理范围内，有现场照片可以核对。".to_owned()),
        };
        app.appeal(&self.worker(), id, input).await.map(drop)
    }

    pub(super) async fn rule_appeal(&self, app: &App, id: RequestId) -> Result<(), Refusal> {
        let reason = Some("经电话核实，居民确认评价对象有误，申诉成立；原评价保留在案。".to_owned());
        let input = DecideAppeal { ballot: self.ballot(app, id).await?, upheld: Some(true), reason };
        app.decide_appeal(&self.staff(Role::Oversight), id, input).await.map(drop)
    }

    /// Whoever joined last has not voted.
    pub(super) async fn ring_up(&self, app: &App, random: &mut Random, id: RequestId) -> Result<(), Refusal> {
        let person = case(app, id).await?.and_then(|case| case.signers.last().copied());
        let input = Call {
            person: person.map(|person| person.to_string()),
            outcome: Some((*random.pick(&["no_answer", "reached"])).to_owned()),
            note: Some("约定晚上七点以后再联系。".to_owned()),
            ..Call::default()
        };
        app.record_call(&self.staff(Role::Hotline), id, input).await.map(drop)
    }
}
