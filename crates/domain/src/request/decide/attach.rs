//! A photo, by the resident or by the unit (R6).

use crate::request::command::Photo;
use crate::request::decide::{Decision, permit};
use crate::request::event::{Attached, Event};
use crate::request::rejection::Rejection;
use crate::request::state::{Case, Step};

/// Most photos that one request can carry.
const PHOTOS_MAX: u32 = 20;

pub(super) fn decide(case: &Case, photo: Photo) -> Decision {
    permit(case, Step::Attach)?;
    if case.attachments >= PHOTOS_MAX {
        return Err(Rejection::TooManyPhotos { max: PHOTOS_MAX });
    }
    let Photo { attachment, hash, media_type, bytes, captured } = photo;
    Ok(vec![Event::Attached(Attached { attachment, hash, media_type, bytes, captured })])
}
