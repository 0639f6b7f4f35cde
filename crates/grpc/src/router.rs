//! All services, behind the gate.

use axum::{Router, middleware};
use tonic::service::Routes;
use tonic_health::ServingStatus;

use crate::evaluations::EvaluationsService;
use crate::events::EventsService;
use crate::gate::gate;
use crate::honours::HonoursService;
use crate::node::{Node, Parts};
use crate::organisation::OrganisationService;
use crate::policies::PoliciesService;
use crate::projects::ProjectsService;
use crate::requests::RequestsService;
use crate::reviews::ReviewsService;
use crate::scores::ScoresService;
use crate::v1::evaluations_server::EvaluationsServer;
use crate::v1::events_server::EventsServer;
use crate::v1::honours_server::HonoursServer;
use crate::v1::organisation_server::OrganisationServer;
use crate::v1::policies_server::PoliciesServer;
use crate::v1::projects_server::ProjectsServer;
use crate::v1::requests_server::RequestsServer;
use crate::v1::reviews_server::ReviewsServer;
use crate::v1::scores_server::ScoresServer;

/// All services, by their names.
const SERVICES: [&str; 10] = [
    "",
    "sandan.v1.Requests",
    "sandan.v1.Reviews",
    "sandan.v1.Evaluations",
    "sandan.v1.Projects",
    "sandan.v1.Honours",
    "sandan.v1.Scores",
    "sandan.v1.Organisation",
    "sandan.v1.Policies",
    "sandan.v1.Events",
];

/// The whole edge. Every call that arrives must carry its [`crate::Client`] in the extensions: limits need it.
///
/// Health says that it serves from now on until the node drains.
///
/// # Errors
/// The descriptors that were built in can't be read.
pub fn router(parts: Parts) -> Result<Router, tonic_reflection::server::Error> {
    let node = Node::new(parts);
    let max = node.settings.message_bytes_max;
    let reflection = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(crate::DESCRIPTORS)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        .build_v1()?;
    let (reporter, health) = tonic_health::server::health_reporter();
    let mut shutdown = node.shutdown.clone();
    tokio::spawn(async move {
        for service in SERVICES {
            reporter.set_service_status(service, ServingStatus::Serving).await;
        }
        // The sender is gone only when everything ends.
        _ = shutdown.wait_for(|stop| *stop).await;
        for service in SERVICES {
            reporter.set_service_status(service, ServingStatus::NotServing).await;
        }
    });
    let routes = Routes::new(RequestsServer::new(RequestsService).max_decoding_message_size(max))
        .add_service(OrganisationServer::new(OrganisationService).max_decoding_message_size(max))
        .add_service(ReviewsServer::new(ReviewsService).max_decoding_message_size(max))
        .add_service(EvaluationsServer::new(EvaluationsService).max_decoding_message_size(max))
        .add_service(ProjectsServer::new(ProjectsService).max_decoding_message_size(max))
        .add_service(HonoursServer::new(HonoursService).max_decoding_message_size(max))
        .add_service(ScoresServer::new(ScoresService).max_decoding_message_size(max))
        .add_service(PoliciesServer::new(PoliciesService).max_decoding_message_size(max))
        .add_service(EventsServer::new(EventsService).max_decoding_message_size(max))
        .add_service(health)
        .add_service(reflection);
    Ok(routes.into_axum_router().layer(middleware::from_fn_with_state(node, gate)))
}
