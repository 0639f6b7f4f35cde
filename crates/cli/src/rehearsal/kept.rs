//! Which clock a log was begun with: a row beside its events.

use anyhow::{Context, Result};
use bytes::Bytes;
use jiff::Timestamp;
use sandan_app::Clock;
use sandan_log::{Append, AppendError, Command, Log, RowChange};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Pace;
use crate::failure::{Code, Failure};

const SPACE: &str = "meta";
const KEY: &[u8] = b"clock";

/// As it stands in the row.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "clock", rename_all = "snake_case")]
pub enum Kept {
    Machine,
    Rehearsal(Rehearsal),
}

/// A rehearsal that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rehearsal {
    /// The program's time when it began.
    pub start: Timestamp,
    pub speed: f64,
    /// The machine's time when it began. A restart changes nothing about it.
    pub begun: Timestamp,
}

impl Rehearsal {
    pub const fn pace(&self) -> Pace {
        Pace { start: self.start, speed: self.speed }
    }
}

impl Kept {
    /// A log that begins at this instant.
    pub fn beginning(pace: Option<Pace>) -> Self {
        match pace {
            None => Self::Machine,
            Some(Pace { start, speed }) => Self::Rehearsal(Rehearsal { start, speed, begun: Timestamp::now() }),
        }
    }

    pub const fn rehearsal(&self) -> Option<Rehearsal> {
        match self {
            Self::Machine => None,
            Self::Rehearsal(rehearsal) => Some(*rehearsal),
        }
    }

    pub fn clock(&self) -> Clock {
        match self {
            Self::Machine => Clock::system(),
            Self::Rehearsal(Rehearsal { start, speed, begun }) => Clock::rehearsal(*start, *begun, *speed),
        }
    }
}

/// What the log says; `None` where it has not begun. A log with events and no word about a clock had none.
pub async fn kept(log: &dyn Log) -> Result<Option<Kept>> {
    match log.row(SPACE, KEY).await? {
        Some(row) => read(&row).map(Some),
        None if log.head().await?.position > 0 => Ok(Some(Kept::Machine)),
        None => Ok(None),
    }
}

/// Keeps it in a log that has none, and returns the one that holds: where several nodes begin a log at once, the
/// first one's clock is everybody's. The log's own clock must be the new one by now: its times never go back.
pub async fn begin(log: &dyn Log, kept: &Kept) -> Result<Kept> {
    let value = Bytes::from(serde_json::to_vec(kept)?);
    let row = RowChange::Claim { space: SPACE, key: Bytes::from_static(KEY), value };
    let command = Command { id: Uuid::new_v4(), fingerprint: [0; 32], outcome: Bytes::new() };
    let append = Append { rows: vec![row], ..Append::new(command) };
    match log.append(append).await {
        Ok(_) => Ok(*kept),
        Err(AppendError::KeyTaken { value, .. }) => read(&value),
        Err(error) => Err(error).context("write which clock the log is begun with"),
    }
}

fn read(row: &[u8]) -> Result<Kept> {
    serde_json::from_slice(row).context("read which clock the log was begun with")
}

/// Refuses to go on with another clock than the log was begun with.
pub fn agree(kept: &Kept, set: Option<Pace>) -> Result<(), Failure> {
    let differ = |message, mend| Err(Failure::new(Code::ClockDiffers, message, mend));
    match (kept.rehearsal().map(|rehearsal| rehearsal.pace()), set) {
        (None, None) => Ok(()),
        (Some(begun), Some(set)) if begun == set => Ok(()),
        (None, Some(set)) => differ(
            format!("the log was begun on the machine's clock, and --clock {set} asks for a rehearsal"),
            "Leave out --clock, or name a new folder with --data: a rehearsal needs a log of its own.".to_owned(),
        ),
        (Some(begun), None) => differ(
            format!("the log is a rehearsal that was begun with --clock {begun}, and --clock is not set"),
            format!("Start it with --clock {begun}, or name another folder with --data."),
        ),
        (Some(begun), Some(set)) => differ(
            format!("the log is a rehearsal that was begun with --clock {begun}, and not with --clock {set}"),
            format!("Start it with --clock {begun}, or name a new folder with --data."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use sandan_log::MemoryLog;

    use super::*;

    fn pace(text: &str) -> Pace {
        text.parse().unwrap()
    }

    fn check(begun: Option<&str>, set: Option<&str>, expected: &[&str]) {
        let agreed = agree(&Kept::beginning(begun.map(pace)), set.map(pace));
        assert_eq!(agreed.is_ok(), expected.is_empty(), "{begun:?} {set:?}");
        let said = agreed.err().map(|failure| failure.to_string()).unwrap_or_default();
        assert!(expected.iter().all(|words| said.contains(words)), "{said}");
    }

    #[test]
    fn only_the_same_clock_goes_on() {
        let (one, two) = ("2026-11-02T08:00:00+08:00,3600", "2026-11-02T08:00:00+08:00,60");
        check(None, None, &[]);
        check(Some(one), Some("2026-11-02T00:00:00Z,3600.0"), &[]);
        check(None, Some(one), &["clock-differs", "on the machine's clock", one, "Leave out --clock"]);
        check(Some(one), None, &["clock-differs", "--clock is not set", &format!("Start it with --clock {one}")]);
        check(Some(one), Some(two), &["clock-differs", two, &format!("Start it with --clock {one}")]);
    }

    #[tokio::test]
    async fn a_log_says_how_it_was_begun_and_whoever_comes_second_goes_by_the_first_ones_clock() {
        let log = MemoryLog::new();
        assert_eq!(kept(&log).await.unwrap(), None);
        let rehearsal = Kept::beginning(Some(pace("2026-11-02T08:00:00+08:00,0.1")));
        assert_eq!(begin(&log, &rehearsal).await.unwrap(), rehearsal);
        assert_eq!(begin(&log, &Kept::Machine).await.unwrap(), rehearsal);
        assert_eq!(kept(&log).await.unwrap(), Some(rehearsal));
    }

    #[test]
    fn rows_of_this_version_can_be_read_for_ever() {
        let row =
            r#"{"clock":"rehearsal","start":"2026-11-02T00:00:00Z","speed":3600.0,"begun":"2026-01-02T03:04:05.5Z"}"#;
        let kept: Kept = serde_json::from_str(row).unwrap();
        assert_eq!(kept.rehearsal().unwrap().pace(), pace("2026-11-02T08:00:00+08:00,3600"));
        assert_eq!(serde_json::to_string(&kept).unwrap(), row);
        assert_eq!(serde_json::from_str::<Kept>(r#"{"clock":"machine"}"#).unwrap(), Kept::Machine);
    }
}
