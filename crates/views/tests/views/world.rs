//! A log with people around it: wishes are decided by the domain's rules, and what follows stands in the same
//! append, as in the program.

use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sandan_bus::LocalBus;
use sandan_domain::process::{Promise, Reaction, after_request, after_review};
use sandan_domain::time::Policy;
use sandan_domain::{
    Actor, CommunityId, Decider, Event, Facts, PersonId, Rejection, RequestId, RequestNumber, Text, UnitId, community,
    request, review, unit,
};
use sandan_log::{Append, Command, Expect, Log, MemoryLog, NewEvent, StreamName};
use sandan_vault::{MasterKey, Vault};
use sandan_views::{Parts, Views};
use tokio::sync::watch;
use uuid::Uuid;

use crate::chance::Chance;

/// What the domain knows; copied before each wish, so that a refused one leaves nothing behind.
#[derive(Clone, Default)]
pub struct Standing {
    pub requests: HashMap<Uuid, request::ServiceRequest>,
    pub reviews: HashMap<Uuid, review::SatisfactionReview>,
    pub units: HashMap<Uuid, unit::MemberUnit>,
    pub communities: HashMap<Uuid, community::Community>,
    versions: HashMap<StreamName, u64>,
    pub promises: Vec<(Promise, Timestamp)>,
}

/// An event in clear, as it happened.
#[derive(Clone, Debug)]
pub struct Happened {
    pub position: u64,
    pub stream: Uuid,
    pub at: Timestamp,
    pub event: Event,
}

pub struct World {
    pub log: Arc<dyn Log>,
    pub vault: Vault,
    pub policy: Arc<Policy>,
    pub standing: Standing,
    pub history: Vec<Happened>,
    /// Requests in the order of their filing.
    pub filed: Vec<(RequestId, CommunityId)>,
    pub chance: Chance,
    now: Arc<Mutex<Timestamp>>,
}

/// A wish of anybody's.
pub type Wish = Reaction;

impl World {
    pub fn new(seed: u64) -> Self {
        let start: Timestamp = "2026-03-02T01:00:00Z".parse().unwrap();
        let now = Arc::new(Mutex::new(start));
        let clock = {
            let now = now.clone();
            Arc::new(move || *now.lock().unwrap())
        };
        let log: Arc<dyn Log> = Arc::new(MemoryLog::with_clock(clock));
        Self::on(log, now, seed)
    }

    /// Around a log that records the times of `now`.
    pub fn on(log: Arc<dyn Log>, now: Arc<Mutex<Timestamp>>, seed: u64) -> Self {
        let vault = Vault::new(MasterKey::random(), log.clone());
        let mut policy = Policy::standard();
        policy.verified = vec![category("城乡建设")];
        Self {
            vault,
            log,
            policy: Arc::new(policy),
            standing: Standing::default(),
            history: Vec::new(),
            filed: Vec::new(),
            chance: Chance::new(seed),
            now,
        }
    }

    pub fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    pub fn pass(&self, by: SignedDuration) {
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(by).unwrap();
    }

    pub fn parts(&self, folder: &Path) -> Parts {
        let (log, now) = (self.log.clone(), self.now.clone());
        Parts {
            folder: folder.to_owned(),
            bus: Arc::new(LocalBus::new(log.clone())),
            log,
            vault: self.vault.clone(),
            policy: self.policy.clone(),
            clock: Arc::new(move || *now.lock().unwrap()),
        }
    }

    /// Read models that are being fed, caught up with the log.
    pub async fn views(&self, folder: &Path) -> Running {
        let running = Running::start(self.parts(folder)).await;
        running.caught_up(self).await;
        running
    }

    /// Decides a wish and what follows, and appends all of it.
    pub async fn wish(&mut self, wish: Wish, actor: Actor) -> Result<(), Rejection> {
        let (mut standing, now) = (self.standing.clone(), self.now());
        let mut events = Vec::new();
        let mut waiting = VecDeque::from([(wish, actor)]);
        while let Some((wish, actor)) = waiting.pop_front() {
            let facts = Facts { now, actor: &actor, policy: &self.policy };
            let follows = decide(&mut standing, wish, &facts, &mut events)?;
            waiting.extend(follows.into_iter().map(|wish| (wish, Actor::System)));
        }
        self.append(standing, events).await;
        Ok(())
    }

    /// The same for many wishes that nothing forbids, in one append and without a copy of what stands.
    pub async fn wish_all(&mut self, wishes: Vec<(Wish, Actor)>) {
        let (mut standing, now) = (std::mem::take(&mut self.standing), self.now());
        let mut events = Vec::new();
        for wish in wishes {
            let mut waiting = VecDeque::from([wish]);
            while let Some((wish, actor)) = waiting.pop_front() {
                let facts = Facts { now, actor: &actor, policy: &self.policy };
                let follows = decide(&mut standing, wish, &facts, &mut events).unwrap();
                waiting.extend(follows.into_iter().map(|wish| (wish, Actor::System)));
            }
        }
        self.append(standing, events).await;
    }

    /// Keeps what was promised for now or before.
    pub async fn keep_promises(&mut self) {
        let now = self.now();
        let due: Vec<Promise> =
            self.standing.promises.iter().filter(|(_, at)| *at <= now).map(|(promise, _)| promise.clone()).collect();
        for promise in due {
            self.standing.promises.retain(|(waiting, _)| *waiting != promise);
            _ = self.wish(promise.keep(), Actor::System).await;
        }
    }

    async fn append(&mut self, mut standing: Standing, events: Vec<Decided>) {
        if events.is_empty() {
            self.standing = standing;
            return;
        }
        let mut sealed: Vec<Event> = events.iter().map(|decided| decided.event.clone()).collect();
        let rows = self.vault.seal(&mut sealed).await.unwrap();
        let mut append =
            Append::new(Command { id: self.chance.uuid(), fingerprint: [0; 32], outcome: Vec::new().into() });
        append.rows = rows;
        let mut written = std::collections::HashSet::new();
        let (correlation, recorded) = (self.chance.uuid(), self.now());
        for (decided, event) in events.iter().zip(&sealed) {
            let version = standing.versions.entry(decided.stream.clone()).or_default();
            if written.insert(decided.stream.clone()) {
                append.expect.push(Expect { stream: decided.stream.clone(), version: *version });
            }
            *version += 1;
            append.events.push(NewEvent {
                stream: decided.stream.clone(),
                id: self.chance.uuid(),
                kind: event.name(),
                schema: event.schema(),
                community: decided.community.to_string(),
                occurred: decided.at.unwrap_or(recorded),
                correlation,
                causation: None,
                actor: decided.actor.to_string(),
                body: event.encode().unwrap().into(),
            });
        }
        let receipt = self.log.append(append).await.unwrap();
        for (place, decided) in events.into_iter().enumerate() {
            if let Event::Request(request::Event::Filed(filed)) = &decided.event {
                self.filed.push((RequestId(decided.stream.id), filed.community.clone()));
            }
            self.history.push(Happened {
                position: receipt.first + place as u64,
                stream: decided.stream.id,
                at: decided.at.unwrap_or(recorded),
                event: decided.event,
            });
        }
        self.standing = standing;
    }

    // ---- people ----

    pub async fn found(&mut self, slug: &str, parent: Option<&str>) {
        let stream = id::<CommunityId>(slug);
        let command = community::Command::Found { community: stream.clone(), name: text(slug), parent: parent.map(id) };
        self.organise(stream, command).await;
    }

    pub async fn add_grid(&mut self, community: &str, grid: &str) {
        let command = community::Command::AddGrid { grid: id(grid), name: text(grid), lead: Some(text("网格长")) };
        self.organise(id(community), command).await;
    }

    async fn organise(&mut self, community: CommunityId, command: community::Command) {
        let mut standing = self.standing.clone();
        let state = standing.communities.entry(community.stream_id()).or_default();
        let facts = Facts { now: self.now(), actor: &Actor::System, policy: &self.policy };
        let events = community::Communities::decide(state, command, &facts).unwrap();
        let stream = StreamName::new("community", community.stream_id());
        let mut decided = Vec::new();
        for event in events {
            community::Communities::evolve(state, &event);
            decided.push(Decided {
                stream: stream.clone(),
                community: community.clone(),
                at: None,
                actor: Actor::System,
                event: Event::Community(event),
            });
        }
        self.append(standing, decided).await;
    }

    pub async fn register(&mut self, community: &str, unit: &str, capacity: Option<u32>) {
        let profile = unit::Profile {
            name: text(unit),
            categories: Vec::new(),
            grids: Vec::new(),
            resources: Vec::new(),
            capacity,
        };
        let command = unit::Command::Register { community: id(community), unit: id(unit), profile };
        self.wish(Wish::Unit(id(community), id(unit), command), Actor::System).await.unwrap();
    }

    /// Files a request and says which.
    pub async fn files(&mut self, file: request::File) -> RequestId {
        let request = RequestId(self.chance.uuid());
        let actor = Actor::Resident(Some(file.requester.person));
        self.wish(Wish::Request(request, request::Command::File(Box::new(file))), actor).await.unwrap();
        request
    }

    pub async fn does(&mut self, request: RequestId, command: request::Command, actor: Actor) -> Result<(), Rejection> {
        self.wish(Wish::Request(request, command), actor).await
    }

    pub async fn rates(
        &mut self,
        request: RequestId,
        person: PersonId,
        rating: review::Rating,
    ) -> Result<(), Rejection> {
        let reason = rating.is_dissatisfied().then(|| text("没有修好"));
        let command = review::Command::Rate(review::Vote { reason, ..review::Vote::new(person, rating) });
        self.wish(Wish::Review(request, command), Actor::Resident(Some(person))).await
    }

    /// A plain request of a new person.
    pub fn plain(&mut self, community: &str, description: &str) -> request::File {
        let person = PersonId(self.chance.uuid());
        request::File {
            community: id(community),
            number: RequestNumber::new(self.chance.next() as u32),
            channel: request::Channel::Web,
            urgency: request::Urgency::Normal,
            category: None,
            title: None,
            description: text(description),
            requester: request::Applicant {
                person,
                name: Some(text("王芳")),
                phone: Some(text("13800000000")),
                email: None,
            },
            place: None,
            external: None,
        }
    }

    pub fn case(&self, request: RequestId) -> Option<&request::Case> {
        match self.standing.requests.get(&request.0)? {
            request::ServiceRequest::Filed(case) => Some(case),
            request::ServiceRequest::Absent => None,
        }
    }

    pub async fn head(&self) -> u64 {
        self.log.head().await.unwrap().position
    }
}

/// An event on its way into the log.
pub struct Decided {
    stream: StreamName,
    community: CommunityId,
    at: Option<Timestamp>,
    actor: Actor,
    event: Event,
}

fn decide(
    standing: &mut Standing,
    wish: Wish,
    facts: &Facts<'_>,
    events: &mut Vec<Decided>,
) -> Result<Vec<Reaction>, Rejection> {
    let actor = facts.actor.clone();
    match wish {
        Reaction::Request(id, command) => {
            let import = match &command {
                request::Command::Import(import) => Some((**import).clone()),
                _ => None,
            };
            let state = standing.requests.entry(id.0).or_default();
            let decided = request::Request::decide(state, command, facts)?;
            let mut reactions = Vec::new();
            for event in decided {
                let before = state.clone();
                request::Request::evolve(state, &event);
                reactions.extend(after_request(id, &before, &event, state));
                let request::ServiceRequest::Filed(case) = &*state else { unreachable!() };
                events.push(Decided {
                    stream: StreamName::new("request", id.0),
                    community: case.community.clone(),
                    at: import.as_ref().map(|import| import.occurred(&event)),
                    actor: actor.clone(),
                    event: Event::Request(event),
                });
            }
            Ok(reactions)
        }
        Reaction::Review(id, command) => {
            let request::ServiceRequest::Filed(case) = &standing.requests[&id.0] else { unreachable!() };
            let community = case.community.clone();
            let state = standing.reviews.entry(id.0).or_default();
            let mut reactions = Vec::new();
            for event in review::Review::decide(state, command, facts)? {
                review::Review::evolve(state, &event);
                reactions.extend(after_review(id, &event));
                let stream = StreamName::new("review", id.0);
                let (community, actor) = (community.clone(), actor.clone());
                events.push(Decided { stream, community, at: None, actor, event: Event::Review(event) });
            }
            Ok(reactions)
        }
        Reaction::Unit(community, unit, command) => {
            let stream = unit.stream_id(&community);
            let state = standing.units.entry(stream).or_default();
            for event in unit::Unit::decide(state, command, facts)? {
                unit::Unit::evolve(state, &event);
                let stream = StreamName::new("unit", stream);
                let (community, actor) = (community.clone(), actor.clone());
                events.push(Decided { stream, community, at: None, actor, event: Event::Unit(event) });
            }
            Ok(Vec::new())
        }
        Reaction::Callback(..) => unreachable!("nobody is called back here"),
        Reaction::Policy(..) => unreachable!("nobody publishes here"),
        Reaction::Evaluation(..) | Reaction::Project(..) => unreachable!("nobody votes here"),
        Reaction::Promise(promise, at) => {
            standing.promises.push((promise, at));
            Ok(Vec::new())
        }
        Reaction::Release(promise) => {
            standing.promises.retain(|(waiting, _)| *waiting != promise);
            Ok(Vec::new())
        }
    }
}

/// Read models with the task that feeds them.
pub struct Running {
    pub views: Views,
    shutdown: watch::Sender<bool>,
    task: Option<tokio::task::JoinHandle<()>>,
}

impl Running {
    pub async fn start(parts: Parts) -> Self {
        let views = Views::open(parts).await.unwrap();
        let (shutdown, stopped) = watch::channel(false);
        let feeding = views.clone();
        let task = Some(tokio::spawn(async move { feeding.run(stopped).await }));
        Self { views, shutdown, task }
    }

    pub async fn caught_up(&self, world: &World) {
        let head = world.head().await;
        self.views.wait(head, Duration::from_secs(20)).await.unwrap();
        self.views.wait_search(head, Duration::from_secs(20)).await.unwrap();
    }

    pub async fn stop(mut self) {
        self.shutdown.send_replace(true);
        if let Some(task) = self.task.take() {
            task.await.unwrap();
        }
    }
}

pub fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(slug: &str) -> T {
    slug.parse().unwrap()
}

pub fn text(text: &str) -> Text {
    Text::lines(text, 20_000).unwrap()
}

pub fn category(path: &str) -> sandan_domain::Category {
    serde_json::from_value(path.into()).unwrap()
}

pub fn staff(unit: &str) -> Actor {
    Actor::Staff { role: sandan_domain::Role::Unit, id: Uuid::nil(), unit: Some(id::<UnitId>(unit)) }
}

pub fn desk() -> Actor {
    Actor::Staff { role: sandan_domain::Role::Dispatcher, id: Uuid::nil(), unit: None }
}
