//! 评单: one person, one ballot a round (R14 to R16, R20).

use sandan_domain::review::{Command, Rating};
use sandan_domain::{InputError, RequestId};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Outcome, Wish, request_stream};
use crate::form::{Form, checked};
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;
use crate::refusal::Refusal;

#[derive(Clone, Default, Serialize)]
pub struct Rate {
    pub tracking_code: Option<String>,
    /// One of the five answers; required.
    pub rating: Option<String>,
    pub reason: Option<String>,
    /// The dispatch was wrong rather than the work (R20).
    pub dispatch_wrong: Option<bool>,
}

/// A ballot as it was sent, checked.
struct Ballot {
    rating: Rating,
    reason: Option<sandan_domain::Text>,
    dispatch_wrong: bool,
}

impl App {
    /// Casts or changes a ballot. Whoever's request was merged votes in the review of the one that survives (R5).
    pub async fn rate(&self, by: &Caller, id: RequestId, input: Rate) -> Answer<Changed> {
        let identity = admit(by, Action::Rate, &(id, &input))?;
        Ok(changed(self.once(&identity, self.rate_new(by, &identity, id, &input)).await?))
    }

    async fn rate_new(&self, by: &Caller, identity: &Identity, id: RequestId, input: &Rate) -> Done {
        let person = self.holder(input.tracking_code.as_deref(), id).await?;
        let survivor = self.surviving(id).await?;
        let case = self.reach(by, survivor).await?;
        let Ballot { rating, reason, dispatch_wrong } = ballot(input)?;
        let wish = Wish::Review(survivor, Command::Rate { person, rating, reason, dispatch_wrong });
        let mut order = Order::new(by, Action::Rate, identity, case.community.clone(), wish);
        order.actor = by.actor_as(person);
        order.outcome = Outcome::of(id);
        order.touches.push(request_stream(survivor));
        Ok(self.execute(&order).await?)
    }
}

fn ballot(input: &Rate) -> Result<Ballot, Refusal> {
    let mut form = Form::default();
    let words = Rating::ALL.map(|rating| (rating.name(), rating));
    let rating = match form.required("rating", input.rating.as_deref()) {
        Some(word) => form.word("rating", Some(word), &words),
        None => None,
    };
    let reason = form.reason("reason", input.reason.as_deref());
    let dispatch_wrong = input.dispatch_wrong.unwrap_or(false);
    if dispatch_wrong && rating.is_some_and(|rating| !rating.is_dissatisfied()) {
        let error = "goes along with a dissatisfied answer only (R20)";
        form.error("dispatch_wrong", InputError::Malformed(error.to_owned()));
    }
    form.check()?;
    Ok(Ballot { rating: checked(rating)?, reason, dispatch_wrong })
}
