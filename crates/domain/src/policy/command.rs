//! What can be wished of a community's policies.

use jiff::Timestamp;

use crate::ids::CommunityId;
use crate::policy::terms::Terms;
use crate::time::CalendarDay;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `from`: when it takes effect; `None`: at once.
    Publish {
        community: CommunityId,
        terms: Box<Terms>,
        from: Option<Timestamp>,
    },
    PublishCalendar {
        community: CommunityId,
        name: String,
        days: Vec<CalendarDay>,
    },
    /// From a timer: a version that was published in advance begins to hold.
    TakeEffect {
        version: u32,
    },
    /// From whoever works limits out anew: it is done.
    Report {
        version: u32,
        calendar: bool,
        seen: u64,
        moved: u64,
    },
}
