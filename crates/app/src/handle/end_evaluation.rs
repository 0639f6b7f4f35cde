//! Drawing tokens, or voting, ends before its time.

use sandan_domain::EvaluationId;
use sandan_domain::evaluation::{Command, Phase};
use serde::Serialize;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::{Form, checked};
use crate::handle::of_evaluation::{Evaluated, evaluated};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;

#[derive(Clone, Default, Serialize)]
pub struct EndEvaluation {
    /// `drawing` or `voting`, which ends both; required.
    pub phase: Option<String>,
}

impl App {
    /// Ends a part of the vote. What waits on this node is written at once, if it may be.
    pub async fn end_evaluation(&self, by: &Caller, id: EvaluationId, input: EndEvaluation) -> Answer<Evaluated> {
        let identity = admit(by, Action::RunEvaluation, &(id, &input))?;
        let receipt = self.once(&identity, self.end_new(by, &identity, id, &input)).await?;
        self.write_ballots_of(id).await?;
        Ok(evaluated(id, receipt))
    }

    async fn end_new(&self, by: &Caller, identity: &Identity, id: EvaluationId, input: &EndEvaluation) -> Done {
        let session = self.reach_evaluation(by, id).await?;
        let mut form = Form::default();
        let phases = [("drawing", Phase::Drawing), ("voting", Phase::Voting)];
        let phase = form.required_word("phase", input.phase.as_deref(), &phases);
        form.check()?;
        self.run_evaluation(by, identity, (id, &session), Command::End { phase: checked(phase)? }).await
    }
}
