//! Time policies and calendars of communities.

use sandan_app::{Published, Receipt};
use tonic::{Request, Response, Status};

use crate::ask::answer;
use crate::list::required;
use crate::problem::Refused;
use crate::v1;
use crate::v1::policies_server::Policies;
use crate::wire::policy;

pub(crate) struct PoliciesService;

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl Policies for PoliciesService {
    async fn publish_policy(&self, request: Request<v1::PublishPolicyRequest>) -> Answer<v1::PublishedResponse> {
        answer(request, |ask, message| async move {
            published(ask.app().publish_policy(&ask.wishes(), policy::policy(message)).await)
        })
        .await
    }

    async fn list_policies(&self, request: Request<v1::ListPoliciesRequest>) -> Answer<v1::ListPoliciesResponse> {
        answer(request, |ask, v1::ListPoliciesRequest { community }| async move {
            let view = ask.app().published(&ask.caller, &required("community", &community)?).await?;
            Ok(policy::policies(&view))
        })
        .await
    }

    async fn publish_calendar(&self, request: Request<v1::PublishCalendarRequest>) -> Answer<v1::PublishedResponse> {
        answer(request, |ask, message| async move {
            published(ask.app().publish_calendar(&ask.wishes(), policy::calendar(message)).await)
        })
        .await
    }

    async fn get_calendar(&self, request: Request<v1::GetCalendarRequest>) -> Answer<v1::GetCalendarResponse> {
        answer(request, |ask, v1::GetCalendarRequest { community }| async move {
            let view = ask.app().published(&ask.caller, &required("community", &community)?).await?;
            Ok(policy::calendars(&view))
        })
        .await
    }
}

fn published(answer: sandan_app::Answer<Published>) -> Result<v1::PublishedResponse, Refused> {
    let Receipt { position, outcome: Published { community, version }, .. } = answer?;
    Ok(v1::PublishedResponse { community, version, position })
}
