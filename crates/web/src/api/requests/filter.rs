//! The filters of a list of requests, from an address to what the read models take.

use std::str::FromStr;

use sandan_app::Refusal;
use sandan_domain::category::Taxonomy;
use sandan_domain::request::{Channel, Urgency};
use sandan_domain::time::Light;
use sandan_domain::{Category, InputError, NoSuch, RequestNumber};
use sandan_views::{Filter, State};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::StrDeserializer;

use crate::api::ask::Ask;
use crate::api::faults::Faults;
use crate::api::{instant, reach};
use crate::problem::Problem;

pub(in crate::api) const BOOLS: [&str; 2] = ["true", "false"];
const CHANNELS: [&str; 7] = ["web", "kiosk", "hotline", "mailbox", "liaison", "grid_visit", "partner"];

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
            state: faults.note(parsed("state", self.state.as_deref(), State::from_str, &State::ALL.map(State::name))),
            unit: faults.note(slug("unit", self.unit.as_deref())),
            grid: faults.note(slug("grid", self.grid.as_deref())),
            category: faults.note(category(self.category.as_deref())),
            channel: faults.note(parsed("channel", self.channel.as_deref(), word::<Channel>, &CHANNELS)),
            urgency: faults.note(parsed("urgency", self.urgency.as_deref(), word::<Urgency>, &["normal", "urgent"])),
            light: faults.note(parsed("light", self.light.as_deref(), word::<Light>, &["green", "yellow", "red"])),
            overdue: faults.note(parsed("overdue", self.overdue.as_deref(), bool::from_str, &BOOLS)),
            open: faults.note(parsed("open", self.open.as_deref(), bool::from_str, &BOOLS)),
            q: self.q,
            from: faults.note(instant::read(ask, "from", self.from.as_deref())),
            to: faults.note(instant::read(ask, "to", self.to.as_deref())),
            number: faults.note(number(self.number.as_deref())),
        })
    }
}

/// A category by its path or name.
pub(in crate::api) fn category(text: Option<&str>) -> Result<Option<Category>, Problem> {
    let found = text.map(|text| Taxonomy::national().find(text).ok_or(InputError::unknown(NoSuch::Category)));
    Ok(found.transpose().map_err(|error| Refusal::field("category", error))?)
}

/// A name that must be one.
pub(in crate::api) fn slug<T: FromStr<Err = InputError>>(
    field: &str,
    text: Option<&str>,
) -> Result<Option<T>, Problem> {
    Ok(text.map(str::parse).transpose().map_err(|error| Refusal::field(field, error))?)
}

fn number(text: Option<&str>) -> Result<Option<RequestNumber>, Problem> {
    let read = text.map(|text| text.parse().map_err(|_| InputError::unknown(NoSuch::request(text))));
    Ok(read.transpose().map_err(|error| Refusal::field("number", error))?)
}

fn parsed<T, E>(
    field: &str,
    text: Option<&str>,
    parse: impl Fn(&str) -> Result<T, E>,
    words: &[&str],
) -> Result<Option<T>, Problem> {
    text.map(|text| parse(text).map_err(|_| Problem::no_such_word(field, words))).transpose()
}

/// A word of the contract, by the name that it has in events.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, serde::de::value::Error> {
    T::deserialize(StrDeserializer::new(text))
}
