//! Pages of lists, and what names them.

use std::str::FromStr;

use sandan_app::Refusal;
use sandan_domain::{Flaw, InputError};
use sandan_views::{Cursor, LIMIT_DEFAULT, LIMIT_MAX, page_at_hand};

use crate::problem::Refused;

/// 50 unless given, at most 500.
pub(crate) fn limit(limit: Option<u32>) -> Result<usize, Refused> {
    let limit = limit.map_or(LIMIT_DEFAULT, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    if !(1..=LIMIT_MAX).contains(&limit) {
        let max = i64::try_from(LIMIT_MAX).unwrap_or(i64::MAX);
        return Err(Refusal::field("limit", InputError::OutOfRange { min: 1, max }).into());
    }
    Ok(limit)
}

/// Which page of a list of the read models.
pub(crate) fn page(cursor: &str, size: Option<u32>) -> Result<(Option<Cursor>, usize), Refused> {
    let limit = limit(size)?;
    let cursor = given(cursor).map(str::parse).transpose().map_err(|_| no_cursor())?;
    Ok((cursor, limit))
}

/// A page of a list that is at hand as a whole, sorted by its key; the rest begins at the cursor, empty at the end.
pub(crate) fn at_hand<T>(
    items: Vec<T>,
    key: impl Fn(&T) -> String,
    cursor: &str,
    size: Option<u32>,
) -> Result<(Vec<T>, String), Refused> {
    let (items, next) = page_at_hand(items, key, given(cursor), limit(size)?).map_err(|_| no_cursor())?;
    Ok((items, next.unwrap_or_default()))
}

/// A place in a list whose places are whole numbers from 1.
pub(crate) fn number(cursor: &str) -> Result<Option<usize>, Refused> {
    let number = given(cursor).map(|text| text.parse().ok().filter(|number| *number > 0).ok_or_else(no_cursor));
    number.transpose()
}

/// A name that must be there.
pub(crate) fn required<T: FromStr<Err = InputError>>(field: &str, text: &str) -> Result<T, Refused> {
    let read = given(text.trim()).ok_or(InputError::Missing).and_then(str::parse);
    Ok(read.map_err(|error| Refusal::field(field, error))?)
}

/// A name that may be left out.
pub(crate) fn optional<T: FromStr<Err = InputError>>(field: &str, text: &str) -> Result<Option<T>, Refused> {
    let read = given(text.trim()).map(str::parse).transpose();
    Ok(read.map_err(|error| Refusal::field(field, error))?)
}

fn given(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn no_cursor() -> Refused {
    Refusal::field("cursor", InputError::malformed(Flaw::Cursor)).into()
}
