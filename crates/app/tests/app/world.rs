//! A community with units and people, and the words in which the tests speak.

use std::sync::Arc;

use jiff::Timestamp;
use sandan_app::{
    AddGrid, App, Caller, Changed, Clock, CoSign, Complete, Dispatch, FieldError, FileRequest, Filed, Found, Joined,
    ManualClock, MemoryBlobs, Parts, Rate, Receipt, Refusal, RegisterUnit, Scope, Triage,
};
use sandan_domain::request::{Case, ServiceRequest};
use sandan_domain::time::Policy;
use sandan_domain::{Actor, RequestId, Role, UnitId};
use sandan_log::{Log, MemoryLog, Record};
use sandan_vault::{MasterKey, Vault};
use uuid::Uuid;

/// A Monday morning, nine o'clock in Shanghai.
pub const MONDAY: &str = "2026-03-02T09:00:00+08:00";

pub struct World {
    pub app: App,
    pub log: Arc<dyn Log>,
    pub clock: ManualClock,
}

impl World {
    /// A world with the community `elm`, its grid `g1`, and the units `roads` and `water`.
    pub async fn new() -> Self {
        Self::over(|clock| Arc::new(MemoryLog::with_clock(clock.as_fn())), Policy::standard()).await
    }

    pub async fn with_policy(policy: Policy) -> Self {
        Self::over(|clock| Arc::new(MemoryLog::with_clock(clock.as_fn())), policy).await
    }

    pub async fn over(log: impl FnOnce(&Clock) -> Arc<dyn Log>, policy: Policy) -> Self {
        let (clock, hand) = Clock::manual(MONDAY.parse().unwrap());
        let log = log(&clock);
        Self::around(open(&log, key(), clock, policy), log, hand).await
    }

    pub async fn around(app: App, log: Arc<dyn Log>, clock: ManualClock) -> Self {
        let world = Self { app, log, clock };
        world.organise().await;
        world
    }

    async fn organise(&self) {
        self.found("elm", None).await;
        let grid = AddGrid { slug: text("g1"), community: text("elm"), name: text("First grid"), lead: None };
        self.app.add_grid(&staff(Role::Administrator), grid).await.unwrap();
        self.registers("roads", None).await;
        self.registers("water", None).await;
    }

    pub async fn found(&self, slug: &str, parent: Option<&str>) {
        let found = Found { slug: text(slug), name: text("A community"), parent: parent.map(str::to_owned) };
        self.app.found_community(&staff(Role::Administrator), found).await.unwrap();
    }

    pub async fn registers(&self, slug: &str, capacity: Option<i64>) {
        let unit = RegisterUnit {
            slug: text(slug),
            community: text("elm"),
            name: text("A unit"),
            capacity,
            ..RegisterUnit::default()
        };
        self.app.register_unit(&staff(Role::Administrator), unit).await.unwrap();
    }

    pub async fn files(&self) -> Filed {
        self.app.file(&Caller::resident(), a_request()).await.unwrap().outcome
    }

    pub async fn co_signs(&self, id: RequestId) -> Joined {
        self.app.co_sign(&Caller::resident(), id, CoSign::default()).await.unwrap().outcome
    }

    pub async fn accepts(&self, id: RequestId) {
        let accept = Triage { decision: text("accept"), ..Triage::default() };
        self.app.triage(&staff(Role::Dispatcher), id, accept).await.unwrap();
    }

    pub async fn dispatches(&self, id: RequestId, unit: &str) {
        let dispatch = Dispatch { unit: text(unit), ..Dispatch::default() };
        self.app.dispatch(&staff(Role::Dispatcher), id, dispatch).await.unwrap();
    }

    pub async fn pools(&self, id: RequestId) {
        let dispatch = Dispatch { pool: Some(true), ..Dispatch::default() };
        self.app.dispatch(&staff(Role::Dispatcher), id, dispatch).await.unwrap();
    }

    pub async fn completes(&self, id: RequestId, unit: &str) -> Changed {
        self.app.complete(&of_unit(unit), id, done()).await.unwrap().outcome
    }

    pub async fn rates(&self, id: RequestId, code: &str, rating: &str) -> Result<Receipt<Changed>, Refusal> {
        self.app.rate(&Caller::resident(), id, ballot(code, rating)).await
    }

    /// Files, accepts, dispatches and claims.
    pub async fn in_work(&self, unit: &str) -> Filed {
        let filed = self.files().await;
        self.accepts(filed.request).await;
        self.dispatches(filed.request, unit).await;
        self.app.claim(&of_unit(unit), filed.request).await.unwrap();
        filed
    }

    /// The same up to the review, with `co_signers` more residents; answers everybody's codes, the filer's first.
    pub async fn in_review(&self, co_signers: usize) -> (RequestId, Vec<String>) {
        let filed = self.in_work("roads").await;
        let mut codes = vec![filed.tracking.to_string()];
        for _ in 0..co_signers {
            codes.push(self.co_signs(filed.request).await.tracking.to_string());
        }
        assert_eq!(self.completes(filed.request, "roads").await.state, "in_review");
        (filed.request, codes)
    }

    pub async fn case(&self, id: RequestId) -> Case {
        match &*self.app.request(id).await.unwrap() {
            ServiceRequest::Filed(case) => (**case).clone(),
            ServiceRequest::Absent => panic!("a request that was filed is there"),
        }
    }

    pub async fn state(&self, id: RequestId) -> &'static str {
        self.case(id).await.stage.name()
    }

    pub async fn records(&self) -> Vec<Record> {
        self.log.read(0, 1_000_000).await.unwrap()
    }

    pub async fn count(&self, kind: &str) -> usize {
        self.records().await.iter().filter(|record| record.kind == kind).count()
    }

    pub async fn events(&self) -> u64 {
        self.log.stat().await.unwrap().events
    }
}

/// The key of every world: for other nodes that are to know its codes and words.
pub fn key() -> MasterKey {
    MasterKey::from_bytes([7; 32])
}

pub fn open(log: &Arc<dyn Log>, key: MasterKey, clock: Clock, policy: Policy) -> App {
    let vault = Vault::new(key, Arc::clone(log));
    let attachments = Arc::new(MemoryBlobs::default());
    App::open(Parts { log: Arc::clone(log), vault, policy: Arc::new(policy), clock, attachments })
}

pub fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub fn staff(role: Role) -> Caller {
    let id = Uuid::new_v4();
    Caller::new(Actor::Staff { role, id, unit: None }, Scope::All, format!("token:{id}"))
}

pub fn of_unit(unit: &str) -> Caller {
    let (id, unit): (Uuid, UnitId) = (Uuid::new_v4(), unit.parse().unwrap());
    let actor = Actor::Staff { role: Role::Unit, id, unit: Some(unit) };
    Caller::new(actor, Scope::All, format!("token:{id}"))
}

pub fn limited_to(mut caller: Caller, community: &str) -> Caller {
    caller.scope = Scope::Community(community.parse().unwrap());
    caller
}

pub fn a_request() -> FileRequest {
    FileRequest { community: text("elm"), description: text("The lamp is out"), ..FileRequest::default() }
}

pub fn done() -> Complete {
    Complete { answer: text("The lamp is lit again"), ..Complete::default() }
}

pub fn ballot(code: &str, rating: &str) -> Rate {
    Rate { tracking_code: text(code), rating: text(rating), ..Rate::default() }
}

/// The names of the fields that can't stand.
pub fn fields<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> Vec<String> {
    match answer.unwrap_err() {
        Refusal::Invalid(fields) => fields.into_iter().map(|FieldError { field, .. }| field).collect(),
        other => panic!("fields that can't stand, not {other:?}"),
    }
}

/// State and permitted steps that a refusal names.
pub fn conflict<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> (&'static str, Vec<&'static str>) {
    match answer.unwrap_err() {
        Refusal::Rejected { state: Some(state), permitted, .. } => (state, permitted),
        other => panic!("a rejection with a state, not {other:?}"),
    }
}

pub fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}
