//! The lots are drawn, from the seed that was committed to (R22).

use sandan_domain::EvaluationId;
use sandan_domain::evaluation::Command;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::handle::of_evaluation::{Evaluated, evaluated};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;
use crate::refusal::Refusal;

impl App {
    /// Draws the lots and reveals the seed.
    pub async fn draw_lots(&self, by: &Caller, id: EvaluationId) -> Answer<Evaluated> {
        let identity = admit(by, Action::RunEvaluation, &(id, "draw"))?;
        Ok(evaluated(id, self.once(&identity, self.draw_new(by, &identity, id)).await?))
    }

    async fn draw_new(&self, by: &Caller, identity: &Identity, id: EvaluationId) -> Done {
        let session = self.reach_evaluation(by, id).await?;
        let seed =
            self.seed_of_lots(id).await?.ok_or_else(|| Refusal::Failed("find the seed of the lots".to_owned()))?;
        self.run_evaluation(by, identity, (id, &session), Command::Draw { seed }).await
    }
}
