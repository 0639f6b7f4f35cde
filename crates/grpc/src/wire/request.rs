//! One request as it stands.

use sandan_views::{
    Answers, AttachmentView, BallotReason, ExtensionView, ExternalView, LocationView, RatingsView, RequestView,
    RequesterView, RoundView, SupervisionView, SuspendedView,
};

use super::time::time;
use super::words::number;
use crate::v1;

fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

impl From<RequestView> for v1::ServiceRequest {
    fn from(view: RequestView) -> Self {
        Self {
            id: view.id.to_string(),
            number: view.number.to_string(),
            community: view.community.to_string(),
            state: number::<v1::State>(&view.state),
            round: view.round,
            unit: text(view.unit),
            units: view.units.iter().map(ToString::to_string).collect(),
            owner: view.owner,
            open_slots: view.open_slots,
            channel: number::<v1::Channel>(&view.channel),
            category: text(view.category),
            urgency: number::<v1::Urgency>(&view.urgency),
            title: view.title,
            public_title: view.public_title,
            description: view.description,
            requester: Some(view.requester.into()),
            location: Some(view.location.into()),
            filed_at: Some(time(view.filed_at)),
            triaged_at: view.triaged_at.map(time),
            dispatched_at: view.dispatched_at.map(time),
            claimed_at: view.claimed_at.map(time),
            completed_at: view.completed_at.map(time),
            closed_at: view.closed_at.map(time),
            due_at: view.due_at.map(time),
            light: number::<v1::Light>(&view.light),
            overdue: view.overdue,
            solved: view.solved,
            answer: view.answer,
            unsolved_reason: view.unsolved_reason,
            ended_reason: view.ended_reason,
            returns: view.returns,
            reworks: view.reworks,
            closing: number::<v1::Closing>(&view.closing),
            merged_into: text(view.merged_into),
            co_signers: view.co_signers,
            ratings: Some(view.ratings.into()),
            rounds: view.rounds.into_iter().map(Into::into).collect(),
            reasons: view.reasons.into_iter().map(Into::into).collect(),
            external: view.external.map(Into::into),
            suspended: view.suspended.map(Into::into),
            extension: Some(view.extension.into()),
            supervision: view.supervision.map(Into::into),
            escalated: number::<v1::Level>(&view.escalated),
            attachments: view.attachments.into_iter().map(Into::into).collect(),
            position: view.position,
        }
    }
}

impl From<RequesterView> for v1::Requester {
    fn from(RequesterView { name, phone }: RequesterView) -> Self {
        Self { name, phone, email: None }
    }
}

impl From<LocationView> for v1::Location {
    fn from(LocationView { address, grid, lat, lng }: LocationView) -> Self {
        Self { address, grid: text(grid), lat, lng }
    }
}

impl From<Answers> for v1::Answers {
    fn from(answers: Answers) -> Self {
        let Answers { very_satisfied, satisfied, basically_satisfied, dissatisfied, very_dissatisfied } = answers;
        Self { very_satisfied, satisfied, basically_satisfied, dissatisfied, very_dissatisfied }
    }
}

impl From<RatingsView> for v1::Ratings {
    fn from(view: RatingsView) -> Self {
        Self {
            round: view.round,
            electorate: view.electorate,
            valid: view.valid,
            satisfied: view.satisfied,
            dissatisfied: view.dissatisfied,
            rate: view.rate,
            answers: Some(view.answers.into()),
            dispatch_wrong: view.dispatch_wrong,
            closes_at: view.closes_at.map(time),
            closed_at: view.closed_at.map(time),
            outcome: number::<v1::Outcome>(&view.outcome),
        }
    }
}

impl From<RoundView> for v1::Round {
    fn from(view: RoundView) -> Self {
        Self {
            round: view.round,
            electorate: view.electorate,
            valid: view.valid,
            dissatisfied: view.dissatisfied,
            answers: Some(view.answers.into()),
            dispatch_wrong: view.dispatch_wrong,
            opened_at: Some(time(view.opened_at)),
            closes_at: Some(time(view.closes_at)),
            closed_at: view.closed_at.map(time),
            outcome: number::<v1::Outcome>(&view.outcome),
        }
    }
}

impl From<BallotReason> for v1::Reason {
    fn from(said: BallotReason) -> Self {
        Self {
            round: said.round,
            rating: number::<v1::Rating>(&said.rating),
            reason: said.reason,
            dispatch_wrong: said.dispatch_wrong,
            ballot: said.ballot.to_string(),
            reasons: said.reasons,
            remedy: said.remedy,
        }
    }
}

impl From<ExternalView> for v1::External {
    fn from(ExternalView { id, likes, against }: ExternalView) -> Self {
        Self { id, likes, against }
    }
}

impl From<SuspendedView> for v1::Suspended {
    fn from(SuspendedView { since, review_on, reason }: SuspendedView) -> Self {
        Self { since: Some(time(since)), review_on: Some(time(review_on)), reason }
    }
}

impl From<ExtensionView> for v1::Extension {
    fn from(ExtensionView { asked_until, granted }: ExtensionView) -> Self {
        Self { asked_until: asked_until.map(time), granted }
    }
}

impl From<SupervisionView> for v1::Supervision {
    fn from(SupervisionView { due_at, level }: SupervisionView) -> Self {
        Self { due_at: Some(time(due_at)), level: number::<v1::Level>(&level) }
    }
}

impl From<AttachmentView> for v1::Attachment {
    fn from(view: AttachmentView) -> Self {
        Self {
            id: view.id.to_string(),
            hash: view.hash,
            media_type: view.media_type,
            bytes: view.bytes,
            captured_at: view.captured_at.map(time),
            attached_at: Some(time(view.attached_at)),
            actor: view.actor,
        }
    }
}
