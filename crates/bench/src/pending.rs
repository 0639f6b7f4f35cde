//! Many timers that are pending and far from due: what they cost whoever has them.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use sandan_log::{Timer, TimerChange};
use uuid::Uuid;

use crate::latencies::Latencies;
use crate::plant::{Plant, note};
use crate::scale::{bytes_in, resident_bytes};

/// In one append.
const TOGETHER: usize = 1_000;
const QUESTIONS: usize = 1_000;
/// As the keeper of promises asks.
const BATCH: usize = 2_048;

/// What pending timers cost.
pub struct Cost {
    /// Of the log's file, for each.
    pub bytes_each: f64,
    /// How much larger the process became.
    pub memory: u64,
    /// Asking what is due when nothing is, and when the next is: the p99.
    pub asked: Duration,
}

/// Sets `count` timers that look like `like`, one a second from a year after `now` on.
pub async fn set(plant: &Plant, count: usize, now: Timestamp, like: &Timer) -> anyhow::Result<Cost> {
    let (disk, memory) = (bytes_in(plant.folder.path(), false), resident_bytes());
    let far = now + SignedDuration::from_hours(366 * 24);
    let timer = |nth: usize| -> anyhow::Result<TimerChange> {
        let due = far + SignedDuration::from_secs(i64::try_from(nth)?);
        Ok(TimerChange::Set(Timer { id: Uuid::now_v7(), due, body: like.body.clone() }))
    };
    for from in (0..count).step_by(TOGETHER) {
        let mut append = note();
        append.timers = (from..count.min(from + TOGETHER)).map(timer).collect::<anyhow::Result<_>>()?;
        plant.log.append(append).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    }
    let grown = bytes_in(plant.folder.path(), false).saturating_sub(disk);
    let memory = resident_bytes().saturating_sub(memory);
    let mut asked = Latencies::new();
    for _ in 0..QUESTIONS {
        let begun = Instant::now();
        let due = plant.log.due_timers(now, BATCH).await?;
        anyhow::ensure!(due.is_empty(), "{} timers are due already", due.len());
        anyhow::ensure!(plant.log.next_timer().await?.is_some(), "no timer is pending");
        asked.record(begun.elapsed());
    }
    Ok(Cost { bytes_each: grown as f64 / count.max(1) as f64, memory, asked: asked.at(99.0) })
}
