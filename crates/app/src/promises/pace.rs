//! How much of its own work the program does at once while people go on using it.
//!
//! Commands that come together share a commit, and whoever comes meanwhile waits for it: large groups are quick for the
//! program and slow for people. So first a few are done one by one, which says what a command takes that is alone; then
//! as many at once as take about twice that. Where a disk is slow the groups grow by themselves.

use std::future::Future;
use std::time::{Duration, Instant};

use futures::TryStreamExt;
use futures::stream::FuturesUnordered;

use crate::refusal::Refusal;

/// Done one by one before anything is done together. The quickest counts, since the others may have waited.
const ALONE: usize = 3;
/// A group is not made smaller than this, or the work would not get done beside much traffic.
const AT_ONCE_MIN: usize = 12;
const AT_ONCE_MAX: usize = 128;

/// One for each piece of work.
pub(crate) struct Pace {
    /// What the quickest took that was alone.
    alone: Duration,
    measured: usize,
    at_once: usize,
}

impl Pace {
    pub const fn new() -> Self {
        Self { alone: Duration::MAX, measured: 0, at_once: AT_ONCE_MIN }
    }

    /// Does all of `work`, group by group, and answers in no certain order. After a group that took so long it pauses as
    /// long as `rest` says. A group in which something fails is the last, and is not waited for.
    pub async fn work_off<W: Clone, T, F: Future<Output = Result<T, Refusal>>>(
        &mut self,
        work: &[W],
        rest: impl Fn(Duration) -> Duration,
        each: impl Fn(W) -> F,
    ) -> Result<Vec<T>, Refusal> {
        let mut done = Vec::with_capacity(work.len());
        let mut left = work;
        while !left.is_empty() {
            let (group, behind) = left.split_at(self.group().min(left.len()));
            left = behind;
            let begun = Instant::now();
            let mut answers = group.iter().cloned().map(&each).collect::<FuturesUnordered<_>>();
            while let Some(answer) = answers.try_next().await? {
                done.push(answer);
            }
            let took = begun.elapsed();
            self.took(group.len(), took);
            let pause = rest(took);
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
        }
        Ok(done)
    }

    const fn group(&self) -> usize {
        if self.measured < ALONE { 1 } else { self.at_once }
    }

    fn took(&mut self, count: usize, took: Duration) {
        if self.measured < ALONE {
            self.measured += 1;
            self.alone = self.alone.min(took);
        } else if count < self.at_once {
            // The last group is what was left: it says nothing.
        } else if took <= self.alone.saturating_mul(2) {
            self.at_once = (self.at_once + self.at_once.div_ceil(4)).min(AT_ONCE_MAX);
        } else {
            self.at_once = (self.at_once - self.at_once / 4).max(AT_ONCE_MIN);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How large groups become where a commit takes so long and each command in it so long.
    fn settles_at(commit: u64, each: u64) -> usize {
        let mut pace = Pace::new();
        for _ in 0..100 {
            let count = pace.group();
            pace.took(count, Duration::from_micros(commit + each * count as u64));
        }
        pace.group()
    }

    #[test]
    fn groups_take_about_twice_what_one_command_takes_within_bounds() {
        assert_eq!(settles_at(400, 100), AT_ONCE_MIN);
        assert!((30..=52).contains(&settles_at(4_000, 100)), "{}", settles_at(4_000, 100));
        assert_eq!(settles_at(100, 1_000), AT_ONCE_MIN);
        assert_eq!(settles_at(100_000, 10), AT_ONCE_MAX);
    }

    #[tokio::test]
    async fn all_is_done_once_and_the_first_failure_ends_it() {
        let work: Vec<usize> = (0..100).collect();
        let no_rest = |_| Duration::ZERO;
        let mut done = Pace::new().work_off(&work, no_rest, async |n| Ok(n)).await.unwrap();
        done.sort_unstable();
        assert_eq!(done, work);
        let began = std::sync::atomic::AtomicUsize::new(0);
        let mut pace = Pace::new();
        let failing = pace.work_off(&work, no_rest, async |n| {
            began.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if n == 1 { Err(Refusal::NotFound) } else { Ok(n) }
        });
        assert!(matches!(failing.await, Err(Refusal::NotFound)));
        assert_eq!(began.into_inner(), 2, "the third is not begun");
    }
}
