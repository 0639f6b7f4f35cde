//! The filters of a list of requests, from an address to what the read models take.

use std::str::FromStr;

use sandan_domain::category::Taxonomy;
use sandan_domain::request::{Channel, Urgency};
use sandan_domain::time::Light;
use sandan_domain::{Category, RequestNumber};
use sandan_views::{Filter, State};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::StrDeserializer;

use crate::api::ask::Ask;
use crate::api::faults::Faults;
use crate::api::{instant, reach};
use crate::problem::{Problem, Words};

/// Of an address. All that are given must hold.
#[derive(Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// One of the thirteen states.
    state: Option<String>,
    /// Slug; those below it count too.
    community: Option<String>,
    /// Slug of a unit that leads or assists.
    unit: Option<String>,
    /// Slug.
    grid: Option<String>,
    /// Path or name, in Chinese or English; those below it count too.
    category: Option<String>,
    channel: Option<String>,
    /// `normal` or `urgent`.
    urgency: Option<String>,
    /// `green`, `yellow` or `red`.
    light: Option<String>,
    /// `true` or `false`.
    overdue: Option<String>,
    /// `true` or `false`: somebody still owes an answer, or nobody does.
    open: Option<String>,
    /// Any part of the texts, Chinese of any length.
    q: Option<String>,
    /// Filed from this time or date on.
    from: Option<String>,
    /// Filed before this time or date.
    to: Option<String>,
    /// The request's number.
    number: Option<String>,
    pub(super) cursor: Option<String>,
    /// 50 unless given, at most 500.
    pub(super) limit: Option<String>,
}

impl Query {
    /// What the read models are asked. Whose community it is comes first; what can't stand is noted.
    pub async fn filter(self, ask: &Ask, faults: &mut Faults) -> Result<Filter, Problem> {
        Ok(Filter {
            community: reach::community(ask, self.community.as_deref()).await?,
            state: faults.note(parsed("state", self.state.as_deref(), State::from_str)),
            unit: faults.note(parsed("unit", self.unit.as_deref(), str::parse)),
            grid: faults.note(parsed("grid", self.grid.as_deref(), str::parse)),
            category: faults.note(category(self.category.as_deref())),
            channel: faults.note(parsed("channel", self.channel.as_deref(), word::<Channel>)),
            urgency: faults.note(parsed("urgency", self.urgency.as_deref(), word::<Urgency>)),
            light: faults.note(parsed("light", self.light.as_deref(), word::<Light>)),
            overdue: faults.note(parsed("overdue", self.overdue.as_deref(), bool::from_str)),
            open: faults.note(parsed("open", self.open.as_deref(), bool::from_str)),
            q: self.q,
            from: faults.note(instant::read(ask, "from", self.from.as_deref())),
            to: faults.note(instant::read(ask, "to", self.to.as_deref())),
            number: faults.note(parsed("number", self.number.as_deref(), RequestNumber::from_str)),
        })
    }
}

/// A category by its path or name.
pub(in crate::api) fn category(text: Option<&str>) -> Result<Option<Category>, Problem> {
    parsed("category", text, |text| Taxonomy::national().find(text).ok_or(()))
}

fn parsed<T, E>(field: &str, text: Option<&str>, parse: impl Fn(&str) -> Result<T, E>) -> Result<Option<T>, Problem> {
    text.map(|text| parse(text).map_err(|_| unknown(field, text))).transpose()
}

fn unknown(field: &str, text: &str) -> Problem {
    let words = Words::new("input-no-such-value", format!("can't be {text:?}")).with("value", text);
    Problem::field(field, "unknown", words)
}

/// A word of the contract, by the name that it has in events.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, serde::de::value::Error> {
    T::deserialize(StrDeserializer::new(text))
}
