//! When a delivery is tried again: exponentially later, bounded, and not all at the same instant.

use jiff::{SignedDuration, Timestamp};
use rand::RngExt;

/// How patient the outbox is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// After the first failure.
    pub first: SignedDuration,
    /// At most, however often it failed.
    pub longest: SignedDuration,
    /// Tries before the message is laid aside.
    pub attempts_max: u32,
}

impl Default for Retry {
    /// Ten seconds, doubling up to an hour: given up after somewhat more than a day.
    fn default() -> Self {
        Self { first: SignedDuration::from_secs(10), longest: SignedDuration::from_hours(1), attempts_max: 32 }
    }
}

impl Retry {
    /// When to try again after so many failures.
    pub(super) fn next(self, now: Timestamp, failures: u32) -> Timestamp {
        self.next_with(now, failures, rand::rng().random_range(0.8..=1.2))
    }

    fn next_with(self, now: Timestamp, failures: u32, jitter: f64) -> Timestamp {
        let doubled = self.first.saturating_mul(1_i32 << failures.saturating_sub(1).min(20));
        let wait = doubled.min(self.longest).as_secs_f64() * jitter;
        let wait = SignedDuration::try_from_secs_f64(wait).unwrap_or(self.longest);
        now.checked_add(wait).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_jitter_stays_within_a_fifth() {
        let retry = Retry::default();
        let now = Timestamp::UNIX_EPOCH;
        let wait = |failures, jitter| now.duration_until(retry.next_with(now, failures, jitter)).as_secs();
        assert_eq!([1, 2, 3, 4].map(|failures| wait(failures, 1.0)), [10, 20, 40, 80]);
        assert_eq!([9, 10, 31, 1_000].map(|failures| wait(failures, 1.0)), [2_560, 3_600, 3_600, 3_600]);
        assert_eq!((wait(1, 0.8), wait(1, 1.2)), (8, 12));
        for failures in 1..50 {
            let wait = now.duration_until(retry.next(now, failures)).as_secs_f64();
            assert!((7.99..=4_320.01).contains(&wait), "{wait}");
        }
    }
}
