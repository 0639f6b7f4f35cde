//! The lots: drawn after signing up has ended and everybody is screened, from the seed that was committed to (R22).

use crate::decider::Facts;
use crate::evaluation::decide::{Decision, before_the_lots};
use crate::evaluation::event::{Drawn, Event};
use crate::evaluation::rejection::Rejection;
use crate::evaluation::rules::draw;
use crate::evaluation::state::Session;
use crate::lots::hash_of;

/// Where there are places for all, all are chosen; the seed is shown in any case.
pub(super) fn decide(session: &Session, seed: String, facts: &Facts<'_>) -> Decision {
    before_the_lots(session)?;
    if facts.now < session.sign_up_until {
        return Err(Rejection::SignUpGoesOn { until: session.sign_up_until });
    }
    let waiting = session.waiting();
    if waiting > 0 {
        return Err(Rejection::Unscreened { waiting });
    }
    let admitted = session.admitted();
    if admitted.is_empty() {
        return Err(Rejection::NobodyAdmitted);
    }
    if hash_of(&seed) != session.seed_hash {
        return Err(Rejection::WrongSeed);
    }
    let places = usize::try_from(session.places).unwrap_or(usize::MAX);
    let by_lot = admitted.len() > places;
    let chosen = draw(&seed, &admitted, places);
    Ok(vec![Event::Drawn(Drawn { seed, chosen, by_lot })])
}
