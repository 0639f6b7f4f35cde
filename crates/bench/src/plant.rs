//! A whole program in this process: log, vault, application, read models, on a folder of its own.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use sandan_app::{
    App, Blobs, Caller, Clock, Complete, Dispatch, FileRequest, Found, MemoryBlobs, RegisterUnit, Scope, Triage,
};
use sandan_bus::LocalBus;
use sandan_domain::time::Policy;
use sandan_domain::{Actor, Role, UnitId};
use sandan_log::{Append, Expect, Log, NewEvent, SqliteLog, SqliteOptions, StreamName};
use sandan_vault::{MasterKey, Vault};
use sandan_views::Views;
use tempfile::TempDir;
use tokio::sync::watch;
use uuid::Uuid;

use crate::latencies::Latencies;

pub const COMMUNITY: &str = "bench";
/// Enough that callers seldom wait for one another's claims.
const UNITS: usize = 256;

pub struct Plant {
    pub app: App,
    pub log: Arc<dyn Log>,
    pub vault: Vault,
    pub folder: TempDir,
}

impl Plant {
    /// An empty program on an embedded log, with a community and its units.
    pub async fn build(parent: &Path) -> anyhow::Result<Self> {
        Self::with_clock(parent, Clock::system()).await
    }

    /// The same, on a clock of its own.
    pub async fn with_clock(parent: &Path, clock: Clock) -> anyhow::Result<Self> {
        let folder = TempDir::new_in(parent)?;
        let log = SqliteLog::open(folder.path().join("log.sqlite"), SqliteOptions::default()).await?;
        let plant = Self::over(Arc::new(log), folder, clock);
        plant.organise().await?;
        Ok(plant)
    }

    /// A node on a log that may be others' too: all have the same key.
    pub fn over(log: Arc<dyn Log>, folder: TempDir, clock: Clock) -> Self {
        let vault = Vault::new(MasterKey::from_bytes([7; 32]), Arc::clone(&log));
        let app = App::open(sandan_app::Parts {
            log: Arc::clone(&log),
            vault: vault.clone(),
            policy: Arc::new(Policy::standard()),
            clock,
            attachments: Arc::new(MemoryBlobs::default()) as Arc<dyn Blobs>,
        });
        Self { app, log, vault, folder }
    }

    /// Founds the community and registers its units.
    pub async fn organise(&self) -> anyhow::Result<()> {
        let by = staff(Role::Administrator, None);
        let found = Found { slug: text(COMMUNITY), name: text("基准社区"), parent: None };
        self.app.found_community(&by, found).await.map_err(refused)?;
        for nth in 0..UNITS {
            let unit = RegisterUnit {
                slug: Some(unit(nth)),
                community: text(COMMUNITY),
                name: text("单位"),
                ..Default::default()
            };
            self.app.register_unit(&by, unit).await.map_err(refused)?;
        }
        Ok(())
    }

    /// Read models in `folder`, following the log until the answer's sender is dropped or told.
    pub async fn views(&self, folder: &Path) -> anyhow::Result<(Views, watch::Sender<bool>)> {
        std::fs::create_dir_all(folder)?;
        let views = Views::open(self.parts(folder)).await?;
        let (stop, stopped) = watch::channel(false);
        let running = views.clone();
        tokio::spawn(async move { running.run(stopped).await });
        Ok((views, stop))
    }

    /// What read models in `folder` are made of.
    pub fn parts(&self, folder: &Path) -> sandan_views::Parts {
        sandan_views::Parts {
            folder: folder.to_owned(),
            log: Arc::clone(&self.log),
            bus: Arc::new(LocalBus::new(Arc::clone(&self.log))),
            vault: self.vault.clone(),
            policy: Arc::new(Policy::standard()),
            clock: Clock::system().as_fn(),
        }
    }

    /// A caller with a unit of its own.
    pub fn worker(&self, nth: usize) -> Worker {
        let slug = unit(nth);
        let id: UnitId = slug.parse().expect("a unit's slug is a slug");
        Worker {
            app: self.app.clone(),
            unit: slug,
            resident: Caller::resident(),
            dispatcher: staff(Role::Dispatcher, None),
            staff: staff(Role::Unit, Some(id)),
        }
    }
}

/// Somebody who takes requests through the cycle, one after another.
pub struct Worker {
    app: App,
    unit: String,
    resident: Caller,
    dispatcher: Caller,
    staff: Caller,
}

impl Worker {
    /// File, triage, dispatch, claim, complete, each with an idempotency key, each timed.
    pub async fn one_request(&self, latencies: &mut Latencies) -> anyhow::Result<()> {
        let asked = Instant::now();
        let filed = self.app.file(&keyed(&self.resident), filing()).await.map_err(refused)?;
        latencies.record(asked.elapsed());
        let id = filed.outcome.request;

        let asked = Instant::now();
        let accept = Triage { decision: text("accept"), ..Default::default() };
        self.app.triage(&keyed(&self.dispatcher), id, accept).await.map_err(refused)?;
        latencies.record(asked.elapsed());

        let asked = Instant::now();
        let to = Dispatch { unit: Some(self.unit.clone()), ..Default::default() };
        self.app.dispatch(&keyed(&self.dispatcher), id, to).await.map_err(refused)?;
        latencies.record(asked.elapsed());

        let asked = Instant::now();
        self.app.claim(&keyed(&self.staff), id).await.map_err(refused)?;
        latencies.record(asked.elapsed());

        let asked = Instant::now();
        let done =
            Complete {
                answer: text("灯已更换，线路已检修，欢迎监督。"), solved: Some(true), unsolved_reason: None
            };
        self.app.complete(&keyed(&self.staff), id, done).await.map_err(refused)?;
        latencies.record(asked.elapsed());
        Ok(())
    }
}

pub fn filing() -> FileRequest {
    FileRequest {
        community: text(COMMUNITY),
        title: text("楼道灯坏了"),
        description: text("三号楼二单元楼道灯已经坏了一个星期，老人晚上上下楼看不清台阶，请尽快派人来修，谢谢。"),
        name: text("居民"),
        address: text("幸福路8号3号楼"),
        ..Default::default()
    }
}

pub fn staff(role: Role, unit: Option<UnitId>) -> Caller {
    Caller::new(Actor::Staff { role, id: Uuid::now_v7(), unit }, Scope::All, role.name())
}

fn keyed(caller: &Caller) -> Caller {
    caller.clone().with_key(Uuid::now_v7(), "/bench")
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// One event of about 600 bytes on a stream of its own, as the log takes it.
pub fn note() -> Append {
    let (id, stream) = (Uuid::now_v7(), StreamName::new("bench", Uuid::now_v7()));
    let event = NewEvent {
        stream: stream.clone(),
        id: Uuid::now_v7(),
        kind: "sandan.bench.noted",
        schema: 1,
        community: COMMUNITY.to_owned(),
        occurred: jiff::Timestamp::now(),
        correlation: id,
        causation: None,
        actor: "system".to_owned(),
        body: format!("{{\"text\":\"{}\"}}", "x".repeat(580)).into(),
    };
    let expect = vec![Expect { stream, version: 0 }];
    let command = sandan_log::Command { id, fingerprint: [0; 32], outcome: bytes::Bytes::new() };
    Append { expect, events: vec![event], ..Append::new(command) }
}

/// Slug of the unit that the `nth` caller works for.
pub fn unit(nth: usize) -> String {
    format!("unit-{}", nth % UNITS)
}

pub fn refused(refusal: sandan_app::Refusal) -> anyhow::Error {
    anyhow::anyhow!("refused: {refusal:?}")
}
