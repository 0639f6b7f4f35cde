//! Which rates are asked for, and which of the rows behind them (R27).

use std::str::FromStr;

use jiff::Timestamp;
use sandan_domain::CommunityId;

/// Requests filed in a period, `from` included and `to` not; by group or all together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RatesQuery {
    /// That community and those below.
    pub community: Option<CommunityId>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    pub by: Option<By>,
}

/// What the rates are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// The unit that led when it was completed last; before a completion, the one that leads.
    Unit,
    Grid,
    /// As it stands on the request: the whole path.
    Category,
    Channel,
}

impl By {
    pub const ALL: [Self; 4] = [Self::Unit, Self::Grid, Self::Category, Self::Channel];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Grid => "grid",
            Self::Category => "category",
            Self::Channel => "channel",
        }
    }
}

impl FromStr for By {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|by| by.name() == text).ok_or(())
    }
}

/// One of the rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Which {
    Response,
    Resolution,
    Satisfaction,
    OnTime,
    Rework,
}

impl Which {
    pub const ALL: [Self; 5] = [Self::Response, Self::Resolution, Self::Satisfaction, Self::OnTime, Self::Rework];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Resolution => "resolution",
            Self::Satisfaction => "satisfaction",
            Self::OnTime => "on_time",
            Self::Rework => "rework",
        }
    }
}

impl FromStr for Which {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|which| which.name() == text).ok_or(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    Numerator,
    Denominator,
}

/// What is left out of the rates that are shown beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Without {
    /// Requests ruled beyond law or reason (R6b).
    Unreasonable,
    /// Ballots whose appeal was upheld (R19a).
    Appealed,
}

impl FromStr for Without {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "unreasonable" => Ok(Self::Unreasonable),
            "appealed" => Ok(Self::Appealed),
            _ => Err(()),
        }
    }
}

/// The requests behind one number. Where a rate counts ballots, the requests with at least one such ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateRows {
    pub query: RatesQuery,
    /// With `query.by`: the group (`None`: those without one). Ignored without.
    pub group: Option<String>,
    pub which: Which,
    pub side: Side,
    pub without: Option<Without>,
}
