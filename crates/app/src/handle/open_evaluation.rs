//! Voting opens, with a key of its own (R21).

use sandan_domain::EvaluationId;
use sandan_domain::evaluation::{Command, Stage, Terms};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::of_evaluation::{Evaluated, evaluated};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;

/// Both are required: an instant, or a date, whose last midnight counts.
#[derive(Clone, Default, Serialize)]
pub struct OpenEvaluation {
    pub drawing_until: Option<String>,
    pub voting_until: Option<String>,
}

impl App {
    /// Opens the vote for those who were chosen.
    pub async fn open_evaluation(&self, by: &Caller, id: EvaluationId, input: OpenEvaluation) -> Answer<Evaluated> {
        let identity = admit(by, Action::RunEvaluation, &(id, &input))?;
        Ok(evaluated(id, self.once(&identity, self.open_new(by, &identity, id, &input)).await?))
    }

    async fn open_new(&self, by: &Caller, identity: &Identity, id: EvaluationId, input: &OpenEvaluation) -> Done {
        let session = self.reach_evaluation(by, id).await?;
        let mut form = Form::default();
        let policy = &self.0.policy;
        let drawing_until = form.required_instant("drawing_until", input.drawing_until.as_deref(), policy);
        let voting_until = form.required_instant("voting_until", input.voting_until.as_deref(), policy);
        let now = self.0.clock.now();
        form.near("drawing_until", drawing_until, now);
        form.near("voting_until", voting_until, now);
        form.check()?;
        let (drawing_until, voting_until) = (checked(drawing_until)?, checked(voting_until)?);
        let terms = |public_key, fingerprint| Terms { public_key, fingerprint, drawing_until, voting_until };
        if !matches!(session.stage, Stage::Drawn(_)) {
            // It will be refused: no key is made for that.
            let command = Command::Open(terms(String::new(), String::new()));
            return self.run_evaluation(by, identity, (id, &session), command).await;
        }
        let key = self.new_key(id).await?;
        let command = Command::Open(terms(key.public, key.fingerprint));
        let mut order = self.evaluation_order(by, Action::RunEvaluation, identity, (id, &session), command);
        order.rows.push(key.row);
        Ok(self.execute(&order).await?)
    }
}
