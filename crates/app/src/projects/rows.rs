//! The list of a community's projects: a row of the log for each.

use bytes::Bytes;
use sandan_domain::project::{Plan, Project, Projects, Rejection};
use sandan_domain::{CommunityId, ProjectId, Slug};
use sandan_log::RowChange;
use uuid::Uuid;

use crate::app::App;
use crate::cqrs::{AnyState, Kind};
use crate::execute::project_stream;
use crate::refusal::Refusal;

/// Rows of projects, by `<community>/<name>`: a name is taken once.
pub(crate) const PROJECTS: &str = "project";
/// Rows that are read at once.
const BATCH: usize = 512;

/// The row that claims a name for a project.
pub(crate) fn listing(community: &CommunityId, name: &Slug, id: ProjectId) -> RowChange {
    let key = format!("{community}/{name}").into();
    RowChange::Claim { space: PROJECTS, key, value: Bytes::copy_from_slice(id.0.as_bytes()) }
}

impl App {
    /// The project as the log has it; `NotFound` if there is none.
    pub async fn project(&self, id: ProjectId) -> Result<Box<Plan>, Refusal> {
        plan(&self.0.states.fresh::<Projects>(&project_stream(id)).await?.state).ok_or(Refusal::NotFound)
    }

    /// The projects of a community, by name.
    pub async fn projects(&self, community: &CommunityId) -> Result<Vec<(ProjectId, Box<Plan>)>, Refusal> {
        let prefix = format!("{community}/");
        let mut after: Bytes = prefix.clone().into();
        let mut found = Vec::new();
        loop {
            let rows = self.0.log.rows(PROJECTS, Some(&after), BATCH).await?;
            let full = rows.len() == BATCH;
            for (key, value) in rows {
                if !key.starts_with(prefix.as_bytes()) {
                    return Ok(found);
                }
                let id = Uuid::from_slice(&value).map(ProjectId);
                let id = id.map_err(|_| Refusal::Failed("read the row of a project".to_owned()))?;
                let state = self.0.states.certain::<Projects>(&project_stream(id)).await?.state;
                found.extend(plan(&state).map(|plan| (id, plan)));
                after = key;
            }
            if !full {
                return Ok(found);
            }
        }
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
