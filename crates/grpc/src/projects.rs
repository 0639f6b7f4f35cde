//! Projects: several requests met by one planned piece of work, and its review (R14, R16, R29).

use sandan_app::{AddRequest, Close, FinishProject, OpenProject, Planned, Receipt, Register, StageDone, StageLine};
use sandan_domain::{CommunityId, ProjectId};
use tonic::{Request, Response, Status};

use crate::ask::{answer, id_of};
use crate::list::{at_hand, required};
use crate::problem::Refused;
use crate::v1;
use crate::v1::projects_server::Projects;
use crate::wire::project;
use crate::wire::words::text;

pub(crate) struct ProjectsService;

type Answer<T> = Result<Response<T>, Status>;
type Changed = Answer<v1::ProjectChangedResponse>;

#[tonic::async_trait]
impl Projects for ProjectsService {
    async fn open_project(&self, request: Request<v1::OpenProjectRequest>) -> Changed {
        answer(request, |ask, sent: v1::OpenProjectRequest| async move {
            changed(ask.app().open_project(&ask.wishes(), opening(sent)).await)
        })
        .await
    }

    async fn list_projects(&self, request: Request<v1::ListProjectsRequest>) -> Answer<v1::ListProjectsResponse> {
        answer(request, |ask, v1::ListProjectsRequest { community, cursor, limit }| async move {
            let community: CommunityId = required("community", &community)?;
            let now = ask.app().clock().now();
            ask.app().place("community", &community).await?;
            let found = ask.app().projects(&community).await?;
            let items = found.iter().map(|(id, plan)| project::shown(*id, plan, now)).collect();
            let (items, next_cursor) = at_hand(items, |item: &v1::Project| item.name.clone(), &cursor, limit)?;
            Ok(v1::ListProjectsResponse { items, next_cursor })
        })
        .await
    }

    async fn get_project(&self, request: Request<v1::GetProjectRequest>) -> Answer<v1::GetProjectResponse> {
        answer(request, |ask, v1::GetProjectRequest { id }| async move {
            let id: ProjectId = id_of(&id)?;
            let plan = ask.app().project(id).await?;
            Ok(v1::GetProjectResponse { project: Some(project::shown(id, &plan, ask.app().clock().now())) })
        })
        .await
    }

    async fn add_request(&self, request: Request<v1::AddRequestRequest>) -> Changed {
        answer(request, |ask, v1::AddRequestRequest { id, request }| async move {
            let id: ProjectId = id_of(&id)?;
            let input = AddRequest { request: text(request) };
            changed(ask.app().add_request(&ask.wishes_about(id.0), id, input).await)
        })
        .await
    }

    async fn mark_stage_done(&self, request: Request<v1::MarkStageDoneRequest>) -> Changed {
        answer(request, |ask, v1::MarkStageDoneRequest { id, stage }| async move {
            let id: ProjectId = id_of(&id)?;
            changed(ask.app().stage_done(&ask.wishes_about(id.0), id, StageDone { stage }).await)
        })
        .await
    }

    async fn register_for_project(
        &self,
        request: Request<v1::RegisterForProjectRequest>,
    ) -> Answer<v1::RegisterForProjectResponse> {
        answer(request, |ask, v1::RegisterForProjectRequest { id, name, phone, email, works_for }| async move {
            let id: ProjectId = id_of(&id)?;
            let (name, phone, email, works_for) = (text(name), text(phone), text(email), text(works_for));
            let input = Register { name, phone, email, works_for };
            let Receipt { position, outcome, .. } = ask.app().register_for(&ask.wishes_about(id.0), id, input).await?;
            let (id, tracking_code) = (outcome.project.to_string(), outcome.code.to_string());
            Ok(v1::RegisterForProjectResponse { id, tracking_code, position })
        })
        .await
    }

    async fn list_registered(&self, request: Request<v1::ListRegisteredRequest>) -> Answer<v1::ListRegisteredResponse> {
        answer(request, |ask, v1::ListRegisteredRequest { id }| async move {
            let lines = ask.app().registered(&ask.caller, id_of(&id)?).await?;
            Ok(v1::ListRegisteredResponse { items: lines.into_iter().map(project::registered).collect() })
        })
        .await
    }

    async fn finish_project(&self, request: Request<v1::FinishProjectRequest>) -> Changed {
        answer(request, |ask, v1::FinishProjectRequest { id, answer, voting_until, drawing_until }| async move {
            let id: ProjectId = id_of(&id)?;
            let (answer, voting_until, drawing_until) = (text(answer), text(voting_until), text(drawing_until));
            let input = FinishProject { answer, voting_until, drawing_until };
            changed(ask.app().finish_project(&ask.wishes_about(id.0), id, input).await)
        })
        .await
    }

    async fn close_project(&self, request: Request<v1::CloseProjectRequest>) -> Changed {
        answer(request, |ask, v1::CloseProjectRequest { id, reason }| async move {
            let id: ProjectId = id_of(&id)?;
            changed(ask.app().close_project(&ask.wishes_about(id.0), id, Close { reason: text(reason) }).await)
        })
        .await
    }
}

fn opening(sent: v1::OpenProjectRequest) -> OpenProject {
    let v1::OpenProjectRequest { community, name, title, responsible, unit, requests, stages } = sent;
    let stage = |v1::StagePlan { name, due }| StageLine { name: text(name), due: text(due) };
    OpenProject {
        community: text(community),
        name: text(name),
        title: text(title),
        responsible: text(responsible),
        unit: text(unit),
        requests,
        stages: stages.into_iter().map(stage).collect(),
    }
}

fn changed(answer: sandan_app::Answer<Planned>) -> Result<v1::ProjectChangedResponse, Refused> {
    let Receipt { position, outcome: Planned { project }, .. } = answer?;
    Ok(v1::ProjectChangedResponse { id: project.to_string(), position })
}
