//! Office hours: when a working hour runs on a working day.

use jiff::civil::{Time, time};
use serde::{Deserialize, Serialize};

/// One stretch of office hours, from opening up to closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub opens: Time,
    pub closes: Time,
}

/// The sessions of a working day, in order and apart from one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeHours(Vec<Session>);

/// The sessions can't be a day's office hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OfficeHoursError {
    #[error("there must be at least one session")]
    None,
    #[error("a session must close after it opens, and before the next one opens")]
    OutOfOrder,
}

impl OfficeHours {
    pub fn new(sessions: Vec<Session>) -> Result<Self, OfficeHoursError> {
        if sessions.is_empty() {
            return Err(OfficeHoursError::None);
        }
        let is_each_open = sessions.iter().all(|session| session.opens < session.closes);
        let is_in_order = sessions.windows(2).all(|pair| pair[0].closes < pair[1].opens);
        if is_each_open && is_in_order { Ok(Self(sessions)) } else { Err(OfficeHoursError::OutOfOrder) }
    }

    pub fn sessions(&self) -> &[Session] {
        &self.0
    }
}

/// 09:00 to 12:00 and 13:00 to 17:00.
impl Default for OfficeHours {
    fn default() -> Self {
        Self(vec![
            Session { opens: time(9, 0, 0, 0), closes: time(12, 0, 0, 0) },
            Session { opens: time(13, 0, 0, 0), closes: time(17, 0, 0, 0) },
        ])
    }
}
