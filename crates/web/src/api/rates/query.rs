//! Which rates are asked for.

use std::str::FromStr;

use jiff::Timestamp;
use sandan_views::{By, RatesQuery, Views};

use crate::api::ask::Ask;
use crate::api::faults::Faults;
use crate::api::{instant, reach};
use crate::problem::Problem;

/// Of an address.
pub(in crate::api) struct Texts<'a> {
    pub community: Option<&'a str>,
    pub from: Option<&'a str>,
    pub to: Option<&'a str>,
    pub as_of: Option<&'a str>,
    pub by: Option<&'a str>,
}

/// What is asked, and of which read models.
pub(in crate::api) struct Asked {
    pub query: RatesQuery,
    pub views: Views,
}

/// Reads them; whose community it is comes first.
pub(in crate::api) async fn read(ask: &Ask, texts: Texts<'_>) -> Result<Asked, Problem> {
    let community = reach::community(ask, texts.community).await?;
    let mut faults = Faults::default();
    let as_of = faults.note(instant::read(ask, "as_of", texts.as_of));
    let from = faults.note(instant::read(ask, "from", texts.from));
    let to = faults.note(instant::read(ask, "to", texts.to));
    let by = faults.note(word("by", texts.by, &By::ALL.map(By::name)));
    let (query, as_of) = faults.or((RatesQuery { community, from, to, by }, as_of))?;
    Ok(Asked { query, views: past(ask, as_of).await? })
}

/// The read models as they stood at a recorded time; those of now without one.
pub(in crate::api) async fn past(ask: &Ask, as_of: Option<Timestamp>) -> Result<Views, Problem> {
    match as_of {
        Some(at) => Ok(ask.site.views.as_of(at).await?),
        None => Ok(ask.site.views.clone()),
    }
}

/// One of a few words.
pub(in crate::api) fn word<T: FromStr>(field: &str, text: Option<&str>, words: &[&str]) -> Result<Option<T>, Problem> {
    text.map(|text| T::from_str(text).map_err(|_| Problem::no_such_word(field, words))).transpose()
}
