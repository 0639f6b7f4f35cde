//! 回炉: a session sends a closed request back, or corrects its dispatch (R20, R22).

use sandan_domain::evaluation::{Command, Rejection, Sender, Why};
use sandan_domain::request::Stage;
use sandan_domain::{EvaluationId, InputError, NoSuch, RequestId};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::evaluations::refused;
use crate::execute::{Identity, request_stream};
use crate::form::{Form, checked};
use crate::handle::of_evaluation::{Evaluated, evaluated};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;

#[derive(Clone, Default, Serialize)]
pub struct SendBack {
    /// Id or number of the request; required.
    pub request: Option<String>,
    /// `not_done` or `perfunctory`; required.
    pub why: Option<String>,
    pub note: Option<String>,
}

impl App {
    /// Sends a request back: it starts at triage again, in the same append.
    pub async fn send_back(&self, by: &Caller, id: EvaluationId, input: SendBack) -> Answer<Evaluated> {
        let identity = admit(by, Action::RunEvaluation, &(id, &input))?;
        Ok(evaluated(id, self.once(&identity, self.send_back_new(by, &identity, id, &input)).await?))
    }

    async fn send_back_new(&self, by: &Caller, identity: &Identity, id: EvaluationId, input: &SendBack) -> Done {
        let session = self.reach_evaluation(by, id).await?;
        let mut form = Form::default();
        let request = match form.required("request", input.request.as_deref()) {
            Some(text) => match self.named(text).await {
                Some(request) => Some(request),
                None => form.keep("request", Err(InputError::unknown(NoSuch::request(text)))),
            },
            None => None,
        };
        let words = Why::ALL.map(|why| (why.name(), why));
        let why = form.required_word("why", input.why.as_deref(), &words);
        let note = form.reason("note", input.note.as_deref());
        form.check()?;
        let (request, why) = (checked(request)?, checked(why)?);
        let case = self.fresh_case(request).await?;
        if case.community != session.community {
            let error = InputError::unknown(NoSuch::elsewhere(&case.community));
            return Err(crate::Refusal::field("request", error));
        }
        if !matches!(case.stage, Stage::Closed(_)) {
            return Err(refused(Rejection::RequestNotClosed { state: case.stage.name() }));
        }
        let command = Command::SendBack(Sender { request, filer: case.filer, why, note });
        let mut order = self.evaluation_order(by, Action::RunEvaluation, identity, (id, &session), command);
        order.touches.push(request_stream(request));
        Ok(self.execute(&order).await?)
    }

    /// A request by its id, or by its number as it is read out.
    async fn named(&self, text: &str) -> Option<RequestId> {
        match text.trim().parse().map(RequestId) {
            Ok(id) => self.request(id).await.ok().map(|_| id),
            Err(_) => self.by_number(text).await.ok(),
        }
    }
}
