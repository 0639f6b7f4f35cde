//! A community comes in.

use crate::community::decide::Decision;
use crate::community::event::{Event, Founded};
use crate::community::rejection::Rejection;
use crate::ids::CommunityId;
use crate::input::Text;

pub(super) fn decide(community: CommunityId, name: Text, parent: Option<CommunityId>) -> Decision {
    if parent.as_ref() == Some(&community) {
        return Err(Rejection::OwnParent);
    }
    Ok(vec![Event::Founded(Founded { community, name: name.into_string(), parent })])
}
