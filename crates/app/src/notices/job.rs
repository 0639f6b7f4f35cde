//! The job: whatever has something to send gets its turn, side by side, and none waits for another.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use jiff::Timestamp;
use sandan_log::{Fence, Position};
use tokio::select;
use uuid::Uuid;

use crate::app::App;
use crate::clock::Clock;
use crate::notices::endpoint::Endpoint;
use crate::notices::hook::Hooks;
use crate::notices::post::{Post, Smtp};
use crate::notices::retry::Retry;
use crate::notices::rows::{self, ENDPOINTS};
use crate::notices::story::Story;
use crate::refusal::Refusal;

/// The longest sleep: another node may have changed an endpoint, or laid a message into the outbox.
const SLEEP_MAX: Duration = Duration::from_secs(1);
/// After the log failed.
const PAUSE: Duration = Duration::from_secs(2);

/// What the job needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Without it nobody gets mail, and none is kept for them.
    pub smtp: Option<Smtp>,
    /// What links begin with.
    pub public_url: String,
    /// Webhooks may use plain HTTP and go to private networks.
    pub allow_private: bool,
    /// A receiver that takes longer has not answered.
    pub answer_within: Duration,
    pub retry: Retry,
    /// What the waits between tries are measured by: the machine's, also in a rehearsal.
    pub clock: Clock,
}

impl Settings {
    pub fn new(public_url: impl Into<String>) -> Self {
        Self {
            smtp: None,
            public_url: public_url.into(),
            allow_private: false,
            answer_within: Duration::from_secs(10),
            retry: Retry::default(),
            clock: Clock::system(),
        }
    }
}

/// The job. Cheap to clone; two of them, also on two nodes, do no harm beyond a repeat.
#[derive(Clone)]
pub struct Notices {
    pub(super) app: App,
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub settings: Settings,
    pub hooks: Hooks,
    pub post: Option<Post>,
    /// How far each channel was looked through in vain since its cursor was last written: (revision, position).
    pub seen: Mutex<HashMap<Uuid, (u64, Position)>>,
    /// What was told last, by the event's id.
    pub story: Mutex<Option<(Uuid, Arc<Story>)>>,
    /// No mail before this: the mail server can't be reached.
    pub no_mail_before: Mutex<Option<(u32, Timestamp)>>,
}

/// What can have something to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Channel {
    /// Events into letters.
    Mail,
    /// Letters to the mail server, and other single messages.
    Outbox,
    Endpoint(Uuid),
}

/// How a turn ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// There is more to do at once.
    More,
    /// Nothing until something happens, or until then.
    Until(Option<Timestamp>),
}

impl Notices {
    /// Fails where the settings can't be read.
    pub fn new(app: App, settings: Settings) -> Result<Self, String> {
        let hooks = Hooks::new(settings.allow_private, settings.answer_within).map_err(|error| error.to_string())?;
        let post = settings.smtp.as_ref().map(|smtp| Post::open(smtp, settings.answer_within)).transpose()?;
        let (seen, story, no_mail_before) = Default::default();
        Ok(Self { app, inner: Arc::new(Inner { settings, hooks, post, seen, story, no_mail_before }) })
    }

    /// The same under a lease: what it writes down is refused once somebody else has the job, who then sends it again.
    pub fn under(&self, fence: Fence) -> Self {
        Self { app: self.app.under(fence), inner: Arc::clone(&self.inner) }
    }

    /// Sends until `shutdown` is done.
    pub async fn run(&self, shutdown: impl Future<Output = ()> + Send) {
        let mut shutdown = pin!(shutdown);
        let mut head = self.app.log().watch();
        let mut turns = FuturesUnordered::new();
        let mut busy: HashSet<Channel> = HashSet::new();
        let mut resting: HashMap<Channel, Option<Timestamp>> = HashMap::new();
        loop {
            head.mark_unchanged();
            let mut pause = SLEEP_MAX;
            match self.channels().await {
                Ok(channels) => {
                    for channel in channels {
                        let rests = resting.get(&channel).is_some_and(|until| until.is_some_and(|at| at > self.now()));
                        if !rests && busy.insert(channel) {
                            turns.push(self.clone().turn_of(channel));
                        }
                    }
                }
                Err(refusal) => {
                    tracing::warn!(%refusal, "notices can't be sent for now");
                    pause = PAUSE;
                }
            }
            // Turns that end begin again only if there is more: the rest waits for something to happen.
            let mut pause = pin!(tokio::time::sleep(pause));
            loop {
                select! {
                    () = &mut shutdown => return,
                    Some((channel, turn)) = turns.next(), if !turns.is_empty() => {
                        busy.remove(&channel);
                        match turn {
                            Turn::More => { busy.insert(channel); turns.push(self.clone().turn_of(channel)); }
                            // One that waits may be changed by an operator: it is looked at again before long.
                            Turn::Until(at) => { resting.insert(channel, at.map(|at| at.min(self.soon()))); }
                        }
                    }
                    changed = head.changed() => {
                        if changed.is_err() { return }
                        break;
                    }
                    () = self.inner.settings.clock.moved() => { resting.clear(); break; }
                    () = &mut pause => break,
                }
            }
        }
    }

    /// Sends everything that is due now, and answers when the next message is.
    pub async fn send_due(&self) -> Result<Option<Timestamp>, Refusal> {
        let mut next: Option<Timestamp> = None;
        // Mail first, so that the outbox has what it makes.
        for channel in self.channels().await? {
            loop {
                match self.turn(channel).await? {
                    Turn::More => {}
                    Turn::Until(at) => {
                        next = [next, at].into_iter().flatten().min();
                        break;
                    }
                }
            }
        }
        Ok(next)
    }

    async fn turn_of(self, channel: Channel) -> (Channel, Turn) {
        let turn = self.turn(channel).await.unwrap_or_else(|refusal| {
            tracing::warn!(?channel, %refusal, "a turn of notices failed");
            Turn::Until(self.now().checked_add(PAUSE).ok())
        });
        (channel, turn)
    }

    async fn turn(&self, channel: Channel) -> Result<Turn, Refusal> {
        match channel {
            Channel::Mail => self.follow_for_mail().await,
            Channel::Outbox => self.work_off_outbox().await,
            Channel::Endpoint(id) => self.tell(id).await,
        }
    }

    async fn channels(&self) -> Result<Vec<Channel>, Refusal> {
        let endpoints: Vec<(_, Endpoint)> = rows::all(&**self.app.log(), ENDPOINTS).await?;
        let endpoints = endpoints.into_iter().map(|(_, endpoint)| endpoint).filter(|to| to.disabled.is_none());
        Ok([Channel::Mail, Channel::Outbox].into_iter().chain(endpoints.map(|to| Channel::Endpoint(to.id))).collect())
    }

    pub(super) fn now(&self) -> Timestamp {
        self.inner.settings.clock.now()
    }

    fn soon(&self) -> Timestamp {
        self.now().checked_add(PAUSE).unwrap_or(Timestamp::MAX)
    }

    /// From where a channel goes on: past what it was looked through in vain.
    pub(super) fn seen(&self, channel: Uuid, revision: u64, position: Position) -> Position {
        let seen = self.inner.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match seen.get(&channel) {
            Some((of, seen)) if *of == revision => position.max(*seen),
            _ => position,
        }
    }

    pub(super) fn has_seen(&self, channel: Uuid, revision: u64, position: Position) {
        self.inner.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(channel, (revision, position));
    }
}
