//! A version of the policy is published: for now, or for later; never for the past.

use jiff::Timestamp;

use crate::decider::Facts;
use crate::ids::CommunityId;
use crate::policy::decide::Decision;
use crate::policy::event::{Event, Published, TookEffect};
use crate::policy::rejection::Rejection;
use crate::policy::state::Policies;
use crate::policy::terms::Terms;
use crate::time::to_the_second;

/// Two versions that begin at the same instant would leave it open which holds.
pub(super) fn decide(
    state: &Policies,
    community: CommunityId,
    terms: Terms,
    from: Option<Timestamp>,
    facts: &Facts<'_>,
) -> Decision {
    let begins = from.unwrap_or(facts.now);
    if begins < facts.now {
        return Err(Rejection::BeginsInThePast { from: begins, now: to_the_second(facts.now) });
    }
    if let Some(other) = state.versions.iter().find(|version| version.from == begins) {
        return Err(Rejection::SameBeginning { version: other.version, from: begins });
    }
    if state.versions.len() >= Policies::VERSIONS_MAX {
        return Err(Rejection::TooManyVersions { max: Policies::VERSIONS_MAX });
    }
    let version = state.versions.last().map_or(1, |last| last.version + 1);
    let in_advance = begins > facts.now;
    let published =
        Event::Published(Published { community: community.clone(), version, from: begins, in_advance, terms });
    let effect = (!in_advance).then_some(Event::TookEffect(TookEffect { community, version }));
    Ok([published].into_iter().chain(effect).collect())
}
