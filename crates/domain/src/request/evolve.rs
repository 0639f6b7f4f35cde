//! What each event makes of a request. Total: whatever is in the log can be applied.

use crate::request::event::{
    Claimed, Completed, Dispatched, Event, Extended, Filed, Rescheduled, Resumed, ReworkOrdered, Suspended, Target,
    Verified,
};
use crate::request::state::{Case, Completion, Holder, ServiceRequest, Stage, Unreasonable, Work};
use crate::time::{Due, Extension, Pause};

pub(super) fn evolve(state: &mut ServiceRequest, event: &Event) {
    match (state, event) {
        (state @ ServiceRequest::Absent, Event::Filed(filed)) => {
            *state = ServiceRequest::Filed(Box::new(open(filed)));
        }
        (ServiceRequest::Filed(case), event) => evolve_case(case, event),
        (ServiceRequest::Absent, _) => {}
    }
}

fn open(filed: &Filed) -> Case {
    Case {
        community: filed.community.clone(),
        filer: filed.requester.person,
        signers: vec![filed.requester.person],
        category: filed.category.clone(),
        grid: filed.location.as_ref().and_then(|location| location.grid.clone()),
        urgency: filed.urgency,
        round: 1,
        returns: 0,
        due: filed.due.clone(),
        clock_of_work: false,
        extended: false,
        overdue: false,
        supervision: None,
        escalated: None,
        reminders: 0,
        remind_at: None,
        fallback_at: None,
        attachments: 0,
        asked_until: None,
        pauses: Vec::new(),
        extension: None,
        remind_from: None,
        pooled_since: None,
        is_fixed: false,
        joins: Vec::new(),
        burst_at: None,
        unreasonable: Unreasonable::Unsaid,
        project: None,
        stage: Stage::Filed,
    }
}

fn evolve_case(case: &mut Case, event: &Event) {
    match event {
        Event::Filed(_) | Event::Progressed(_) => {}
        Event::Ruled(_) => case.stage = Stage::Triaged,
        Event::CoSigned(joined) => {
            case.signers.push(joined.signer.person);
            case.joins.extend(joined.at);
            let old = case.joins.len().saturating_sub(Case::JOINS_KEPT);
            case.joins.drain(..old);
        }
        Event::BurstFlagged(_) => case.burst_at = case.joins.last().copied(),
        Event::UnreasonableProposed(proposed) => {
            case.unreasonable = Unreasonable::Proposed { by: proposed.unit.clone() };
        }
        Event::UnreasonableDecided(decided) => {
            case.unreasonable = if decided.upheld { Unreasonable::Upheld } else { Unreasonable::Refused };
        }
        Event::Triaged(triaged) => {
            case.category = triaged.category.clone();
            case.urgency = triaged.urgency;
            case.stage = Stage::Triaged;
        }
        Event::Rejected(_) => end(case, Stage::Rejected),
        Event::Merged(_) => end(case, Stage::Merged),
        Event::Absorbed(absorbed) => case.signers.extend(&absorbed.signers),
        Event::Dispatched(dispatched) => dispatch(case, dispatched),
        Event::Claimed(claimed) => claim(case, claimed),
        Event::Returned(returned) => {
            case.returns = returned.nth;
            case.asked_until = None;
            case.stage = Stage::Returned;
        }
        Event::Completed(completed) => complete(case, completed),
        Event::Verified(verified) => verify(case, verified),
        Event::ReviewOpened(_) => open_review(case),
        Event::ReworkOrdered(ordered) => order_rework(case, ordered),
        Event::Reminded(reminded) => {
            case.reminders = reminded.nth;
            case.remind_from = case.remind_at;
            case.remind_at = Some(reminded.next_at);
        }
        Event::Overdue(_) => case.overdue = true,
        Event::Supervised(supervised) => case.supervision = Some(supervised.due.clone()),
        Event::Escalated(escalated) => case.escalated = Some(escalated.level),
        Event::Unclaimed(_) => {
            case.fallback_at = None;
            case.stage = Stage::Triaged;
        }
        Event::Suspended(suspended) => suspend(case, suspended),
        Event::Resumed(resumed) => resume(case, resumed),
        Event::ExtensionAsked(asked) => case.asked_until = Some(asked.until),
        Event::Extended(extended) => extend(case, extended),
        Event::Rescheduled(rescheduled) => reschedule(case, rescheduled),
        Event::Withdrawn(_) => end(case, Stage::Withdrawn),
        Event::Closed(closed) => end(case, Stage::Closed(closed.closing)),
        Event::Served(served) => case.project = Some(served.project),
        Event::Attached(_) => case.attachments += 1,
    }
}

/// A new limit runs: what was said of the last one is settled, and so is the order that it led to.
fn begin(case: &mut Case, due: &Due) {
    case.due = due.clone();
    case.overdue = false;
    case.supervision = None;
}

/// The same where the limit is another one, with none of the past.
fn begin_afresh(case: &mut Case, due: &Due) {
    begin(case, due);
    case.pauses.clear();
    case.extension = None;
    case.is_fixed = false;
}

fn extend(case: &mut Case, Extended { due, at, .. }: &Extended) {
    begin(case, due);
    case.extended = true;
    case.asked_until = None;
    match at {
        Some(granted_at) => case.extension = Some(Extension { until: due.at, granted_at: *granted_at }),
        None => case.is_fixed = true,
    }
}

/// Worked out anew: the limit is the same one, so what was said of it stays said.
fn reschedule(case: &mut Case, anew: &Rescheduled) {
    case.due = anew.due.clone();
    case.remind_at = anew.remind_at;
    case.fallback_at = anew.fallback_at;
    case.supervision.clone_from(&anew.supervision);
}

fn end(case: &mut Case, stage: Stage) {
    case.supervision = None;
    case.project = None;
    case.stage = stage;
}

/// The first dispatch of a round begins the limit of the work (R8); a later one leaves all limits alone (R4).
fn dispatch(case: &mut Case, dispatched: &Dispatched) {
    if !case.clock_of_work {
        begin_afresh(case, &dispatched.due);
    }
    case.due = dispatched.due.clone();
    case.clock_of_work = true;
    case.asked_until = None;
    case.reminders = 0;
    case.remind_at = dispatched.remind_at;
    case.fallback_at = dispatched.fallback_at;
    case.remind_from = dispatched.since;
    case.pooled_since = dispatched.since.filter(|_| dispatched.fallback_at.is_some());
    case.stage = match &dispatched.target {
        Target::Units(team) => Stage::Dispatched { team: team.clone() },
        Target::Pool { slots } => Stage::Pooled { slots: *slots },
        Target::Desk => Stage::Claimed(Work { holder: Holder::Desk, assisting: Vec::new(), open_slots: 0 }),
    };
}

fn claim(case: &mut Case, claimed: &Claimed) {
    case.fallback_at = None;
    let unit = claimed.unit.clone();
    match &mut case.stage {
        Stage::Pooled { slots } => {
            let open_slots = slots.saturating_sub(1);
            case.stage = Stage::Claimed(Work { holder: Holder::Unit(unit), assisting: Vec::new(), open_slots });
        }
        Stage::Dispatched { team } => {
            let assisting = std::mem::take(&mut team.assisting);
            case.stage = Stage::Claimed(Work { holder: Holder::Unit(unit), assisting, open_slots: 0 });
        }
        Stage::Claimed(work) => {
            work.assisting.push(unit);
            work.open_slots = work.open_slots.saturating_sub(1);
        }
        _ => {}
    }
}

/// Finished work keeps its team, so that rework finds it again. What the order asked for is done.
fn complete(case: &mut Case, completed: &Completed) {
    case.supervision = None;
    let (Stage::Claimed(work) | Stage::Rework(work)) = &case.stage else { return };
    let work = Work { open_slots: 0, ..work.clone() };
    case.stage = Stage::Completed(Completion { work, solved: completed.solved });
}

/// What is not confirmed goes on being worked on.
fn verify(case: &mut Case, verified: &Verified) {
    if verified.confirmed {
        return;
    }
    if let Stage::Completed(done) = &case.stage {
        let work = done.work.clone();
        case.stage = if case.round == 1 { Stage::Claimed(work) } else { Stage::Rework(work) };
    }
}

fn open_review(case: &mut Case) {
    if let Stage::Completed(done) = &case.stage {
        case.stage = Stage::InReview(done.clone());
    }
}

fn order_rework(case: &mut Case, ordered: &ReworkOrdered) {
    begin_afresh(case, &ordered.due);
    case.round = ordered.round;
    case.clock_of_work = true;
    case.reminders = 0;
    case.remind_at = ordered.remind_at;
    case.remind_from = ordered.remind_at.map(|_| ordered.due.started);
    match &case.stage {
        Stage::InReview(done) if !ordered.from_triage => case.stage = Stage::Rework(done.work.clone()),
        Stage::InReview(_) | Stage::Closed(_) => case.stage = Stage::Returned,
        _ => {}
    }
}

fn suspend(case: &mut Case, suspended: &Suspended) {
    let before = std::mem::replace(&mut case.stage, Stage::Filed);
    case.stage = Stage::Suspended { since: suspended.since, before: Box::new(before) };
}

fn resume(case: &mut Case, resumed: &Resumed) {
    case.due = resumed.due.clone();
    case.remind_at = resumed.remind_at;
    case.fallback_at = resumed.fallback_at;
    case.supervision = resumed.supervision.clone();
    if let Stage::Suspended { since, before } = &case.stage {
        match resumed.at {
            Some(to) => case.pauses.push(Pause { from: *since, to }),
            None => case.is_fixed = true,
        }
        case.stage = (**before).clone();
    }
}
