//! The frame of an evaluation's commands.

use sandan_domain::EvaluationId;
use sandan_domain::evaluation::{Command, Session};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Identity, Order, Outcome, Wish};
use crate::handle::once::Done;
use crate::receipt::Receipt;
use crate::refusal::Refusal;

/// An evaluation was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evaluated {
    pub evaluation: EvaluationId,
}

pub(super) fn evaluated(id: EvaluationId, receipt: Receipt<Outcome>) -> Receipt<Evaluated> {
    receipt.map(|_| Evaluated { evaluation: id })
}

impl App {
    /// The evaluation, which must exist and lie in the caller's scope.
    pub(crate) async fn reach_evaluation(&self, by: &Caller, id: EvaluationId) -> Result<Box<Session>, Refusal> {
        let session = self.evaluation(id).await?;
        self.in_scope(by, &session.community).await?;
        Ok(session)
    }

    /// An order to an evaluation that is known to exist.
    pub(super) fn evaluation_order(
        &self,
        by: &Caller,
        action: Action,
        identity: &Identity,
        (id, session): (EvaluationId, &Session),
        command: Command,
    ) -> Order {
        let mut order = Order::new(by, action, identity, session.community.clone(), Wish::Evaluation(id, command));
        order.outcome = Outcome { evaluation: Some(id), ..Outcome::default() };
        order
    }

    /// Carries out a command of the committee.
    pub(super) async fn run_evaluation(
        &self,
        by: &Caller,
        identity: &Identity,
        (id, session): (EvaluationId, &Session),
        command: Command,
    ) -> Done {
        let order = self.evaluation_order(by, Action::RunEvaluation, identity, (id, session), command);
        Ok(self.execute(&order).await?)
    }
}
