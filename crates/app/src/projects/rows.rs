//! The list of a community's projects: a row of the log for each.

use sandan_domain::project::{Plan, Project, Projects, Rejection};
use sandan_domain::{CommunityId, ProjectId, Slug};
use sandan_log::RowChange;

use crate::app::App;
use crate::cqrs::{AnyState, Kind};
use crate::execute::project_stream;
use crate::listed;
use crate::refusal::Refusal;

/// Rows of projects, by `<community>/<name>`: a name is taken once.
pub(crate) const PROJECTS: &str = "project";

/// The row that claims a name for a project.
pub(crate) fn listing(community: &CommunityId, name: &Slug, id: ProjectId) -> RowChange {
    listed::listing(PROJECTS, community, name, id.0)
}

impl App {
    /// The project as the log has it; `NotFound` if there is none.
    pub async fn project(&self, id: ProjectId) -> Result<Box<Plan>, Refusal> {
        plan(&self.0.states.fresh::<Projects>(&project_stream(id)).await?.state).ok_or(Refusal::NotFound)
    }

    /// The projects of a community, by name.
    pub async fn projects(&self, community: &CommunityId) -> Result<Vec<(ProjectId, Box<Plan>)>, Refusal> {
        let mut found = Vec::new();
        for id in self.listed(PROJECTS, community).await? {
            let id = ProjectId(id);
            let state = self.0.states.certain::<Projects>(&project_stream(id)).await?.state;
            found.extend(plan(&state).map(|plan| (id, plan)));
        }
        Ok(found)
    }
}

fn plan(state: &AnyState) -> Option<Box<Plan>> {
    match Projects::take_down(state).map(std::sync::Arc::as_ref) {
        Some(Project::Opened(plan)) => Some(plan.clone()),
        _ => None,
    }
}

pub(crate) fn refused(rejection: Rejection) -> Refusal {
    Refusal::Rejected { rejection: rejection.into(), state: None, permitted: Vec::new() }
}
