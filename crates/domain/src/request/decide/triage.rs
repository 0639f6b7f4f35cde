//! 研判: the desk accepts, rejects with a reason, or merges into an earlier request (R5, R7).

use crate::decider::Facts;
use crate::request::command::TriageDecision;
use crate::request::decide::reschedule::anew;
use crate::request::decide::{Decision, permit};
use crate::request::event::{Anew, Event, Merged, Rejected, Triaged};
use crate::request::rejection::Rejection;
use crate::request::state::Case;
use crate::request::step::Step;

/// What residents sent back is not rejected: only they, or in the end the oversight board, let it go (R19).
pub(super) fn decide(case: &Case, decision: TriageDecision, facts: &Facts<'_>) -> Decision {
    permit(case, Step::Triage)?;
    if matches!(decision, TriageDecision::Reject { .. }) && case.reworks() > 0 {
        return Err(Rejection::NotRejectedInRework { state: case.stage.name(), permitted: case.permitted_names() });
    }
    let filer = case.filer;
    let event = match decision {
        TriageDecision::Accept { category, urgency, reason, public_title } => Event::Triaged(Triaged {
            category: category.or_else(|| case.category.clone()),
            urgency: urgency.unwrap_or(case.urgency),
            reason: reason.map(|reason| reason.of(filer)),
            public_title: public_title.map(|title| title.into_string()),
        }),
        TriageDecision::Reject { reason } => Event::Rejected(Rejected { reason: reason.of(filer) }),
        TriageDecision::Merge { into, reason } => {
            Event::Merged(Merged { into, reason: reason.map(|reason| reason.of(filer)) })
        }
    };
    let limits = if let Event::Triaged(triaged) = &event { by_the_new_category(case, triaged, facts) } else { None };
    Ok([event].into_iter().chain(limits).collect())
}

/// Work whose limit runs already has it worked out anew (R13). That of triage is kept or missed by now, and whoever
/// dispatches begins the work's with the category as it is then.
fn by_the_new_category(case: &Case, triaged: &Triaged, facts: &Facts<'_>) -> Option<Event> {
    let changed = (&triaged.category, triaged.urgency) != (&case.category, case.urgency);
    if !changed || !case.clock_of_work {
        return None;
    }
    let as_triaged = Case { category: triaged.category.clone(), urgency: triaged.urgency, ..case.clone() };
    anew(&as_triaged, Anew::Category, facts)
}
