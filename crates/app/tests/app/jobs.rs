//! Jobs that one program does for all: who has one, how it moves, and what a slow holder can still do.

use std::time::Duration;

use sandan_app::Jobs;
use sandan_log::{Fence, Log, MemoryLog};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::world::{World, at};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);
const LEASE: Duration = Duration::from_millis(300);

/// A program that takes part in a job and says so when it has it.
struct Program {
    end: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<()>,
}

fn program(log: &Arc<dyn Log>, name: &'static str, told: &mpsc::UnboundedSender<(&'static str, Fence)>) -> Program {
    let jobs = Jobs::lasting(Arc::clone(log), name, LEASE);
    let (end, ended) = oneshot::channel();
    let told = told.clone();
    let task = tokio::spawn(async move {
        let shutdown = async { drop(ended.await) };
        let work = |fence| {
            told.send((name, fence)).unwrap();
            std::future::pending()
        };
        jobs.run("job", shutdown, work).await;
    });
    Program { end, task }
}

async fn heard(told: &mut mpsc::UnboundedReceiver<(&'static str, Fence)>) -> (&'static str, Fence) {
    timeout(PATIENCE, told.recv()).await.expect("somebody takes the job").unwrap()
}

#[tokio::test]
async fn one_program_has_a_job_and_another_takes_it_when_that_one_ends() {
    let log: Arc<dyn Log> = Arc::new(MemoryLog::new());
    let (tell, mut told) = mpsc::unbounded_channel();
    let first = program(&log, "first", &tell);
    let (who, before) = heard(&mut told).await;
    assert_eq!(who, "first");
    let second = program(&log, "second", &tell);
    // Several renewals long nothing moves.
    assert!(timeout(LEASE * 3, told.recv()).await.is_err());
    first.end.send(()).unwrap();
    first.task.await.unwrap();
    let (who, after) = heard(&mut told).await;
    assert_eq!(who, "second");
    assert!(after.number > before.number);
    second.end.send(()).unwrap();
    second.task.await.unwrap();
    assert_eq!(log.leases().await.unwrap(), [], "whoever ends lets go");
}

#[tokio::test]
async fn a_program_that_dies_is_replaced_when_its_lease_has_lapsed() {
    let log: Arc<dyn Log> = Arc::new(MemoryLog::new());
    let (tell, mut told) = mpsc::unbounded_channel();
    let first = program(&log, "first", &tell);
    heard(&mut told).await;
    first.task.abort();
    let _second = program(&log, "second", &tell);
    assert_eq!(heard(&mut told).await.0, "second");
}

#[tokio::test]
async fn a_lost_lease_ends_the_work_and_begins_it_anew_when_it_is_back() {
    let log: Arc<dyn Log> = Arc::new(MemoryLog::new());
    let (tell, mut told) = mpsc::unbounded_channel();
    let _program = program(&log, "first", &tell);
    let (_, before) = heard(&mut told).await;
    log.fork("a backup was restored").await.unwrap();
    let (_, after) = heard(&mut told).await;
    assert!(after.number > before.number, "a fork ends all leases");
}

#[tokio::test]
async fn who_slept_through_its_replacement_can_not_keep_a_promise_any_more() {
    let world = World::new().await;
    let (id, _) = world.in_review(2).await;
    world.clock.set(at("2026-03-12T00:00:00+08:00"));
    let old = world.log.lease("promises", "sleeper", Duration::ZERO).await.unwrap().unwrap();
    let new = world.log.lease("promises", "successor", PATIENCE).await.unwrap().unwrap();
    assert!(world.app.under(old.fence()).keep_due_promises().await.is_err());
    assert_eq!(world.state(id).await, "in_review", "nothing was written");
    world.app.under(new.fence()).keep_due_promises().await.unwrap();
    assert_eq!(world.state(id).await, "closed");
}
