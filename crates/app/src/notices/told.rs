//! What is told to whom when something happened: an event in, notices out. Pure.

use sandan_domain::evaluation::{self, Session};
use sandan_domain::request::{Case, Event, Stage, Target};
use sandan_domain::{PersonId, UnitId, honour, review};
use serde::{Deserialize, Serialize};

/// What a notice says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    // ---- to residents ----
    Received,
    /// Dispatched to units, or taken from the pool, with the limit.
    Dispatched,
    /// Open to be claimed.
    Pooled,
    Extended,
    /// The answer, and the invitation to rate it.
    Completed,
    /// The second invitation (R18).
    Invited,
    Reworked,
    Closed,
    Rejected,
    Merged,
    Withdrawn,
    /// The invitation to a vote without a name.
    VoteOpened,
    /// The second one, to those who drew no token (R18, R21).
    VoteInvited,
    /// What they signed up for does not take place.
    VoteCalledOff,
    // ---- to units ----
    UnitDispatched,
    UnitReminded,
    UnitOverdue,
    UnitReturned,
    UnitRuled,
    UnitReworked,
    /// An order to the unit that has it.
    UnitSupervised,
    // ---- to the desk ----
    /// Urgent, and the office is closed (R7).
    Duty,
    /// A community's opinion of honouring a unit is asked for (R24).
    HonourAsked,
    // ---- to those who watch over the work ----
    Supervised,
    Escalated,
    /// The community has answered: the unit can be proposed, or not (R24).
    HonourAnswered,
    // ---- to the oversight board ----
    /// Many joined within a short time (R14).
    Burst,
    /// A unit proposes that a request is beyond law or reason, and somebody independent is to decide (R6b).
    UnreasonableProposed,
    /// A unit appeals a ballot, and somebody independent is to decide (R19a).
    Appealed,
    /// From the third rework on the board alone may close it (R19).
    ThirdRework,
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    Resident(PersonId),
    Unit(UnitId),
    /// The duty desk: dispatchers and hotline operators of the community and above.
    Desk,
    /// Supervisors and grid workers of the community and above.
    Supervisors,
    /// Of these the supervisors alone: who asks about an honour.
    Proposers,
    /// The oversight board (监事会) of the community and above.
    Oversight,
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    pub kind: Kind,
    pub to: Audience,
}

/// What follows from an event of a request that turned `before` into `after`. `past` are the request's earlier events.
pub(super) fn of_request(past: &[Event], before: Option<&Case>, event: &Event, after: &Case) -> Vec<Notice> {
    match event {
        Event::Filed(filed) => {
            let duty = filed.on_duty.then_some(Notice { kind: Kind::Duty, to: Audience::Desk });
            residents(Kind::Received, [filed.requester.person]).into_iter().chain(duty).collect()
        }
        Event::CoSigned(joined) => residents(Kind::Received, [joined.signer.person]),
        Event::Dispatched(dispatched) => dispatched_to(&dispatched.target, after),
        Event::Claimed(claimed) if claimed.leads && before.is_some_and(is_pooled) => {
            residents(Kind::Dispatched, after.signers.iter().copied())
        }
        Event::Extended(_) => residents(Kind::Extended, after.signers.iter().copied()),
        Event::ReviewOpened(_) => residents(Kind::Completed, after.signers.iter().copied()),
        Event::ReworkOrdered(_) => {
            let mut notices = residents(Kind::Reworked, after.signers.iter().copied());
            let unit = lead(after).or_else(|| before.and_then(lead));
            notices.extend(unit.map(|unit| to_unit(Kind::UnitReworked, unit)));
            notices.extend((after.reworks() >= Case::REWORKS_UNTIL_OVERSIGHT).then(|| to_the_board(Kind::ThirdRework)));
            notices
        }
        Event::Closed(_) => residents(Kind::Closed, after.signers.iter().copied()),
        Event::Rejected(_) => residents(Kind::Rejected, after.signers.iter().copied()),
        Event::Merged(_) => residents(Kind::Merged, after.signers.iter().copied()),
        Event::Withdrawn(_) => residents(Kind::Withdrawn, after.signers.iter().copied()),
        Event::Reminded(_) => lead(after).map(|unit| to_unit(Kind::UnitReminded, unit)).into_iter().collect(),
        Event::Overdue(_) => lead(after).map(|unit| to_unit(Kind::UnitOverdue, unit)).into_iter().collect(),
        Event::Returned(returned) => vec![to_unit(Kind::UnitReturned, returned.unit.clone())],
        Event::Ruled(_) => last_returned(past).map(|unit| to_unit(Kind::UnitRuled, unit)).into_iter().collect(),
        Event::Supervised(order) => {
            let unit = order.holder.unit().cloned().map(|unit| to_unit(Kind::UnitSupervised, unit));
            let above = Notice { kind: Kind::Supervised, to: Audience::Supervisors };
            [above].into_iter().chain(unit).collect()
        }
        Event::Escalated(_) => vec![Notice { kind: Kind::Escalated, to: Audience::Supervisors }],
        Event::BurstFlagged(_) => vec![to_the_board(Kind::Burst)],
        Event::UnreasonableProposed(_) => vec![to_the_board(Kind::UnreasonableProposed)],
        Event::Triaged(_)
        | Event::Absorbed(_)
        | Event::Claimed(_)
        | Event::Progressed(_)
        | Event::Completed(_)
        | Event::Verified(_)
        | Event::Unclaimed(_)
        | Event::Suspended(_)
        | Event::Resumed(_)
        | Event::ExtensionAsked(_)
        | Event::Attached(_)
        | Event::Rescheduled(_)
        | Event::UnreasonableDecided(_)
        | Event::Served(_) => Vec::new(),
    }
}

/// What follows from an event of its review.
pub(super) fn of_review(event: &review::Event) -> Vec<Notice> {
    match event {
        review::Event::Invited(invited) => residents(Kind::Invited, invited.persons.iter().copied()),
        review::Event::Appealed(_) => vec![to_the_board(Kind::Appealed)],
        review::Event::Opened(_)
        | review::Event::Rated(_)
        | review::Event::Closed(_)
        | review::Event::Called(_)
        | review::Event::AppealDecided(_) => Vec::new(),
    }
}

/// The types of a vote's events of which somebody is told.
pub(super) const TOLD_OF_A_VOTE: [&str; 4] = [
    "sandan.evaluation.convened",
    "sandan.evaluation.opened",
    "sandan.evaluation.invited",
    "sandan.evaluation.called_off",
];

/// What follows from an event of a vote without a name, `session` being how it stands then.
pub(super) fn of_vote(event: &evaluation::Event, session: &Session) -> Vec<Notice> {
    match event {
        evaluation::Event::Convened(_) | evaluation::Event::Opened(_) => {
            let electorate = session.poll().into_iter().flat_map(|poll| poll.electorate.iter().copied());
            residents(Kind::VoteOpened, electorate)
        }
        evaluation::Event::CalledOff(_) => residents(Kind::VoteCalledOff, session.volunteers.keys().copied()),
        evaluation::Event::Invited(invited) => residents(Kind::VoteInvited, invited.persons.iter().copied()),
        evaluation::Event::Announced(_)
        | evaluation::Event::Volunteered(_)
        | evaluation::Event::Screened(_)
        | evaluation::Event::Drawn(_)
        | evaluation::Event::TokenIssued(_)
        | evaluation::Event::BallotsCast(_)
        | evaluation::Event::Ended(_)
        | evaluation::Event::Closed(_)
        | evaluation::Event::SentBack(_) => Vec::new(),
    }
}

/// What follows from an event of a question about an honour.
pub(super) fn of_honour(event: &honour::Event) -> Vec<Notice> {
    match event {
        honour::Event::Asked(_) => vec![Notice { kind: Kind::HonourAsked, to: Audience::Desk }],
        honour::Event::Answered(_) => vec![Notice { kind: Kind::HonourAnswered, to: Audience::Proposers }],
        honour::Event::Proposed(_) | honour::Event::Dropped(_) => Vec::new(),
    }
}

fn dispatched_to(target: &Target, after: &Case) -> Vec<Notice> {
    match target {
        Target::Units(team) => {
            let units = [&team.lead].into_iter().chain(&team.assisting);
            let units = units.map(|unit| to_unit(Kind::UnitDispatched, unit.clone()));
            residents(Kind::Dispatched, after.signers.iter().copied()).into_iter().chain(units).collect()
        }
        Target::Pool { .. } => residents(Kind::Pooled, after.signers.iter().copied()),
        // Work of the desk itself: the answer says all.
        Target::Desk => Vec::new(),
    }
}

fn residents(kind: Kind, persons: impl IntoIterator<Item = PersonId>) -> Vec<Notice> {
    persons.into_iter().map(|person| Notice { kind, to: Audience::Resident(person) }).collect()
}

const fn to_unit(kind: Kind, unit: UnitId) -> Notice {
    Notice { kind, to: Audience::Unit(unit) }
}

const fn to_the_board(kind: Kind) -> Notice {
    Notice { kind, to: Audience::Oversight }
}

const fn is_pooled(case: &Case) -> bool {
    matches!(case.stage, Stage::Pooled { .. })
}

/// The unit that leads, also while the clock stands still.
fn lead(case: &Case) -> Option<UnitId> {
    let stage = match &case.stage {
        Stage::Suspended { before, .. } => before,
        stage => stage,
    };
    stage.team().and_then(|(holder, _)| holder.unit().cloned())
}

fn last_returned(past: &[Event]) -> Option<UnitId> {
    past.iter().rev().find_map(|event| match event {
        Event::Returned(returned) => Some(returned.unit.clone()),
        _ => None,
    })
}
