//! What goes with the residents' review: entered ballots, calls, appeals, call-backs.

use sandan_app::{
    Appeal, Call, CallBack, CommitCallbacks, Committed, DecideAppeal, DecideUnreasonable, EnterBallot, KeepMember,
    ProposeUnreasonable, Rate, Receipt, Refusal,
};
use sandan_domain::{CallbackId, CommunityId, UnitId};
use tonic::{Request, Response, Status};

use crate::ask::{answer, id_of, stepped};
use crate::list::{page, required};
use crate::problem::Refused;
use crate::v1;
use crate::v1::reviews_server::Reviews;
use crate::wire::review;
use crate::wire::words::{text, word};

pub(crate) struct ReviewsService;

type Answer<T> = Result<Response<T>, Status>;
type Step = Answer<v1::StepResponse>;
type CallbacksChanged = Answer<v1::CallbacksChangedResponse>;

#[tonic::async_trait]
impl Reviews for ReviewsService {
    async fn enter_ballot(&self, request: Request<v1::EnterBallotRequest>) -> Step {
        answer(request, |ask, sent: v1::EnterBallotRequest| async move {
            let id = id_of(&sent.id)?;
            let input = ballot(sent);
            stepped(ask.app().enter_ballot(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn list_calls(&self, request: Request<v1::ListCallsRequest>) -> Answer<v1::ListCallsResponse> {
        answer(request, |ask, v1::ListCallsRequest { cursor, limit }| async move {
            let (cursor, limit) = page(&cursor, limit)?;
            let sight = ask.views().sight_of(ask.community()).await?;
            Ok(review::calls(ask.views().calls(&sight, cursor, limit).await?))
        })
        .await
    }

    async fn record_call(&self, request: Request<v1::RecordCallRequest>) -> Step {
        answer(request, |ask, v1::RecordCallRequest { id, person, phone, outcome, note }| async move {
            let id = id_of(&id)?;
            let outcome = word::<v1::CallOutcome>(outcome);
            let input = Call { person: text(person), phone: text(phone), outcome, note: text(note) };
            stepped(ask.app().record_call(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn appeal(&self, request: Request<v1::AppealRequest>) -> Step {
        answer(request, |ask, v1::AppealRequest { id, ballot, ground, reason }| async move {
            let id = id_of(&id)?;
            let ground = word::<v1::appeal_request::Charge>(ground);
            let input = Appeal { ballot: text(ballot), ground, reason: text(reason) };
            stepped(ask.app().appeal(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn decide_appeal(&self, request: Request<v1::DecideAppealRequest>) -> Step {
        answer(request, |ask, v1::DecideAppealRequest { id, ballot, upheld, reason }| async move {
            let id = id_of(&id)?;
            let input = DecideAppeal { ballot: text(ballot), upheld, reason: text(reason) };
            stepped(ask.app().decide_appeal(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn propose_unreasonable(&self, request: Request<v1::ProposeUnreasonableRequest>) -> Step {
        answer(request, |ask, v1::ProposeUnreasonableRequest { id, reason, basis }| async move {
            let id = id_of(&id)?;
            let input = ProposeUnreasonable { reason: text(reason), basis: text(basis) };
            stepped(ask.app().propose_unreasonable(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn decide_unreasonable(&self, request: Request<v1::DecideUnreasonableRequest>) -> Step {
        answer(request, |ask, v1::DecideUnreasonableRequest { id, upheld, reason }| async move {
            let id = id_of(&id)?;
            let input = DecideUnreasonable { upheld, reason: text(reason) };
            stepped(ask.app().decide_unreasonable(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn list_watched(&self, request: Request<v1::ListWatchedRequest>) -> Answer<v1::ListWatchedResponse> {
        answer(request, |ask, v1::ListWatchedRequest { cursor, limit }| async move {
            let (cursor, limit) = page(&cursor, limit)?;
            let sight = ask.views().sight_of(ask.community()).await?;
            Ok(review::watched(ask.views().watched(&sight, cursor, limit).await?))
        })
        .await
    }

    async fn keep_member(&self, request: Request<v1::KeepMemberRequest>) -> Answer<v1::KeepMemberResponse> {
        answer(request, |ask, v1::KeepMemberRequest { community, unit, phone, leaves, person }| async move {
            let input = KeepMember {
                community: text(community),
                unit: text(unit),
                phone: text(phone),
                person: text(person),
                leaves,
            };
            let kept = ask.app().keep_member(&ask.wishes(), input).await?;
            Ok(v1::KeepMemberResponse { unit: kept.outcome.unit, position: kept.position })
        })
        .await
    }

    async fn list_members(&self, request: Request<v1::ListMembersRequest>) -> Answer<v1::ListMembersResponse> {
        answer(request, |ask, v1::ListMembersRequest { community, unit }| async move {
            let community: CommunityId = required("community", &community)?;
            let unit: UnitId = required("unit", &unit)?;
            let members = ask.app().members(&ask.caller, &community, &unit).await?;
            Ok(v1::ListMembersResponse { persons: members.iter().map(ToString::to_string).collect() })
        })
        .await
    }

    async fn commit_callbacks(&self, request: Request<v1::CommitCallbacksRequest>) -> CallbacksChanged {
        answer(request, |ask, v1::CommitCallbacksRequest { community, from, to, size }| async move {
            let input = CommitCallbacks { community: text(community), from: text(from), to: text(to), size };
            changed(ask.app().commit_callbacks(&ask.wishes(), input).await)
        })
        .await
    }

    async fn draw_callbacks(&self, request: Request<v1::DrawCallbacksRequest>) -> CallbacksChanged {
        answer(request, |ask, v1::DrawCallbacksRequest { id }| async move {
            let id: CallbackId = id_of(&id)?;
            changed(ask.app().draw_callbacks(&ask.wishes_about(id.0), id).await)
        })
        .await
    }

    async fn call_back(&self, request: Request<v1::CallBackRequest>) -> CallbacksChanged {
        answer(request, |ask, v1::CallBackRequest { id, request, outcome, answer, note }| async move {
            let id: CallbackId = id_of(&id)?;
            let (outcome, answer) = (word::<v1::CallOutcome>(outcome), word::<v1::Rating>(answer));
            let input = CallBack { request: text(request), outcome, answer, note: text(note) };
            changed(ask.app().call_back(&ask.wishes_about(id.0), id, input).await)
        })
        .await
    }

    async fn get_callbacks(&self, request: Request<v1::GetCallbacksRequest>) -> Answer<v1::GetCallbacksResponse> {
        answer(request, |ask, v1::GetCallbacksRequest { id }| async move {
            let view = ask.views().callback(id_of(&id)?).await?;
            Ok(review::callbacks(view.ok_or(Refusal::NotFound)?))
        })
        .await
    }
}

fn ballot(sent: v1::EnterBallotRequest) -> EnterBallot {
    let v1::EnterBallotRequest { id: _, person, phone, via, rating, reason, dispatch_wrong, reasons, remedy } = sent;
    let ballot = Rate {
        rating: word::<v1::Rating>(rating),
        reason: text(reason),
        dispatch_wrong,
        reasons,
        remedy: text(remedy),
        ..Rate::default()
    };
    EnterBallot { person: text(person), phone: text(phone), via: word::<v1::Via>(via), ballot }
}

fn changed(answer: sandan_app::Answer<Committed>) -> Result<v1::CallbacksChangedResponse, Refused> {
    let Receipt { position, outcome: Committed { id }, .. } = answer?;
    Ok(v1::CallbacksChangedResponse { id: id.to_string(), position })
}
