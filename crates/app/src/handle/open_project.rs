//! A project is opened for some requests (R29).

use sandan_domain::project::{Command, Opening, Plan, Rejection, StageInput};
use sandan_domain::{CommunityId, InputError, NoSuch, ProjectId, RequestId, Slug, limits};
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::{Failure, Identity, Order, Outcome, Wish, request_stream};
use crate::form::{Form, checked};
use crate::handle::of_project::{Planned, planned};
use crate::handle::once::{Done, admit};
use crate::projects::{PROJECTS, listing, refused};
use crate::receipt::Answer;
use crate::refusal::Refusal;

/// All fields are required. Title, person and stages are public.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OpenProject {
    pub community: Option<String>,
    /// A slug, unique in the community.
    pub name: Option<String>,
    pub title: Option<String>,
    /// Who answers for it, by name and office.
    pub responsible: Option<String>,
    /// Slug of the unit that does the work.
    pub unit: Option<String>,
    /// Ids or numbers.
    pub requests: Vec<String>,
    pub stages: Vec<StageLine>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct StageLine {
    pub name: Option<String>,
    /// An instant, or a date: the midnight that ends it.
    pub due: Option<String>,
}

impl App {
    /// Opens a project. Its requests know of it from the same append on.
    pub async fn open_project(&self, by: &Caller, input: OpenProject) -> Answer<Planned> {
        let identity = admit(by, Action::RunProject, &input)?;
        let receipt = self.once(&identity, self.open_project_new(by, &identity, &input)).await?;
        let id = receipt.outcome.project;
        let id = id.ok_or_else(|| Refusal::Failed("read what a project is called".to_owned()))?;
        Ok(planned(id, receipt))
    }

    async fn open_project_new(&self, by: &Caller, identity: &Identity, input: &OpenProject) -> Done {
        let mut form = Form::default();
        let community: Option<CommunityId> = form.required_parsed("community", input.community.as_deref());
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        let name: Option<Slug> = form.required_parsed("name", input.name.as_deref());
        let title = form.required_line("title", input.title.as_deref(), limits::TITLE);
        let responsible = form.required_line("responsible", input.responsible.as_deref(), limits::NAME);
        let unit = self.unit_named(&mut form, "unit", community.as_ref(), input.unit.as_deref()).await?;
        let requests = self.requests_of(&mut form, community.as_ref(), &input.requests).await?;
        let stages = self.stages(&mut form, &input.stages);
        form.check()?;
        let (community, name) = (checked(community)?, checked(name)?);
        let id = ProjectId(Uuid::now_v7());
        let listing = listing(&community, &name, id);
        let touches = requests.iter().map(|request| request_stream(*request)).collect();
        let opening = Opening {
            community: community.clone(),
            name,
            title: checked(title)?,
            responsible: checked(responsible)?,
            unit: checked(unit)?,
            requests,
            stages,
        };
        let wish = Wish::Project(id, Command::Open(Box::new(opening)));
        let mut order = Order::new(by, Action::RunProject, identity, community, wish);
        order.rows = vec![listing];
        order.touches = touches;
        order.outcome = Outcome { project: Some(id), ..Outcome::default() };
        self.execute(&order).await.map_err(|failure| match failure {
            Failure::Taken { space: PROJECTS } => refused(Rejection::OpenedBefore),
            failure => failure.into(),
        })
    }

    async fn requests_of(
        &self,
        form: &mut Form,
        community: Option<&CommunityId>,
        inputs: &[String],
    ) -> Result<Vec<RequestId>, Refusal> {
        let mut requests = Vec::new();
        // One more than there may be, so that too many are refused and not cut off.
        for (nth, input) in inputs.iter().take(Plan::REQUESTS_MAX + 1).enumerate() {
            let field = format!("requests[{nth}]");
            let Some((id, case)) = self.named_request(form, &field, Some(input)).await? else { continue };
            if community.is_some_and(|community| case.community != *community) {
                form.error(&field, InputError::unknown(NoSuch::elsewhere(&case.community)));
            }
            requests.push(id);
        }
        Ok(requests)
    }

    fn stages(&self, form: &mut Form, inputs: &[StageLine]) -> Vec<StageInput> {
        let mut stages = Vec::new();
        for (nth, input) in inputs.iter().take(Plan::STAGES_MAX + 1).enumerate() {
            let field = |name: &str| format!("stages[{nth}].{name}");
            let name = form.required_line(&field("name"), input.name.as_deref(), limits::NAME);
            let due = form.required_instant(&field("due"), input.due.as_deref(), &self.0.policy);
            stages.extend(name.zip(due).map(|(name, due)| StageInput { name, due }));
        }
        stages
    }
}
