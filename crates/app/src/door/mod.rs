//! What stands before the application, whichever way somebody comes in: how often a client may write or guess, and
//! how many writes may be under way. All edges of a node share one door, so that none is a way around another.
//!
//! Whoever has a token or is signed in is not limited by address.

mod windows;

use std::net::IpAddr;

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::caller::Caller;
use crate::refusal::Refusal;
use windows::Windows;

/// Counters of a node's callers.
pub struct Door {
    writes: Windows,
    failed_lookups: Windows,
    in_flight: Semaphore,
    in_flight_max: usize,
}

impl Door {
    /// Writes without a token a minute and client address (0: without a limit), and writes under way at once.
    pub fn new(writes_per_minute: u32, writes_in_flight_max: usize) -> Self {
        Self {
            writes: Windows::new(writes_per_minute),
            failed_lookups: Windows::new(failed_lookups_per_minute(writes_per_minute)),
            in_flight: Semaphore::new(writes_in_flight_max),
            in_flight_max: writes_in_flight_max,
        }
    }

    /// Counts a write.
    pub fn write(&self, by: &Caller, client: IpAddr) -> Result<(), Refusal> {
        if by.is_recognised() { Ok(()) } else { Ok(self.writes.take(client)?) }
    }

    /// A place among the writes under way. Held until the answer is known.
    pub fn place(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        self.in_flight.try_acquire().map_err(|_| Refusal::Overloaded)
    }

    /// Writes that hold a place now.
    pub fn under_way(&self) -> usize {
        self.in_flight_max.saturating_sub(self.in_flight.available_permits())
    }

    /// Whether this client may look anything up by a code or a number now.
    pub fn look_up(&self, by: &Caller, client: IpAddr) -> Result<(), Refusal> {
        if by.is_recognised() { Ok(()) } else { Ok(self.failed_lookups.check(client)?) }
    }

    /// Counts a look-up that found nothing, and answers it.
    pub fn found_nothing(&self, by: &Caller, client: IpAddr) -> Refusal {
        if !by.is_recognised() {
            // The one that fills the window is still answered as what it is.
            let _ = self.failed_lookups.take(client);
        }
        Refusal::NotFound
    }
}

/// Stricter than writes by a factor of three. Fewer would shut out a kiosk's or an office's address for other
/// people's typing errors, and a code of 65 bits is no nearer to being guessed.
const fn failed_lookups_per_minute(writes_per_minute: u32) -> u32 {
    writes_per_minute.div_ceil(3)
}
