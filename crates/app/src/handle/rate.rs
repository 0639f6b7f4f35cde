//! 评单: one person, one ballot a round (R14 to R16, R20).

use sandan_domain::review::{Command, Rating, Reason, Via, Vote};
use sandan_domain::{Flaw, InputError, NoSuch, PersonId, RequestId, Role};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Outcome};
use crate::form::{Form, checked};
use crate::handle::once::{Changed, Done, admit, changed, review_order};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// Ways in which a resident votes themselves.
const OWN: [(&str, Via); 3] = [("web", Via::Web), ("kiosk", Via::Kiosk), ("qr", Via::Qr)];

#[derive(Clone, Default, Serialize)]
pub struct Rate {
    pub tracking_code: Option<String>,
    /// One of the five answers; required.
    pub rating: Option<String>,
    pub reason: Option<String>,
    /// The dispatch was wrong rather than the work (R20).
    pub dispatch_wrong: Option<bool>,
    /// Codes of the list of reasons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// What would put it right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// `web`, `kiosk` or `qr`; a kiosk's token is a kiosk without saying so, a hotline's the telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
}

impl App {
    /// Casts or changes a ballot. Whoever's request was merged votes in the review of the one that survives (R5).
    pub async fn rate(&self, by: &Caller, id: RequestId, input: Rate) -> Answer<Changed> {
        let identity = admit(by, Action::Rate, &(id, &input))?;
        Ok(changed(self.once(&identity, self.rate_new(by, &identity, id, &input)).await?))
    }

    async fn rate_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Rate) -> Done {
        let person = self.holder(input.tracking_code.as_deref().unwrap_or_default(), id).await?;
        let survivor = self.surviving(id).await?;
        let case = self.reach(by, survivor).await?;
        let mut form = Form::default();
        let via = form.word("via", input.via.as_deref(), &OWN);
        // Whose device it is says how the answer came, unless it is said.
        let via = via.unwrap_or(match by.actor.role() {
            Role::Kiosk => Via::Kiosk,
            Role::Hotline => Via::Phone,
            _ => Via::Web,
        });
        let vote = vote(form, input, (person, via))?;
        let mut order = review_order(by, Action::Rate, identity, (survivor, &case), Command::Rate(vote));
        order.actor = by.actor_as(person);
        order.outcome = Outcome::of(id);
        Ok(self.execute(&order).await?)
    }
}

/// A ballot as it was sent, checked.
pub(super) fn vote(mut form: Form, input: &Rate, (person, via): (PersonId, Via)) -> Result<Vote, Refusal> {
    let words = Rating::ALL.map(|rating| (rating.name(), rating));
    let rating = form.required_word("rating", input.rating.as_deref(), &words);
    let reason = form.reason("reason", input.reason.as_deref());
    let remedy = form.reason("remedy", input.remedy.as_deref());
    let reasons = reasons(&mut form, &input.reasons);
    let dispatch_wrong = input.dispatch_wrong.unwrap_or(false);
    if dispatch_wrong && rating.is_some_and(|rating| !rating.is_dissatisfied()) {
        form.error("dispatch_wrong", InputError::malformed(Flaw::DissatisfiedOnly));
    }
    form.check()?;
    Ok(Vote { reasons, reason, remedy, dispatch_wrong, via, ..Vote::new(person, checked(rating)?) })
}

/// Each once, in the order of the list.
fn reasons(form: &mut Form, given: &[String]) -> Vec<String> {
    if let Some(unknown) = given.iter().find(|code| Reason::find(code).is_none()) {
        let reasons = Reason::all().iter().map(|reason| reason.code).collect::<Vec<_>>().join(", ");
        form.error("reasons", InputError::unknown(NoSuch::Reason { word: unknown.clone(), reasons }));
    }
    let is_given = |reason: &&Reason| given.iter().any(|code| code == reason.code);
    Reason::all().iter().filter(is_given).map(|reason| reason.code.to_owned()).collect()
}
