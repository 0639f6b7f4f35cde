//! The time of a version that was published in advance has come.

use crate::decider::Facts;
use crate::policy::decide::Decision;
use crate::policy::event::{Event, TookEffect};
use crate::policy::rejection::Rejection;
use crate::policy::state::Policies;

/// Said once; before its time there is nothing to do.
pub(super) fn decide(state: &Policies, version: u32, facts: &Facts<'_>) -> Decision {
    let found = state.versions.iter().find(|known| known.version == version);
    let (Some(known), Some(community)) = (found, &state.community) else {
        return Err(Rejection::NoSuchVersion(version));
    };
    if known.took_effect || known.from > facts.now {
        return Ok(Vec::new());
    }
    Ok(vec![Event::TookEffect(TookEffect { community: community.clone(), version })])
}
