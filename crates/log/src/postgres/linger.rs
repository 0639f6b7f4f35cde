//! How long to wait for company before a batch is sent.
//!
//! Callers that were answered by the last commit mostly come back at once. Where a commit takes long (a slow disk,
//! a standby far away), a batch that leaves without them makes them wait for a whole one: half of the callers
//! would ride in every second batch, for ever. So the writer waits for as many as there were lately, but only for
//! a small part of what a commit takes, and never for a caller who is alone.
//!
//! Only the commit counts, not the work before it, which grows with the batch and is the same in one batch or in two:
//! while the database works for one half of the callers, the program decides for the other half.

use std::time::Duration;

/// A commit that is faster than that is not worth waiting for.
const SLOW: Duration = Duration::from_micros(1_500);
/// The part of a commit's time that is waited, at most.
const PART: u32 = 4;
/// Not longer than that, however slow the commits are.
const LONGEST: Duration = Duration::from_millis(5);

/// What the last batches were like.
#[derive(Debug, Default)]
pub(super) struct Linger {
    /// The shortest of late: what the disk takes. The longer ones have waited for a processor.
    commit: Duration,
    /// Callers who were under way at the same time lately.
    callers: usize,
}

impl Linger {
    /// The commit of a batch of so many took that long, and so many others had come meanwhile.
    pub fn learn(&mut self, batch: usize, arrived: usize, took: Duration) {
        self.commit = if self.commit.is_zero() { took } else { took.min(self.commit + self.commit / 16) };
        // Grows at once, and forgets slowly: one short batch says little.
        let now = batch + arrived;
        self.callers = now.max(self.callers - self.callers.div_ceil(8).min(self.callers));
    }

    /// How many to wait for and how long, with so many waiting already; `None`: go.
    pub fn wait(&self, waiting: usize) -> Option<(usize, Duration)> {
        let is_worth_it = self.commit >= SLOW && waiting < self.callers;
        is_worth_it.then(|| (self.callers, (self.commit / PART).min(LONGEST)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn one_caller_never_waits() {
        let mut linger = Linger::default();
        assert_eq!(linger.wait(1), None);
        for _ in 0..10 {
            linger.learn(1, 0, MS * 20);
            assert_eq!(linger.wait(1), None);
        }
    }

    #[test]
    fn nobody_waits_where_commits_are_fast() {
        let mut linger = Linger::default();
        for _ in 0..10 {
            linger.learn(16, 16, MS);
            assert_eq!(linger.wait(16), None);
        }
    }

    #[test]
    fn half_of_the_callers_wait_for_the_other_half_on_a_slow_disk() {
        let mut linger = Linger::default();
        linger.learn(16, 16, MS * 4);
        assert_eq!(linger.wait(16), Some((32, MS)));
        assert_eq!(linger.wait(32), None);
        linger.learn(32, 0, MS * 4);
        assert_eq!(linger.wait(31), Some((32, MS)));
    }

    #[test]
    fn a_disk_that_became_slow_is_noticed_and_a_slow_batch_among_fast_ones_is_not() {
        let mut linger = Linger::default();
        for nth in 0..10 {
            linger.learn(16, 16, MS * if nth % 5 == 4 { 30 } else { 1 });
        }
        assert_eq!(linger.wait(16), None);
        for _ in 0..40 {
            linger.learn(16, 16, MS * 8);
        }
        assert_eq!(linger.wait(16), Some((32, MS * 2)));
    }

    #[test]
    fn callers_who_left_are_forgotten() {
        let mut linger = Linger::default();
        linger.learn(64, 0, MS * 4);
        for _ in 0..60 {
            linger.learn(1, 0, MS * 4);
        }
        assert_eq!(linger.wait(1), None);
    }

    #[test]
    fn the_wait_is_bounded() {
        let mut linger = Linger::default();
        linger.learn(2, 2, MS * 900);
        assert_eq!(linger.wait(2), Some((4, LONGEST)));
    }
}
