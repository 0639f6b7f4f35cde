//! The count (R16, R17, R25). The key goes with it: nobody can sign a token afterwards.

use std::collections::BTreeMap;

use sandan_domain::evaluation::{Command, Grade, Occasion, Session};
use sandan_domain::{EvaluationId, Slug};
use sandan_log::RowChange;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::handle::of_evaluation::{Evaluated, evaluated};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

impl App {
    /// Counts the ballots and closes the evaluation. What waits on this node is written first.
    pub async fn close_evaluation(&self, by: &Caller, id: EvaluationId) -> Answer<Evaluated> {
        let identity = admit(by, Action::RunEvaluation, &(id, "close"))?;
        let receipt = self.once(&identity, self.count_new(by, &identity, id)).await?;
        self.0.urns.forget_issuer(id);
        Ok(evaluated(id, receipt))
    }

    async fn count_new(&self, by: &Caller, identity: &Identity, id: EvaluationId) -> Done {
        let session = self.reach_evaluation(by, id).await?;
        let rows = self.before_the_count(id).await?;
        let previous = self.grades_before(&session).await?;
        let command = Command::Close { previous };
        let mut order = self.evaluation_order(by, Action::RunEvaluation, identity, (id, &session), command);
        order.rows.extend(rows);
        Ok(self.execute(&order).await?)
    }

    /// Writes all ballots that wait here; what goes with the count is the key that signed their tokens (R21).
    pub(crate) async fn before_the_count(&self, id: EvaluationId) -> Result<Vec<RowChange>, Refusal> {
        self.write_ballots_of(id).await?;
        Ok(vec![Self::without_key(id)])
    }

    /// Last year's grades (R25); none where there was no appraisal, or it was never counted.
    async fn grades_before(&self, session: &Session) -> Result<BTreeMap<Slug, Grade>, Refusal> {
        let Occasion::Year { year } = session.occasion else { return Ok(BTreeMap::new()) };
        let before = Occasion::Year { year: year.saturating_sub(1) };
        match self.evaluation_of(&session.community, before).await? {
            Some(id) => Ok(self.evaluation(id).await?.grades()),
            None => Ok(BTreeMap::new()),
        }
    }
}
