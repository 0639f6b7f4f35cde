//! Evaluations: what the committee does, and what everybody may see (R16, R17, R22, R25). Tokens and ballots come over HTTP
//! alone: calls here share a connection, which would tie a ballot to whatever else came on it (R21).

use sandan_app::notices::Unreached;
use sandan_app::{
    Announce, CallOff, EndEvaluation, Evaluated, OpenEvaluation, Receipt, Screen, SendBack, SubjectInput, Volunteer,
};
use sandan_domain::{CommunityId, EvaluationId};
use tonic::{Request, Response, Status};

use crate::ask::{answer, id_of};
use crate::list::{at_hand, required};
use crate::problem::Refused;
use crate::v1;
use crate::v1::evaluations_server::Evaluations;
use crate::wire::evaluation;
use crate::wire::words::{text, word};

pub(crate) struct EvaluationsService;

type Answer<T> = Result<Response<T>, Status>;
type Changed = Answer<v1::EvaluationChangedResponse>;

#[tonic::async_trait]
impl Evaluations for EvaluationsService {
    async fn announce_evaluation(&self, request: Request<v1::AnnounceEvaluationRequest>) -> Changed {
        answer(request, |ask, sent: v1::AnnounceEvaluationRequest| async move {
            let done = ask.app().announce(&ask.wishes(), announcement(sent)).await?;
            let (id, position) = (done.outcome.evaluation.to_string(), done.position);
            Ok(v1::EvaluationChangedResponse { id, position })
        })
        .await
    }

    async fn list_evaluations(
        &self,
        request: Request<v1::ListEvaluationsRequest>,
    ) -> Answer<v1::ListEvaluationsResponse> {
        answer(request, |ask, v1::ListEvaluationsRequest { community, cursor, limit }| async move {
            let community: CommunityId = required("community", &community)?;
            ask.app().place("community", &community).await?;
            let found = ask.app().evaluations(&community).await?;
            let mut items = Vec::new();
            for (id, session) in &found {
                items.push(evaluation::shown(*id, session, &ask.app().notes(*id).await?));
            }
            let (items, next_cursor) = at_hand(items, |item: &v1::Evaluation| item.occasion.clone(), &cursor, limit)?;
            Ok(v1::ListEvaluationsResponse { items, next_cursor })
        })
        .await
    }

    async fn get_evaluation(&self, request: Request<v1::GetEvaluationRequest>) -> Answer<v1::GetEvaluationResponse> {
        answer(request, |ask, v1::GetEvaluationRequest { id }| async move {
            let id: EvaluationId = id_of(&id)?;
            let session = ask.app().evaluation(id).await?;
            let evaluation = Some(evaluation::shown(id, &session, &ask.app().notes(id).await?));
            Ok(v1::GetEvaluationResponse { evaluation })
        })
        .await
    }

    async fn list_ballots(&self, request: Request<v1::ListBallotsRequest>) -> Answer<v1::ListBallotsResponse> {
        answer(request, |ask, v1::ListBallotsRequest { id, cursor, limit }| async move {
            let session = ask.app().evaluation(id_of(&id)?).await?;
            let items = evaluation::ballots(&session);
            let (items, next_cursor) = at_hand(items, |ballot| ballot.token.clone(), &cursor, limit)?;
            Ok(v1::ListBallotsResponse { items, next_cursor })
        })
        .await
    }

    async fn sign_up(&self, request: Request<v1::SignUpRequest>) -> Answer<v1::SignUpResponse> {
        answer(request, |ask, v1::SignUpRequest { id, name, phone, email, works_for }| async move {
            let id: EvaluationId = id_of(&id)?;
            let (name, phone, email, works_for) = (text(name), text(phone), text(email), text(works_for));
            let input = Volunteer { name, phone, email, works_for };
            let Receipt { position, outcome, .. } = ask.app().sign_up(&ask.wishes_about(id.0), id, input).await?;
            let (id, tracking_code) = (outcome.evaluation.to_string(), outcome.code.to_string());
            Ok(v1::SignUpResponse { id, tracking_code, number: outcome.number, position })
        })
        .await
    }

    async fn list_volunteers(&self, request: Request<v1::ListVolunteersRequest>) -> Answer<v1::ListVolunteersResponse> {
        answer(request, |ask, v1::ListVolunteersRequest { id }| async move {
            let lines = ask.app().volunteers(&ask.caller, id_of(&id)?).await?;
            Ok(v1::ListVolunteersResponse { items: lines.into_iter().map(evaluation::volunteer).collect() })
        })
        .await
    }

    async fn list_voter_calls(
        &self,
        request: Request<v1::ListVoterCallsRequest>,
    ) -> Answer<v1::ListVoterCallsResponse> {
        answer(request, |ask, v1::ListVoterCallsRequest { id, limit, cursor }| async move {
            let found = ask.app().unreached(&ask.caller, id_of(&id)?).await?;
            let (found, next_cursor) = at_hand(found, |line| line.person.to_string(), &cursor, limit)?;
            let line = |Unreached { person, name, phone }| v1::VoterToCall {
                person: person.to_string(),
                name: name.unwrap_or_default(),
                phone: phone.unwrap_or_default(),
            };
            Ok(v1::ListVoterCallsResponse { items: found.into_iter().map(line).collect(), next_cursor })
        })
        .await
    }

    async fn get_volunteer(&self, request: Request<v1::GetVolunteerRequest>) -> Answer<v1::GetVolunteerResponse> {
        answer(request, |ask, v1::GetVolunteerRequest { id, tracking_code }| async move {
            let id: EvaluationId = id_of(&id)?;
            let code = ask.code(tracking_code)?;
            let person = ask.found(ask.app().volunteer_in(Some(&code), id).await)?;
            let volunteer = Some(evaluation::volunteer(ask.app().volunteer(id, person).await?));
            Ok(v1::GetVolunteerResponse { volunteer })
        })
        .await
    }

    async fn screen_volunteer(&self, request: Request<v1::ScreenVolunteerRequest>) -> Changed {
        answer(request, |ask, v1::ScreenVolunteerRequest { id, number, admitted, reason }| async move {
            let id: EvaluationId = id_of(&id)?;
            let input = Screen { number, admitted, reason: text(reason) };
            changed(ask.app().screen(&ask.wishes_about(id.0), id, input).await)
        })
        .await
    }

    async fn draw_lots(&self, request: Request<v1::DrawLotsRequest>) -> Changed {
        answer(request, |ask, v1::DrawLotsRequest { id }| async move {
            let id: EvaluationId = id_of(&id)?;
            changed(ask.app().draw_lots(&ask.wishes_about(id.0), id).await)
        })
        .await
    }

    async fn open_evaluation(&self, request: Request<v1::OpenEvaluationRequest>) -> Changed {
        answer(request, |ask, v1::OpenEvaluationRequest { id, drawing_until, voting_until }| async move {
            let id: EvaluationId = id_of(&id)?;
            let input = OpenEvaluation { drawing_until: text(drawing_until), voting_until: text(voting_until) };
            changed(ask.app().open_evaluation(&ask.wishes_about(id.0), id, input).await)
        })
        .await
    }

    async fn end_evaluation(&self, request: Request<v1::EndEvaluationRequest>) -> Changed {
        answer(request, |ask, v1::EndEvaluationRequest { id, phase }| async move {
            let id: EvaluationId = id_of(&id)?;
            let input = EndEvaluation { phase: word::<v1::end_evaluation_request::Phase>(phase) };
            changed(ask.app().end_evaluation(&ask.wishes_about(id.0), id, input).await)
        })
        .await
    }

    async fn call_off_evaluation(&self, request: Request<v1::CallOffEvaluationRequest>) -> Changed {
        answer(request, |ask, v1::CallOffEvaluationRequest { id, reason }| async move {
            let id: EvaluationId = id_of(&id)?;
            let input = CallOff { reason: text(reason) };
            changed(ask.app().call_off(&ask.wishes_about(id.0), id, input).await)
        })
        .await
    }

    async fn close_evaluation(&self, request: Request<v1::CloseEvaluationRequest>) -> Changed {
        answer(request, |ask, v1::CloseEvaluationRequest { id }| async move {
            let id: EvaluationId = id_of(&id)?;
            changed(ask.app().close_evaluation(&ask.wishes_about(id.0), id).await)
        })
        .await
    }

    async fn send_back(&self, request: Request<v1::SendBackRequest>) -> Changed {
        answer(request, |ask, v1::SendBackRequest { id, request, why, note }| async move {
            let id: EvaluationId = id_of(&id)?;
            let input = SendBack { request: text(request), why: word::<v1::SentBackWhy>(why), note: text(note) };
            changed(ask.app().send_back(&ask.wishes_about(id.0), id, input).await)
        })
        .await
    }
}

fn announcement(sent: v1::AnnounceEvaluationRequest) -> Announce {
    let v1::AnnounceEvaluationRequest { community, occasion, subjects, criteria, places, sign_up_until } = sent;
    let subject = |v1::EvaluationSubject { id, kind, name }| SubjectInput {
        id: text(id),
        kind: word::<v1::evaluation_subject::Kind>(kind),
        name: text(name),
    };
    Announce {
        community: text(community),
        occasion: text(occasion),
        subjects: subjects.into_iter().map(subject).collect(),
        criteria: text(criteria),
        places,
        sign_up_until: text(sign_up_until),
    }
}

fn changed(answer: sandan_app::Answer<Evaluated>) -> Result<v1::EvaluationChangedResponse, Refused> {
    let Receipt { position, outcome: Evaluated { evaluation }, .. } = answer?;
    Ok(v1::EvaluationChangedResponse { id: evaluation.to_string(), position })
}
