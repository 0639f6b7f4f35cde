//! What happened, in the order of the log.

mod chosen;
mod follower;

use std::pin::Pin;

use futures::Stream;
use tonic::{Request, Response, Status};

use crate::ask::answer;
use crate::v1;
use crate::v1::events_server::Events;
use follower::Follower;

pub(crate) struct EventsService;

#[tonic::async_trait]
impl Events for EventsService {
    type FollowStream = Pin<Box<dyn Stream<Item = Result<v1::FollowResponse, Status>> + Send>>;

    async fn follow(&self, request: Request<v1::FollowRequest>) -> Result<Response<Self::FollowStream>, Status> {
        answer(request, |ask, message| async move {
            let follower = Follower::begin(ask, message).await?;
            let stream: Self::FollowStream = Box::pin(follower.stream());
            Ok(stream)
        })
        .await
    }
}
