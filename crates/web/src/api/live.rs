//! Changes as they happen, as server-sent events. Each carries its position, so that whoever was cut off goes on
//! from the last one they saw: nothing is lost, nothing comes twice.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::Stream;
use futures::stream::unfold;
use sandan_app::Action;
use sandan_views::{Change, Sight};
use serde::Serialize;

use tokio::sync::watch;
use tokio::time::Instant;
use utoipa::ToSchema;

use super::Nothing;
use super::ask::Ask;
use super::description::Refused;
use super::{after, reach};
use crate::identity;
use crate::problem::Problem;
use crate::site::Site;

/// A comment this often keeps proxies from closing a silent stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// A token that was revoked or has run out ends its stream within this time.
const RECOGNISED_EVERY: Duration = Duration::from_secs(30);
/// Changes that are read at once, and held.
const BATCH_MAX: usize = 256;

/// A request changed.
#[derive(Serialize, ToSchema)]
#[schema(as = Change)]
#[allow(dead_code)]
pub(super) struct ChangeShape {
    /// Also the event's `id:`.
    position: u64,
    request: uuid::Uuid,
    number: String,
    community: String,
    state: String,
    light: String,
    unit: Option<String>,
    owner: Option<String>,
    grid: Option<String>,
    overdue: bool,
}

/// Follows changes of requests: one `request` event a change, `id:` its position.
///
/// Begins after `Last-Event-ID` or `after`; without either with the next change.
#[utoipa::path(
    get,
    path = "/api/v1/live",
    tag = "requests",
    params(("after" = Option<u64>, Query), ("Last-Event-ID" = Option<u64>, Header)),
    responses((status = 200, content_type = "text/event-stream", body = ChangeShape), Refused),
    security(("token" = [])),
)]
pub(super) async fn live(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::See)?;
    let Nothing {} = ask.query()?;
    let sight = reach::sight(&ask).await?;
    // Before the position is read: a change between the two wakes the stream.
    let moved = ask.site.views.watch();
    let begin = begin(&ask)?;
    let after = begin.unwrap_or_else(|| ask.site.views.position());
    let follower = Follower {
        after,
        sight,
        moved,
        shutdown: ask.site.shutdown.clone(),
        ready: VecDeque::new(),
        headers: ask.headers().clone(),
        recognised: Instant::now(),
        site: ask.site.clone(),
    };
    let stream = Sse::new(events(follower)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    // Proxies that collect an answer before they pass it on would hold the stream for ever.
    Ok(([("x-accel-buffering", "no")], stream).into_response())
}

/// Where the reader left off.
fn begin(ask: &Ask) -> Result<Option<u64>, Problem> {
    match ask.headers().get("last-event-id") {
        Some(value) => after::number("Last-Event-ID", value.to_str().unwrap_or("?")).map(Some),
        None => ask.after(),
    }
}

/// A reader's place.
struct Follower {
    after: u64,
    sight: Sight,
    moved: watch::Receiver<u64>,
    shutdown: watch::Receiver<bool>,
    ready: VecDeque<Change>,
    headers: HeaderMap,
    recognised: Instant,
    site: Site,
}

fn events(follower: Follower) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(follower, |mut follower| async move {
        let change = follower.next().await?;
        Some((Ok(event(&change)), follower))
    })
}

fn event(change: &Change) -> Event {
    let event = Event::default().event("request").id(change.position.to_string());
    event.json_data(change).unwrap_or_default()
}

impl Follower {
    /// The next change; `None` ends the stream. Whoever read it resumes where it ended.
    async fn next(&mut self) -> Option<Change> {
        loop {
            if let Some(change) = self.ready.pop_front() {
                return Some(change);
            }
            if *self.shutdown.borrow() || !self.is_recognised().await {
                return None;
            }
            self.moved.mark_unchanged();
            if !self.fill().await? {
                self.wait().await?;
            }
        }
    }

    /// Reads on; whether there may be more at once.
    async fn fill(&mut self) -> Option<bool> {
        let changes = self.site.views.changes(self.after, BATCH_MAX, &self.sight).await;
        let changes = changes.inspect_err(|error| tracing::warn!(%error, "a live stream ends")).ok()?;
        self.after = changes.upto.max(self.after);
        let more = changes.more || !changes.items.is_empty();
        self.ready.extend(changes.items);
        Some(more)
    }

    async fn wait(&mut self) -> Option<()> {
        tokio::select! {
            moved = self.moved.changed() => moved.ok(),
            stopped = self.shutdown.wait_for(|stop| *stop) => { let _ = stopped; None }
            () = tokio::time::sleep(RECOGNISED_EVERY) => Some(()),
        }
    }

    /// Whether the token or the session still is one.
    async fn is_recognised(&mut self) -> bool {
        if self.recognised.elapsed() < RECOGNISED_EVERY {
            return true;
        }
        self.recognised = Instant::now();
        match identity::recognise(&self.site, &self.headers).await {
            Ok(known) => sandan_app::may(known.caller.actor.role(), Action::See),
            // The store can't be asked: a stream that was allowed goes on.
            Err(problem) => problem.status.is_server_error(),
        }
    }
}
