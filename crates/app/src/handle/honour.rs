//! 评先评优 (R24): a community's opinion of a unit is asked for, answered with figures, and then the unit is proposed.

use std::sync::Arc;

use sandan_domain::honour::{Command, Figures, Honour, Honours, Opinion, Question};
use sandan_domain::{CommunityId, HonourId, UnitId, limits};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::cqrs::Kind;
use crate::execute::{Identity, Order, Wish, honour_stream};
use crate::form::{Form, checked};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// All are required.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AskOpinion {
    pub community: Option<String>,
    pub unit: Option<String>,
    /// What the honour is called.
    pub honour: Option<String>,
    /// An instant, or a date, whose midnight begins it.
    pub from: Option<String>,
    /// Not included.
    pub to: Option<String>,
}

/// Both are required.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GiveOpinion {
    /// `supports`, `reserved` or `opposes`.
    pub opinion: Option<String>,
    pub reason: Option<String>,
}

/// The question that a command was about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Honoured {
    pub id: HonourId,
}

impl App {
    /// Asks a community what it thinks of honouring one of its units.
    pub async fn ask_opinion(&self, by: &Caller, input: AskOpinion) -> Answer<Honoured> {
        let identity = admit(by, Action::ProposeHonour, &input)?;
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let unit: Option<UnitId> = form.required_parsed("unit", input.unit.as_deref());
        let honour = form.required_line("honour", input.honour.as_deref(), limits::NAME);
        let mut beginning = |field: &str, text: &Option<String>| {
            let text = form.required(field, text.as_deref())?;
            form.beginning(field, Some(text), &self.0.policy)
        };
        let (from, to) = (beginning("from", &input.from), beginning("to", &input.to));
        form.check()?;
        let (community, unit, honour) = (checked(community)?, checked(unit)?, checked(honour)?);
        let (from, to) = (checked(from)?, checked(to)?);
        if !self.has_unit(&community, &unit).await? {
            return Err(Refusal::NotFound);
        }
        let id = community.honour_id(&unit, honour.as_str(), from, to);
        let command = Command::Ask { community: community.clone(), unit, honour, from, to };
        let work = self.of_the_honour(by, Action::ProposeHonour, &identity, (id, community), command);
        Ok(self.once(&identity, work).await?.map(|_| Honoured { id }))
    }

    /// Says what the community thinks. The figures are the read models', never the caller's.
    pub async fn give_opinion(
        &self,
        by: &Caller,
        id: HonourId,
        input: GiveOpinion,
        figures: Figures,
    ) -> Answer<Honoured> {
        // Figures move on while a repeat is on its way: they are no part of what is repeated.
        let identity = admit(by, Action::GiveOpinion, &(id, &input))?;
        let work = async {
            let community = self.honour_in_reach(by, id).await?.community;
            let mut form = Form::default();
            let words = Opinion::ALL.map(|opinion| (opinion.name(), opinion));
            let opinion = form.required_word("opinion", input.opinion.as_deref(), &words);
            let reason = form.required_reason("reason", input.reason.as_deref());
            form.check()?;
            let (opinion, reason) = (checked(opinion)?, checked(reason)?);
            let command = Command::Answer { opinion, reason, figures: Box::new(figures) };
            self.of_the_honour(by, Action::GiveOpinion, &identity, (id, community), command).await
        };
        Ok(self.once(&identity, work).await?.map(|_| Honoured { id }))
    }

    /// Proposes the unit, once its community has answered. `reason` is required where it opposes.
    pub async fn propose_honour(&self, by: &Caller, id: HonourId, reason: Option<String>) -> Answer<Honoured> {
        let identity = admit(by, Action::ProposeHonour, &(id, "propose", &reason))?;
        let work = async {
            let community = self.honour_in_reach(by, id).await?.community;
            let mut form = Form::default();
            let reason = form.reason("reason", reason.as_deref());
            form.check()?;
            let command = Command::Propose { reason };
            self.of_the_honour(by, Action::ProposeHonour, &identity, (id, community), command).await
        };
        Ok(self.once(&identity, work).await?.map(|_| Honoured { id }))
    }

    /// The unit is not proposed after all. `reason` is required.
    pub async fn drop_honour(&self, by: &Caller, id: HonourId, reason: Option<String>) -> Answer<Honoured> {
        let identity = admit(by, Action::ProposeHonour, &(id, "drop", &reason))?;
        let work = async {
            let community = self.honour_in_reach(by, id).await?.community;
            let mut form = Form::default();
            let reason = form.required_reason("reason", reason.as_deref());
            form.check()?;
            let command = Command::Drop { reason: checked(reason)? };
            self.of_the_honour(by, Action::ProposeHonour, &identity, (id, community), command).await
        };
        Ok(self.once(&identity, work).await?.map(|_| Honoured { id }))
    }

    /// The question as it stands.
    pub async fn honour(&self, id: HonourId) -> Result<Arc<Honour>, Refusal> {
        let state = self.0.states.fresh::<Honours>(&honour_stream(id)).await?.state;
        Honours::take_down(&state).filter(|found| found.question().is_some()).cloned().ok_or(Refusal::NotFound)
    }

    async fn honour_in_reach(&self, by: &Caller, id: HonourId) -> Result<Question, Refusal> {
        let question = self.honour(id).await?.question().cloned().ok_or(Refusal::NotFound)?;
        self.in_scope(by, &question.community).await?;
        Ok(question)
    }

    async fn of_the_honour(
        &self,
        by: &Caller,
        action: Action,
        identity: &Identity,
        (id, community): (HonourId, CommunityId),
        command: Command,
    ) -> Done {
        let wish = Wish::Honour(community.clone(), id, command);
        Ok(self.execute(&Order::new(by, action, identity, community, wish)).await?)
    }
}
