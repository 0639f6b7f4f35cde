//! Which clock the log and the program go by.

use std::sync::{Arc, OnceLock};

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
pub struct LateClock(Arc<OnceLock<Clock>>);

impl LateClock {
    pub fn as_fn(&self) -> sandan_log::Clock {
        let clock = Arc::clone(&self.0);
        Arc::new(move || clock.get().map_or_else(Timestamp::now, Clock::now))
    }

    /// Nothing may be appended before: the log's time would not go back to a rehearsal's.
    pub async fn find(self, log: &dyn Log, settings: &Settings, time: Time) -> Result<(Kept, Clock)> {
        let known = rehearsal::kept(log).await?;
        let kept = known.unwrap_or_else(|| Kept::beginning(settings.clock));
        if matches!(time, Time::Agreed) {
            rehearsal::agree(&kept, settings.clock)?;
        }
        let is_told = matches!(time, Time::Told(_));
        let clock = if let Time::Told(clock) = time { clock } else { kept.clock() };
        let clock = self.0.get_or_init(|| clock).clone();
        if known.is_none() && !is_told {
            rehearsal::begin(log, &kept).await?;
        }
        Ok((kept, clock))
    }
}
