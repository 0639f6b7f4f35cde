//! The vote on a finished project begins: its terms and its electorate the project has settled (R14, R21).

use crate::decider::Facts;
use crate::evaluation::command::{Convocation, Terms};
use crate::evaluation::decide::{Decision, invite};
use crate::evaluation::event::{Convened, Event};

pub(super) fn decide(convocation: Convocation, facts: &Facts<'_>) -> Decision {
    let Convocation { community, occasion, subject, electorate, terms } = convocation;
    let Terms { public_key, fingerprint, drawing_until, voting_until } = terms;
    Ok(vec![Event::Convened(Convened {
        community,
        occasion,
        subject,
        electorate,
        public_key,
        fingerprint,
        drawing_until,
        voting_until,
        invite_at: invite::time(drawing_until, facts),
    })])
}
