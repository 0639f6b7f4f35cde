//! Which requests a list shows.

use jiff::Timestamp;
use sandan_domain::request::{Channel, Urgency};
use sandan_domain::time::Light;
use sandan_domain::{Category, CommunityId, GridSlug, RequestNumber, UnitId};

use crate::answer::State;

/// All that is given must hold. `Filter::default()` shows everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// That community and those below.
    pub community: Option<CommunityId>,
    pub state: Option<State>,
    /// Leading or assisting.
    pub unit: Option<UnitId>,
    pub grid: Option<GridSlug>,
    /// That category and those below.
    pub category: Option<Category>,
    pub channel: Option<Channel>,
    pub urgency: Option<Urgency>,
    pub light: Option<Light>,
    pub overdue: Option<bool>,
    /// Any part of the texts, whatever the case and width of its letters. The list is then in the order of
    /// recording, newest first.
    pub q: Option<String>,
    /// Filed from this instant on.
    pub from: Option<Timestamp>,
    /// Filed before this instant.
    pub to: Option<Timestamp>,
    pub open: Option<bool>,
    pub number: Option<RequestNumber>,
}
