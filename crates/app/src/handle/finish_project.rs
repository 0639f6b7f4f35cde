//! A project is finished, and a round of its review opens with a key of its own (R14, R15, R21).

use jiff::Timestamp;
use sandan_domain::evaluation::{Occasion, Terms};
use sandan_domain::project::{Command, Finish, Phase, Plan};
use sandan_domain::time::{Due, Policy};
use sandan_domain::{EvaluationId, ProjectId, limits};
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::evaluations::listing;
use crate::execute::{Identity, evaluation_stream};
use crate::form::{Form, checked};
use crate::handle::of_project::{Planned, planned};
use crate::handle::once::{Done, admit};
use crate::receipt::Answer;

#[derive(Clone, Default, Serialize)]
pub struct FinishProject {
    /// What residents are told; required, and public.
    pub answer: Option<String>,
    /// An instant, or a date, whose last midnight counts. The seventh day where nothing else is said (R15).
    pub voting_until: Option<String>,
    /// Until then tokens are drawn. The last seventh of the vote is left for the ballots where nothing else is said.
    pub drawing_until: Option<String>,
}

impl App {
    /// Finishes a project: everybody whose it is can vote from now on.
    pub async fn finish_project(&self, by: &Caller, id: ProjectId, input: FinishProject) -> Answer<Planned> {
        let identity = admit(by, Action::RunProject, &(id, &input))?;
        Ok(planned(id, self.once(&identity, self.finish_new(by, &identity, id, &input)).await?))
    }

    async fn finish_new(&self, by: &Caller, identity: &Identity, id: ProjectId, input: &FinishProject) -> Done {
        let plan = self.reach_project(by, id).await?;
        let mut form = Form::default();
        let answer = form.required_lines("answer", input.answer.as_deref(), limits::BODY);
        let until = form.instant("voting_until", input.voting_until.as_deref(), &self.0.policy);
        let drawing = form.instant("drawing_until", input.drawing_until.as_deref(), &self.0.policy);
        let now = self.0.clock.now();
        form.near("voting_until", until, now);
        form.near("drawing_until", drawing, now);
        form.check()?;
        let answer = checked(answer)?;
        let policy = self.policy_of(&plan.community, now).await?;
        let (drawing_until, voting_until) = window(now, drawing, until, &policy);
        let evaluation = EvaluationId(Uuid::now_v7());
        let terms = |public_key, fingerprint| Terms { public_key, fingerprint, drawing_until, voting_until };
        let finish = |terms| {
            let (people, barred) = (Vec::new(), Vec::new());
            Command::Finish(Box::new(Finish { answer, evaluation, terms, people, barred }))
        };
        if !can_be_finished(&plan) {
            // It will be refused: no key is made for that.
            let command = finish(terms(String::new(), String::new()));
            let order = Self::project_order(by, Action::RunProject, identity, (id, &plan), command);
            return Ok(self.execute(&order).await?);
        }
        let key = self.new_key(evaluation).await?;
        let command = finish(terms(key.public, key.fingerprint));
        let mut order = Self::project_order(by, Action::RunProject, identity, (id, &plan), command);
        let occasion = Occasion::Project { project: id, round: plan.round };
        order.rows = vec![listing(&plan.community, occasion, evaluation), key.row];
        order.touches.push(evaluation_stream(evaluation));
        order.outcome.evaluation = Some(evaluation);
        Ok(self.execute(&order).await?)
    }
}

const fn can_be_finished(plan: &Plan) -> bool {
    matches!(plan.phase, Phase::Working | Phase::Rework(_))
}

/// When tokens are no longer drawn, and when the vote ends.
fn window(
    now: Timestamp,
    drawing: Option<Timestamp>,
    until: Option<Timestamp>,
    policy: &Policy,
) -> (Timestamp, Timestamp) {
    let until = until.unwrap_or_else(|| Due::from(now, policy.review_window, policy).at);
    let drawing = drawing.unwrap_or_else(|| {
        let length = until.as_second().saturating_sub(now.as_second()).max(0);
        Timestamp::from_second(now.as_second().saturating_add(length / 7 * 6)).unwrap_or(until)
    });
    (drawing, until)
}
