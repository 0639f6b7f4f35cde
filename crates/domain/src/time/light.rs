//! The traffic light of a request (三色管理).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Due;

/// In order of alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Light {
    Green,
    Yellow,
    Red,
}

/// Red when overdue, after two reworks or under an open supervision order; yellow in the last fifth of the
/// time or after one rework; else green.
pub fn light(due: Option<&Due>, reworks: u32, supervised: bool, now: Timestamp) -> Light {
    let is_overdue = due.is_some_and(|due| !due.on_time(now));
    let is_close = due.is_some_and(|due| due.yellow_at() <= now);
    if is_overdue || supervised || reworks >= 2 {
        Light::Red
    } else if is_close || reworks == 1 {
        Light::Yellow
    } else {
        Light::Green
    }
}
