//! A photo, by the resident or by the unit (R6).

use crate::request::command::Photo;
use crate::request::decide::{Decision, permit};
use crate::request::event::{Attached, Event};
use crate::request::rejection::Rejection;
use crate::request::state::Case;
use crate::request::step::Step;

pub(super) fn decide(case: &Case, photo: Photo) -> Decision {
    if case.stage.is_open() && case.attachments >= Case::PHOTOS_MAX {
        let (state, permitted) = (case.stage.name(), case.permitted_names());
        return Err(Rejection::TooManyPhotos { max: Case::PHOTOS_MAX, state, permitted });
    }
    permit(case, Step::Attach)?;
    let Photo { attachment, hash, media_type, bytes, captured } = photo;
    Ok(vec![Event::Attached(Attached { attachment, hash, media_type, bytes, captured })])
}
