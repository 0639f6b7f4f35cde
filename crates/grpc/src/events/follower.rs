//! A reader's place in the log.
//!
//! It goes as far as this node's read models have got, so that whoever heard of an event finds it in every answer, and
//! so that who may see a community's events is known before the first of them is sent.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use futures::Stream;
use futures::stream::unfold;
use sandan_app::{Action, Refusal, Standing};
use tokio::sync::watch;
use tokio::time::Instant;
use tonic::Status;

use super::chosen::Chosen;
use crate::ask::Ask;
use crate::problem::{Refused, beyond_the_log};
use crate::v1::{FollowRequest, FollowResponse};
use crate::wire;

/// A token that was revoked or has run out ends its stream within this time.
const RECOGNISED_EVERY: Duration = Duration::from_secs(30);
/// So often a reader for whom there is nothing hears how far the log was read.
const TOLD_EVERY: Duration = Duration::from_secs(15);
/// Events that are read at once, and held.
const BATCH_MAX: usize = 256;

pub(super) struct Follower {
    ask: Arc<Ask>,
    chosen: Chosen,
    /// Everything up to here was looked at.
    after: u64,
    /// End here.
    until: Option<u64>,
    moved: watch::Receiver<u64>,
    shutdown: watch::Receiver<bool>,
    ready: VecDeque<FollowResponse>,
    recognised: Instant,
    /// The last position that was sent, and when.
    told: (u64, Option<Instant>),
}

impl Follower {
    pub async fn begin(ask: Arc<Ask>, message: FollowRequest) -> Result<Self, Refused> {
        let FollowRequest { after, communities, types, stop_at_end } = message;
        let chosen = Chosen::check(&ask, &communities, &types).await?;
        // Before the position is read: an event between the two wakes the stream.
        let moved = ask.views().watch();
        let head = ask.app().log().head().await.map_err(Refusal::from)?.position;
        let after = after.unwrap_or(head);
        if after > head {
            return Err(beyond_the_log(after, head));
        }
        Ok(Self {
            chosen,
            after,
            until: stop_at_end.then_some(head),
            moved,
            shutdown: ask.node.shutdown.clone(),
            ready: VecDeque::new(),
            recognised: Instant::now(),
            told: (after, None),
            ask,
        })
    }

    pub fn stream(self) -> impl Stream<Item = Result<FollowResponse, Status>> + Send {
        unfold(Some(self), |follower| async move {
            let mut follower = follower?;
            match follower.next().await {
                Ok(Some(response)) => Some((Ok(response), Some(follower))),
                Ok(None) => None,
                Err(refused) => Some((Err(follower.ask.status(refused)), None)),
            }
        })
    }

    /// `None` ends the stream. Whoever read it goes on where it ended.
    async fn next(&mut self) -> Result<Option<FollowResponse>, Refused> {
        loop {
            if let Some(response) = self.ready.pop_front() {
                self.told = (response.position, Some(Instant::now()));
                return Ok(Some(response));
            }
            if *self.shutdown.borrow() {
                return Ok(None);
            }
            self.recognise().await?;
            let seen = *self.moved.borrow_and_update();
            let upto = self.until.map_or(seen, |until| until.min(seen));
            if self.after < upto {
                self.fill(upto).await?;
                continue;
            }
            let is_end = self.until.is_some_and(|until| self.after >= until);
            if self.has_news_of_nothing(is_end) {
                self.ready.push_back(FollowResponse { position: self.after, event: None });
            } else if is_end || !self.wait().await {
                return Ok(None);
            }
        }
    }

    /// Reads on, at most to `upto`.
    async fn fill(&mut self, upto: u64) -> Result<(), Refused> {
        let limit = usize::try_from(upto - self.after).unwrap_or(BATCH_MAX).min(BATCH_MAX);
        let sight = self.chosen.sight(&self.ask).await?;
        let (events, last) =
            self.ask.views().events_of(&sight, self.after, limit, |kind| self.chosen.wants(kind)).await?;
        self.after = last.unwrap_or(self.after).max(self.after);
        let eyes = self.ask.eyes();
        self.ready.extend(events.into_iter().map(|event| {
            let event = wire::event(eyes.event(event));
            FollowResponse { position: event.position, event: Some(event) }
        }));
        Ok(())
    }

    /// Whether the reader should hear that nothing up to here was asked for.
    fn has_news_of_nothing(&self, is_end: bool) -> bool {
        let (position, at) = self.told;
        let is_time = at.is_none_or(|at| at.elapsed() >= TOLD_EVERY);
        position < self.after && (is_end || is_time)
    }

    /// Whether to go on.
    async fn wait(&mut self) -> bool {
        tokio::select! {
            moved = self.moved.changed() => moved.is_ok(),
            stopped = self.shutdown.wait_for(|stop| *stop) => { let _ = stopped; false }
            () = tokio::time::sleep(TOLD_EVERY) => true,
        }
    }

    /// Whether the token still is one.
    async fn recognise(&mut self) -> Result<(), Refused> {
        if self.recognised.elapsed() < RECOGNISED_EVERY {
            return Ok(());
        }
        self.recognised = Instant::now();
        let authorization = self.ask.authorization.as_deref().unwrap_or_default();
        match self.ask.app().accounts().recognise(authorization).await {
            Ok(caller) => Ok(caller.permit(Action::See)?),
            // The store can't be asked: a stream that was allowed goes on.
            Err(refusal) if refusal.standing() == Standing::Busy => Ok(()),
            Err(refusal) => Err(refusal.into()),
        }
    }
}
