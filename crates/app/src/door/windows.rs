//! How often one client address may do something a minute.
//!
//! A window opens with the first event and lasts a minute. A sliding rate would admit more than the number an
//! operator has set; a window never does, and its end is what `Retry-After` says.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::refusal::Refusal;

/// How long a window lasts.
const WINDOW: Duration = Duration::from_secs(60);
/// Addresses remembered at once. When as many are active, the newcomers are not limited apart: they share one.
const ADDRESSES_MAX: usize = 100_000;

/// Too often: come again after this long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooOften {
    pub retry_after: Duration,
}

impl From<TooOften> for Refusal {
    fn from(TooOften { retry_after }: TooOften) -> Self {
        Self::TooOften { retry_after }
    }
}

/// Counters by client address. They run on the machine's clock, never on a rehearsal's.
pub(super) struct Windows {
    max: u32,
    open: Mutex<HashMap<IpAddr, Window>>,
}

#[derive(Clone, Copy)]
struct Window {
    since: Instant,
    count: u32,
}

impl Windows {
    /// At most `max` a minute; 0: without a limit.
    pub fn new(max: u32) -> Self {
        Self { max, open: Mutex::new(HashMap::new()) }
    }

    /// Counts one, if there is room for it.
    pub fn take(&self, client: IpAddr) -> Result<(), TooOften> {
        self.at(client, Instant::now(), 1)
    }

    /// Whether there is room, counting nothing.
    pub fn check(&self, client: IpAddr) -> Result<(), TooOften> {
        self.at(client, Instant::now(), 0)
    }

    fn at(&self, client: IpAddr, now: Instant, count: u32) -> Result<(), TooOften> {
        if self.max == 0 {
            return Ok(());
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let key = place(&mut open, client, now);
        let window = open.entry(key).or_insert(Window { since: now, count: 0 });
        if now.duration_since(window.since) >= WINDOW {
            *window = Window { since: now, count: 0 };
        }
        if window.count >= self.max {
            return Err(TooOften { retry_after: WINDOW.saturating_sub(now.duration_since(window.since)) });
        }
        window.count += count;
        Ok(())
    }
}

/// The key to count under, making room where the table is full.
fn place(open: &mut HashMap<IpAddr, Window>, client: IpAddr, now: Instant) -> IpAddr {
    let key = subscriber(client);
    if open.len() >= ADDRESSES_MAX && !open.contains_key(&key) {
        open.retain(|_, window| now.duration_since(window.since) < WINDOW);
        if open.len() >= ADDRESSES_MAX {
            return IpAddr::V6(Ipv6Addr::UNSPECIFIED);
        }
    }
    key
}

/// One subscriber of an IPv6 network has a whole /64 to write from.
fn subscriber(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(v6) => {
            let prefix = u128::from(v6) & !u128::from(u64::MAX);
            v6.to_ipv4_mapped().map_or(IpAddr::V6(Ipv6Addr::from(prefix)), IpAddr::V4)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn the_one_after_the_last_waits_until_its_window_ends() {
        let windows = Windows::new(2);
        let start = Instant::now();
        let client = address("192.0.2.1");
        assert!(windows.at(client, start, 1).is_ok());
        assert!(windows.at(client, start + Duration::from_secs(10), 1).is_ok());
        let refused = windows.at(client, start + Duration::from_secs(20), 1);
        assert_eq!(refused, Err(TooOften { retry_after: Duration::from_secs(40) }));
        assert!(windows.at(client, start + WINDOW, 1).is_ok());
    }

    #[test]
    fn one_client_does_not_use_up_anothers() {
        let windows = Windows::new(1);
        let now = Instant::now();
        assert!(windows.at(address("192.0.2.1"), now, 1).is_ok());
        assert!(windows.at(address("192.0.2.2"), now, 1).is_ok());
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_client() {
        let windows = Windows::new(1);
        let now = Instant::now();
        assert!(windows.at(address("2001:db8::1"), now, 1).is_ok());
        assert!(windows.at(address("2001:db8::2"), now, 1).is_err());
        assert!(windows.at(address("2001:db8:0:1::1"), now, 1).is_ok());
    }

    #[test]
    fn zero_is_without_a_limit() {
        let windows = Windows::new(0);
        assert!((0..1_000).all(|_| windows.take(address("192.0.2.1")).is_ok()));
    }

    #[test]
    fn looking_whether_there_is_room_takes_none() {
        let windows = Windows::new(1);
        assert!((0..10).all(|_| windows.check(address("192.0.2.1")).is_ok()));
        assert!(windows.take(address("192.0.2.1")).is_ok());
        assert!(windows.check(address("192.0.2.1")).is_err());
    }
}
