//! The surviving side of a merge takes the other's residents over (R5).

use crate::ids::PersonId;
use crate::request::command::Merger;
use crate::request::decide::Decision;
use crate::request::event::{Absorbed, Event};
use crate::request::rejection::Rejection;
use crate::request::state::Case;

pub(super) fn absorb(case: &Case, merger: Merger) -> Decision {
    if merger.community != case.community {
        return Err(Rejection::MergeAcrossCommunities);
    }
    if !case.stage.is_before_completion() {
        return Err(Rejection::MergeIntoFinished { state: case.stage.name() });
    }
    let signers: Vec<PersonId> = merger.signers.into_iter().filter(|person| !case.signers.contains(person)).collect();
    Ok(vec![Event::Absorbed(Absorbed { from: merger.from, signers })])
}
