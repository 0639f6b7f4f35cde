//! 申诉复核 (R19a): a unit appeals a ballot as mistaken or malicious; somebody independent decides.

use std::sync::Arc;

use sandan_domain::review::{Command, Ground, Review, SatisfactionReview, ballot_name};
use sandan_domain::{InputError, NoSuch, PersonId, RequestId};
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::cqrs::Kind;
use crate::execute::{Identity, Wish};
use crate::form::{Form, checked};
use crate::handle::on_the_request::Who;
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;
use crate::refusal::Refusal;

#[derive(Clone, Default, Serialize)]
pub struct Appeal {
    /// The ballot's name, as the request's reasons give it: it says nothing about whose it is. Required.
    pub ballot: Option<String>,
    /// `mistaken` or `malicious`; required.
    pub ground: Option<String>,
    /// Required.
    pub reason: Option<String>,
}

#[derive(Clone, Default, Serialize)]
pub struct DecideAppeal {
    /// Required, as are the others.
    pub ballot: Option<String>,
    pub upheld: Option<bool>,
    pub reason: Option<String>,
}

impl App {
    /// Appeals a ballot. It stays on record.
    pub async fn appeal(&self, by: &Caller, id: RequestId, input: Appeal) -> Answer<Changed> {
        let identity = admit(by, Action::Appeal, &(id, &input))?;
        Ok(changed(self.once(&identity, self.appeal_new(by, &identity, id, &input)).await?))
    }

    /// Decides an appeal.
    pub async fn decide_appeal(&self, by: &Caller, id: RequestId, input: DecideAppeal) -> Answer<Changed> {
        let identity = admit(by, Action::DecideAppeal, &(id, &input))?;
        Ok(changed(self.once(&identity, self.decide_appeal_new(by, &identity, id, &input)).await?))
    }

    async fn appeal_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Appeal) -> Done {
        let case = self.reach(by, id).await?;
        let unit = self.unit_of(by)?;
        self.on_the_request(by, (id, &case), Who::Lead).await?;
        let mut form = Form::default();
        let grounds = Ground::ALL.map(|ground| (ground.name(), ground));
        let ground = form.required_word("ground", input.ground.as_deref(), &grounds);
        let reason = form.required_reason("reason", input.reason.as_deref());
        let ballot = self.ballot(&mut form, id, input.ballot.as_deref()).await?;
        form.check()?;
        let (round, person) = checked(ballot)?;
        let command = Command::Appeal { round, person, unit, ground: checked(ground)?, reason: checked(reason)? };
        self.change_review(by, Action::Appeal, identity, (id, &case), command).await
    }

    async fn decide_appeal_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &DecideAppeal) -> Done {
        let case = self.reach(by, id).await?;
        let mut form = Form::default();
        let upheld = form.keep("upheld", input.upheld.ok_or(InputError::Missing));
        let reason = form.required_reason("reason", input.reason.as_deref());
        let ballot = self.ballot(&mut form, id, input.ballot.as_deref()).await?;
        form.check()?;
        let (round, person) = checked(ballot)?;
        let command = Command::DecideAppeal { round, person, upheld: checked(upheld)?, reason: checked(reason)? };
        self.change_review(by, Action::DecideAppeal, identity, (id, &case), command).await
    }

    /// The ballot of a name: of the newest round, or one whose appeal waits.
    async fn ballot(
        &self,
        form: &mut Form,
        id: RequestId,
        name: Option<&str>,
    ) -> Result<Option<(u32, PersonId)>, Refusal> {
        let Some(name) = form.required("ballot", name) else { return Ok(None) };
        let stream = Wish::Review(id, Command::End { round: 0 }).stream();
        let state = self.0.states.fresh::<Review>(&stream).await?.state;
        let found = match (Review::take_down(&state).map(Arc::as_ref), Uuid::try_parse(name.trim())) {
            (Some(SatisfactionReview::Round(round)), Ok(name)) => {
                let ballots = round.ballots.keys().map(|person| (round.nth, *person));
                let appeals = round.appeals.iter().map(|appeal| (appeal.round, appeal.person));
                ballots.chain(appeals).find(|(nth, person)| ballot_name(id, *nth, *person) == name)
            }
            _ => None,
        };
        if found.is_none() {
            form.error("ballot", InputError::unknown(NoSuch::Ballot));
        }
        Ok(found)
    }
}
