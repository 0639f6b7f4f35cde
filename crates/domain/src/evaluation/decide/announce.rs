//! An evaluation is announced, with all that must be public beforehand: who is rated, by which criteria volunteers are
//! screened, how many vote, and the seed of the lots by its hash (R22).

use std::collections::BTreeSet;

use crate::decider::Facts;
use crate::evaluation::command::Announcement;
use crate::evaluation::decide::Decision;
use crate::evaluation::event::{Announced, Event};
use crate::evaluation::occasion::{Occasion, SubjectKind};
use crate::evaluation::rejection::Rejection;
use crate::evaluation::state::Session;
use crate::time::to_the_second;

pub(super) fn decide(announcement: Announcement, facts: &Facts<'_>) -> Decision {
    let Announcement { community, occasion, subjects, criteria, places, sign_up_until, seed_hash } = announcement;
    let ids: BTreeSet<_> = subjects.iter().map(|subject| &subject.id).collect();
    if subjects.is_empty() || subjects.len() > Session::SUBJECTS_MAX || ids.len() < subjects.len() {
        return Err(Rejection::Subjects { max: Session::SUBJECTS_MAX });
    }
    if let Occasion::Quarter { .. } = occasion
        && let Some(other) = subjects.iter().find(|subject| subject.kind != SubjectKind::Unit)
    {
        return Err(Rejection::NotAUnit { subject: other.id.clone() });
    }
    if let Some(other) = subjects.iter().find(|subject| subject.kind == SubjectKind::Project) {
        return Err(Rejection::NotAUnit { subject: other.id.clone() });
    }
    if places == 0 {
        return Err(Rejection::NoPlaces);
    }
    if sign_up_until <= facts.now {
        return Err(Rejection::SignUpInThePast { until: sign_up_until, now: to_the_second(facts.now) });
    }
    let criteria = criteria.into_string();
    Ok(vec![Event::Announced(Announced { community, occasion, subjects, criteria, places, sign_up_until, seed_hash })])
}
