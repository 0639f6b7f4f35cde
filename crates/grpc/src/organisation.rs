//! Communities, grids and units.

use sandan_app::{AddGrid, Found, RegisterUnit, ResourceLine};
use tonic::{Request, Response, Status};

use crate::ask::{answer, founded};
use crate::v1;
use crate::v1::organisation_server::Organisation;
use crate::wire::words::text;

pub(crate) struct OrganisationService;

type Answer = Result<Response<v1::FoundedResponse>, Status>;

#[tonic::async_trait]
impl Organisation for OrganisationService {
    async fn found_community(&self, request: Request<v1::FoundCommunityRequest>) -> Answer {
        answer(request, |ask, v1::FoundCommunityRequest { slug, name, parent }| async move {
            let input = Found { slug: text(slug), name: text(name), parent: text(parent) };
            founded(ask.app().found_community(&ask.wishes(), input).await)
        })
        .await
    }

    async fn add_grid(&self, request: Request<v1::AddGridRequest>) -> Answer {
        answer(request, |ask, v1::AddGridRequest { slug, community, name, lead }| async move {
            let input = AddGrid { slug: text(slug), community: text(community), name: text(name), lead: text(lead) };
            founded(ask.app().add_grid(&ask.wishes(), input).await)
        })
        .await
    }

    async fn register_unit(&self, request: Request<v1::RegisterUnitRequest>) -> Answer {
        answer(
            request,
            |ask, message| async move { founded(ask.app().register_unit(&ask.wishes(), unit(message)).await) },
        )
        .await
    }
}

fn unit(message: v1::RegisterUnitRequest) -> RegisterUnit {
    let v1::RegisterUnitRequest { slug, community, name, categories, grids, capacity, resources } = message;
    let line = |v1::Resource { kind, name }| ResourceLine { kind: text(kind), name: text(name) };
    RegisterUnit {
        slug: text(slug),
        community: text(community),
        name: text(name),
        categories,
        grids,
        capacity,
        resources: resources.into_iter().map(line).collect(),
    }
}
