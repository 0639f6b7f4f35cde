//! 办理: whoever works on it says how far it is.

use crate::ids::UnitId;
use crate::input::Text;
use crate::request::decide::{Decision, on_the_team, permit};
use crate::request::event::{Event, Progressed};
use crate::request::state::{Case, Holder};
use crate::request::step::Step;

pub(super) fn decide(case: &Case, unit: UnitId, note: Text) -> Decision {
    on_the_team(case, &unit)?;
    permit(case, Step::Progress)?;
    Ok(vec![Event::Progressed(Progressed { by: Holder::Unit(unit), note: note.of(case.filer) })])
}
