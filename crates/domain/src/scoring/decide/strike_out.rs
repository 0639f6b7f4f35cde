//! An entry was a mistake: it stays to be seen, with the reason, and counts no more.

use crate::input::Text;
use crate::scoring::decide::Decision;
use crate::scoring::event::{Event, StruckOut};
use crate::scoring::rejection::Rejection;
use crate::scoring::state::Scorebook;

pub(super) fn decide(book: &Scorebook, entry: u32, reason: Text) -> Decision {
    let place = usize::try_from(entry).ok().and_then(|entry| entry.checked_sub(1));
    match place.and_then(|place| book.entries.get(place)) {
        None => Err(Rejection::NoSuchEntry { entry }),
        Some(known) if known.struck.is_some() => Err(Rejection::StruckBefore { entry }),
        Some(_) => Ok(vec![Event::StruckOut(StruckOut { entry, reason: reason.into_string() })]),
    }
}
