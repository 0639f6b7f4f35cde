//! Which rates are asked for.

use std::str::FromStr;

use sandan_views::RatesQuery;

use crate::api::ask::Ask;
use crate::api::faults::Faults;
use crate::api::{instant, reach};
use crate::problem::{Problem, Words};

/// Of an address.
pub(super) struct Texts<'a> {
    pub community: Option<&'a str>,
    pub from: Option<&'a str>,
    pub to: Option<&'a str>,
    pub as_of: Option<&'a str>,
    pub by: Option<&'a str>,
}

/// Reads them; whose community it is comes first.
pub(super) async fn read(ask: &Ask, texts: Texts<'_>) -> Result<RatesQuery, Problem> {
    let community = reach::community(ask, texts.community).await?;
    let mut faults = Faults::default();
    if texts.as_of.is_some() {
        let words = Words::new("input-as-of", "is not answered yet: rates are those of now");
        faults.note(Err::<(), _>(Problem::field("as_of", "not_yet", words)));
    }
    let from = faults.note(instant::read(ask, "from", texts.from));
    let to = faults.note(instant::read(ask, "to", texts.to));
    let by = faults.note(word("by", texts.by));
    faults.or(RatesQuery { community, from, to, by })
}

/// One of a few words.
pub(super) fn word<T: FromStr>(field: &str, text: Option<&str>) -> Result<Option<T>, Problem> {
    text.map(|text| T::from_str(text).map_err(|_| unknown(field, text))).transpose()
}

pub(super) fn unknown(field: &str, text: &str) -> Problem {
    let words = Words::new("input-no-such-value", format!("can't be {text:?}")).with("value", text);
    Problem::field(field, "unknown", words)
}
