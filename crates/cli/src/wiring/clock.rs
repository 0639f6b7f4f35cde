//! Which clock the log and the program go by.

use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Result;
use jiff::Timestamp;
use sandan_app::Clock;
use sandan_log::Log;

use crate::config::Settings;
use crate::rehearsal::{self, Kept};

/// Whose word about the time holds.
pub enum Time {
    /// The log's. A new log takes the settings'.
    Kept,
    /// The same, and the settings must say so too.
    Agreed,
    /// That of whoever opens it; the log gets no word about it.
    Told(Clock),
}

/// The log's clock. Which one it is stands in the log itself, and so it is known only when that is open.
#[derive(Default)]
pub struct LateClock(Arc<RwLock<Option<Clock>>>);

impl LateClock {
    pub fn as_fn(&self) -> sandan_log::Clock {
        let clock = Arc::clone(&self.0);
        Arc::new(move || {
            let clock = clock.read().unwrap_or_else(PoisonError::into_inner);
            clock.as_ref().map_or_else(Timestamp::now, Clock::now)
        })
    }

    /// Nothing may be appended before: the log's time would not go back to a rehearsal's.
    pub async fn find(self, log: &dyn Log, settings: &Settings, time: Time) -> Result<(Kept, Clock)> {
        let known = rehearsal::kept(log).await?;
        let mut kept = known.unwrap_or_else(|| Kept::beginning(settings.clock));
        let must_agree = matches!(time, Time::Agreed);
        if must_agree {
            rehearsal::agree(&kept, settings.clock)?;
        }
        if let Time::Told(clock) = time {
            return Ok((kept, self.set(clock)));
        }
        let clock = self.set(kept.clock());
        if known.is_some() {
            return Ok((kept, clock));
        }
        kept = rehearsal::begin(log, &kept).await?;
        if must_agree {
            rehearsal::agree(&kept, settings.clock)?;
        }
        Ok((kept, self.set(kept.clock())))
    }

    fn set(&self, clock: Clock) -> Clock {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(clock.clone());
        clock
    }
}
