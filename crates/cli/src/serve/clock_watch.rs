//! Machines' clocks that jump. Recorded times never go back, and limits count by the clock, so an operator must know.

use std::time::{Duration, Instant};

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};

use crate::wiring::Engine;

/// How often is looked.
const LOOK: Duration = Duration::from_secs(10);
/// Clocks that are kept right by small steps are none of our business.
pub const JUMP: SignedDuration = SignedDuration::from_secs(30);

/// Warns of a log that is ahead of the clock, and from now on of every jump.
pub async fn start(engine: &Engine) -> Result<()> {
    if let Some(ahead) = ahead(engine).await? {
        tracing::warn!(code = "clock-back", %ahead, "the log is ahead of this machine's clock: recorded times stand still \
                       until it has caught up; see docs/errors/clock-back.md");
    }
    let mut shutdown = engine.shutdown();
    tokio::spawn(async move {
        let mut drift = Drift::new(Timestamp::now(), Instant::now());
        while tokio::time::timeout(LOOK, shutdown.wait_for(|stop| *stop)).await.is_err() {
            if let Some(jump) = drift.jumped(Timestamp::now(), Instant::now()) {
                tracing::warn!(code = "clock-back", %jump, "this machine's clock was set; see docs/errors/clock-back.md");
            }
        }
    });
    Ok(())
}

/// How far the newest record is ahead of the program's clock, if that is more than a trifle.
pub async fn ahead(engine: &Engine) -> Result<Option<SignedDuration>> {
    let head = engine.log.head().await?;
    let last = engine.log.read(head.position.saturating_sub(1), 1).await?;
    let ahead = last.first().map(|record| record.recorded.duration_since(engine.app.clock().now()));
    Ok(ahead.filter(|ahead| *ahead > JUMP))
}

/// A clock of the day beside one that nobody can set.
struct Drift {
    day: Timestamp,
    steady: Instant,
}

impl Drift {
    const fn new(day: Timestamp, steady: Instant) -> Self {
        Self { day, steady }
    }

    /// By how much the clock was set since the last look.
    fn jumped(&mut self, day: Timestamp, steady: Instant) -> Option<SignedDuration> {
        let passed = SignedDuration::try_from(steady.duration_since(self.steady)).unwrap_or(SignedDuration::MAX);
        let jump = day.duration_since(self.day).saturating_sub(passed);
        *self = Self::new(day, steady);
        (jump.abs() > JUMP).then_some(jump)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_goes_on_did_not_jump_and_one_that_was_set_did() {
        let (day, steady): (Timestamp, _) = ("2026-03-01T08:00:00Z".parse().unwrap(), Instant::now());
        let mut drift = Drift::new(day, steady);
        let later = |seconds| steady + Duration::from_secs(seconds);
        let at = |seconds: i64| day + SignedDuration::from_secs(seconds);
        assert_eq!(drift.jumped(at(10), later(10)), None);
        assert_eq!(drift.jumped(at(25), later(20)), None, "a small step");
        assert_eq!(drift.jumped(at(-3_575), later(30)), Some(SignedDuration::from_secs(-3_610)));
        assert_eq!(drift.jumped(at(-3_565), later(40)), None, "told once");
    }
}
