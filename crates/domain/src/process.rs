//! What follows from what happened: an event in, further wishes and promises out.
//!
//! Pure, like the decisions. Whoever runs it puts the wishes it can decide at once into the same append as the
//! event, so that nothing comes between: above all the rework that a review orders stands with the end of its
//! round (R16). Promises become durable timers in that append too.

mod promise;
#[cfg(test)]
mod tests;

pub use promise::{Promise, promises_of};

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::callback;
use crate::evaluation::{self, Convocation, EvaluationSession, Phase, Session, Subject, SubjectKind, Terms};
use crate::ids::{CallbackId, CommunityId, EvaluationId, PersonId, ProjectId, RequestId, UnitId};
use crate::policy;
use crate::project::{self, Plan, Project};
use crate::request::{self, Case, Closing, ServiceRequest};
use crate::review::{self, Outcome};
use crate::unit;

/// A further wish, or a promise for later.
#[derive(Clone, Debug, PartialEq)]
pub enum Reaction {
    Request(RequestId, request::Command),
    Review(RequestId, review::Command),
    Unit(CommunityId, UnitId, unit::Command),
    Policy(CommunityId, policy::Command),
    Callback(CommunityId, CallbackId, callback::Command),
    Evaluation(EvaluationId, evaluation::Command),
    Project(ProjectId, project::Command),
    Promise(Promise, Timestamp),
    /// The promise is kept or void: forget it.
    Release(Promise),
}

/// What follows from an event of a request, which turned `before` into `after`.
pub fn after_request(
    id: RequestId,
    before: &ServiceRequest,
    event: &request::Event,
    after: &ServiceRequest,
) -> Vec<Reaction> {
    let ServiceRequest::Filed(case) = after else { return Vec::new() };
    let mut reactions = loads(id, before, event, case);
    match event {
        request::Event::Completed(done) if !done.needs_verification => reactions.extend(review_of(id, case)),
        request::Event::Verified(verified) if verified.confirmed => reactions.extend(review_of(id, case)),
        request::Event::Merged(merged) => reactions.push(absorb(id, merged, case)),
        _ => {}
    }
    // Last, so that the places of the others are the same as ever: their ids hang on them.
    reactions.extend(promise::changed(id, before, after));
    reactions
}

/// What follows from an event of an evaluation: what it sends back goes back in the same append (R22), and the count of
/// a project's ballots orders what becomes of the project (R16).
pub fn after_evaluation(id: EvaluationId, event: &evaluation::Event, after: &EvaluationSession) -> Vec<Reaction> {
    let EvaluationSession::Announced(session) = after else { return Vec::new() };
    match event {
        evaluation::Event::SentBack(sent) => {
            vec![Reaction::Request(sent.request, request::Command::SendBack { evaluation: id })]
        }
        evaluation::Event::Convened(_) => count(id, session).into_iter().chain(invite(id, session)).collect(),
        evaluation::Event::Opened(_) => invite(id, session).into_iter().collect(),
        evaluation::Event::Ended(ended) => ended_early(id, session, ended.phase),
        evaluation::Event::Closed(closed) => conclude(id, session, closed),
        evaluation::Event::Announced(_)
        | evaluation::Event::Volunteered(_)
        | evaluation::Event::Screened(_)
        | evaluation::Event::Drawn(_)
        | evaluation::Event::Invited(_)
        | evaluation::Event::TokenIssued(_)
        | evaluation::Event::BallotsCast(_)
        | evaluation::Event::CalledOff(_) => Vec::new(),
    }
}

/// What follows from an event of a period's call-backs: the sample is drawn when the period is over, unless somebody did
/// it before (R18).
pub fn after_callback(id: CallbackId, event: &callback::Event, after: &callback::Callback) -> Vec<Reaction> {
    let Some(commitment) = after.commitment() else { return Vec::new() };
    let draw = Promise::DrawCallbacks { community: commitment.community.clone(), callbacks: id };
    match event {
        callback::Event::Committed(_) => vec![Reaction::Promise(draw, commitment.drawn_at())],
        callback::Event::Drawn(_) => vec![Reaction::Release(draw)],
        callback::Event::Called(_) => Vec::new(),
    }
}

/// A project's ballots are counted when the vote is over, without anybody asking. The same timer is moved when it ends
/// before its time.
fn count(id: EvaluationId, session: &Session) -> Vec<Reaction> {
    let at = session.poll().filter(|_| session.occasion.project().is_some()).map(evaluation::Poll::counted_from);
    at.map(|at| Reaction::Promise(Promise::Count { evaluation: id }, at)).into_iter().collect()
}

/// Who draws no token is invited once more (R18).
fn invite(id: EvaluationId, session: &Session) -> Option<Reaction> {
    let at = session.poll().and_then(|poll| poll.invite_at)?;
    Some(Reaction::Promise(Promise::InviteVoters { evaluation: id }, at))
}

/// Whichever part of the vote ended, nobody can draw a token any more.
fn ended_early(id: EvaluationId, session: &Session, phase: Phase) -> Vec<Reaction> {
    let counted = if phase == Phase::Voting { count(id, session) } else { Vec::new() };
    counted.into_iter().chain([Reaction::Release(Promise::InviteVoters { evaluation: id })]).collect()
}

fn conclude(id: EvaluationId, session: &Session, closed: &evaluation::Closed) -> Vec<Reaction> {
    let (Some((project, round)), Some(result)) = (session.occasion.project(), closed.results.first()) else {
        return Vec::new();
    };
    let outcome = project::outcome(result.verdict);
    vec![
        Reaction::Project(project, project::Command::Conclude { round, evaluation: id, outcome }),
        Reaction::Release(Promise::Count { evaluation: id }),
    ]
}

/// What follows from an event of a project: its requests know that it serves them and close with it, and its review
/// opens with its finishing, all in the same append (R14, R29).
pub fn after_project(id: ProjectId, event: &project::Event, after: &Project) -> Vec<Reaction> {
    let Project::Opened(plan) = after else { return Vec::new() };
    let serve = |request: &RequestId| Reaction::Request(*request, request::Command::Serve { project: id });
    match event {
        project::Event::Opened(opened) => opened.requests.iter().map(serve).collect(),
        project::Event::RequestAdded(added) => vec![serve(&added.request)],
        project::Event::Finished(finished) => vec![convene(id, plan, finished)],
        project::Event::Closed(closed) => {
            let close = request::Command::CloseWithProject { project: id, closing: closed.closing };
            plan.requests.iter().map(|request| Reaction::Request(*request, close.clone())).collect()
        }
        project::Event::StageDone(_) | project::Event::Registered(_) | project::Event::ReworkOrdered(_) => Vec::new(),
    }
}

fn convene(id: ProjectId, plan: &Plan, finished: &project::Finished) -> Reaction {
    let project::Finished { round, electorate, .. } = finished.clone();
    let project::Finished { public_key, fingerprint, drawing_until, voting_until, .. } = finished.clone();
    let convocation = Convocation {
        community: plan.community.clone(),
        occasion: evaluation::Occasion::Project { project: id, round },
        subject: Subject { id: plan.name.clone(), kind: SubjectKind::Project, name: plan.title.clone() },
        electorate,
        terms: Terms { public_key, fingerprint, drawing_until, voting_until },
    };
    Reaction::Evaluation(finished.evaluation, evaluation::Command::Convene(Box::new(convocation)))
}

/// R14: everybody whose requests a project serves, of those that were not taken back or rejected. Whoever carries out
/// [`project::Command::Finish`] fills this in.
pub fn served<'a>(requests: impl IntoIterator<Item = &'a ServiceRequest>) -> Vec<PersonId> {
    let case = |request: &'a ServiceRequest| match request {
        ServiceRequest::Filed(case) => Some(&**case),
        ServiceRequest::Absent => None,
    };
    let counts = |case: &&Case| !matches!(case.stage, request::Stage::Withdrawn | request::Stage::Rejected);
    let people: BTreeSet<PersonId> =
        requests.into_iter().filter_map(case).filter(counts).flat_map(|case| case.signers.iter().copied()).collect();
    people.into_iter().collect()
}

/// What follows from an event of a community's policies: what was published in advance takes effect at its time.
pub fn after_policy(event: &policy::Event) -> Vec<Reaction> {
    match event {
        policy::Event::Published(published) if published.in_advance => {
            let (community, version) = (published.community.clone(), published.version);
            vec![Reaction::Promise(Promise::TakeEffect { community, version }, published.from)]
        }
        policy::Event::Published(_)
        | policy::Event::CalendarPublished(_)
        | policy::Event::TookEffect(_)
        | policy::Event::WorkedOut(_) => Vec::new(),
    }
}

/// What follows from an event of a review.
pub fn after_review(id: RequestId, event: &review::Event) -> Vec<Reaction> {
    match event {
        review::Event::Opened(opened) => opened_round(id, opened),
        review::Event::Rated(_)
        | review::Event::Invited(_)
        | review::Event::Called(_)
        | review::Event::Appealed(_)
        | review::Event::AppealDecided(_) => Vec::new(),
        review::Event::Closed(closed) => vec![
            Reaction::Request(id, order(closed)),
            Reaction::Release(Promise::EndRound { request: id, round: closed.round }),
            Reaction::Release(Promise::Invite { request: id, round: closed.round }),
        ],
    }
}

fn opened_round(id: RequestId, opened: &review::Opened) -> Vec<Reaction> {
    let round = opened.round;
    let invitation = opened.invite_at.map(|at| Reaction::Promise(Promise::Invite { request: id, round }, at));
    let open = Reaction::Request(id, request::Command::OpenReview { round });
    let end = Reaction::Promise(Promise::EndRound { request: id, round }, opened.closes_at);
    [open, end].into_iter().chain(invitation).collect()
}

/// The outcome of a round is an order to the request.
const fn order(closed: &review::Closed) -> request::Command {
    match closed.outcome {
        Outcome::Passed => request::Command::Close(Closing::Satisfied),
        Outcome::Unrated => request::Command::Close(Closing::Unrated),
        Outcome::Rework => request::Command::OrderRework { from_triage: closed.from_triage },
    }
}

/// Work done by the desk for another system is past and is not reviewed here; everything else is.
fn review_of(id: RequestId, case: &Case) -> Option<Reaction> {
    let (round, electorate, units) = (case.round, case.signers.clone(), case.stage.units());
    matches!(case.stage, request::Stage::Completed(ref done) if done.work.holder.unit().is_some())
        .then(|| Reaction::Review(id, review::Command::Open { round, electorate, barred: Vec::new(), units }))
}

/// R14: nobody of a unit that did the work votes on it. Whoever carries out [`review::Command::Open`] fills this in,
/// `units` being those that the request names.
pub fn barred<'a>(electorate: &[PersonId], units: impl IntoIterator<Item = &'a unit::MemberUnit>) -> Vec<PersonId> {
    let members: BTreeSet<PersonId> = units
        .into_iter()
        .filter_map(unit::MemberUnit::standing)
        .flat_map(|unit| unit.members.iter().copied())
        .collect();
    electorate.iter().copied().filter(|person| members.contains(person)).collect()
}

fn absorb(id: RequestId, merged: &request::Merged, case: &Case) -> Reaction {
    let merger = request::Merger { community: case.community.clone(), from: id, signers: case.signers.clone() };
    Reaction::Request(merged.into, request::Command::Absorb(merger))
}

/// Units that began or ceased to work on the request: their capacity follows. It limits their own claims, but
/// rework is never refused for it (R3).
fn loads(id: RequestId, before: &ServiceRequest, event: &request::Event, case: &Case) -> Vec<Reaction> {
    let engaged_before = match before {
        ServiceRequest::Absent => Vec::new(),
        ServiceRequest::Filed(case) => case.stage.engaged(),
    };
    let engaged = case.stage.engaged();
    let by_own_claim = |unit: &UnitId| matches!(event, request::Event::Claimed(claimed) if claimed.unit == *unit);
    let is_first_round = case.reworks() == 0;
    let taken = engaged.iter().filter(|unit| !engaged_before.contains(unit)).map(|unit| {
        (unit.clone(), unit::Command::TakeOn { request: id, checked: is_first_round && by_own_claim(unit) })
    });
    let released = engaged_before
        .iter()
        .filter(|unit| !engaged.contains(unit))
        .map(|unit| (unit.clone(), unit::Command::LetGo { request: id }));
    taken.chain(released).map(|(unit, wish)| Reaction::Unit(case.community.clone(), unit, wish)).collect()
}
