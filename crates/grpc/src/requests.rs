//! Service requests (需求): from the message to the application's command, and back.

use sandan_app::{
    Close, CoSign, Complete, Dispatch, Extend, FileRequest, Filed, Joined, Progress, Rate, Receipt, Return, Rule,
    Suspend, Triage, Verify, Withdraw,
};
use sandan_domain::request::ServiceRequest;
use sandan_views::{Eyes, Sight};
use tonic::{Request, Response, Status};

use crate::ask::{Ask, answer, request as id_of, stepped};
use crate::problem::Refused;
use crate::v1::requests_server::Requests;
use crate::wire::words::{self, text};
use crate::{v1, wire};

pub(crate) struct RequestsService;

type Answer<T> = Result<Response<T>, Status>;
type Step = Answer<v1::StepResponse>;

#[tonic::async_trait]
impl Requests for RequestsService {
    async fn file(&self, request: Request<v1::FileRequest>) -> Answer<v1::FileResponse> {
        answer(request, |ask, message| async move {
            let filed = ask.app().file(&ask.wishes(), form(message)).await?;
            Ok(receipt(&ask, filed))
        })
        .await
    }

    async fn get(&self, request: Request<v1::GetRequest>) -> Answer<v1::GetResponse> {
        answer(request, |ask, v1::GetRequest { id, tracking_code }| async move {
            let id = id_of(&id)?;
            let (sight, eyes) = ask.looks(id, tracking_code).await?;
            show(&ask, id, &sight, eyes).await
        })
        .await
    }

    async fn hands(&self, request: Request<v1::HandsRequest>) -> Answer<v1::HandsResponse> {
        answer(request, |ask, v1::HandsRequest { id, tracking_code }| async move {
            let id = id_of(&id)?;
            ask.looks(id, tracking_code).await?;
            Ok(wire::hands(ask.app().hands(id).await?))
        })
        .await
    }

    async fn explain_due(&self, request: Request<v1::ExplainDueRequest>) -> Answer<v1::ExplainDueResponse> {
        answer(request, |ask, v1::ExplainDueRequest { id, tracking_code }| async move {
            let id = id_of(&id)?;
            let (sight, eyes) = ask.looks(id, tracking_code).await?;
            let told = ask.app().explain(id).await?;
            Ok(wire::due(told, &ask.views().suspensions(&sight, eyes, id).await?))
        })
        .await
    }

    async fn co_sign(&self, request: Request<v1::CoSignRequest>) -> Answer<v1::CoSignResponse> {
        answer(request, |ask, v1::CoSignRequest { id, name, phone, email }| async move {
            let id = id_of(&id)?;
            let input = CoSign { name: text(name), phone: text(phone), email: text(email) };
            let joined = ask.app().co_sign(&ask.wishes_on(id), id, input).await?;
            let Joined { request, tracking } = joined.outcome;
            let (id, tracking_code) = (request.to_string(), tracking.to_string());
            Ok(v1::CoSignResponse { id, tracking_code, position: joined.position })
        })
        .await
    }

    async fn rate(&self, request: Request<v1::RateRequest>) -> Step {
        answer(request, |ask, sent: v1::RateRequest| async move {
            let input = Rate {
                tracking_code: Some(ask.code(sent.tracking_code)?),
                rating: words::word::<v1::Rating>(sent.rating),
                reason: text(sent.reason),
                dispatch_wrong: sent.dispatch_wrong,
                reasons: sent.reasons,
                remedy: text(sent.remedy),
                via: words::word::<v1::Via>(sent.via),
            };
            let id = id_of(&sent.id)?;
            stepped(Ok(ask.found(ask.app().rate(&ask.wishes_on(id), id, input).await)?))
        })
        .await
    }

    async fn withdraw(&self, request: Request<v1::WithdrawRequest>) -> Step {
        answer(request, |ask, v1::WithdrawRequest { id, tracking_code, reason }| async move {
            let tracking_code = Some(ask.code(tracking_code)?);
            let id = id_of(&id)?;
            let input = Withdraw { tracking_code, reason: text(reason) };
            stepped(Ok(ask.found(ask.app().withdraw(&ask.wishes_on(id), id, input).await)?))
        })
        .await
    }

    async fn triage(&self, request: Request<v1::TriageRequest>) -> Step {
        answer(request, |ask, message| async move {
            let id = id_of(&message.id)?;
            stepped(ask.app().triage(&ask.wishes_on(id), id, triage(message)).await)
        })
        .await
    }

    async fn dispatch(&self, request: Request<v1::DispatchRequest>) -> Step {
        answer(request, |ask, v1::DispatchRequest { id, units, pool, slots, note }| async move {
            let id = id_of(&id)?;
            let units = Some(units).filter(|units| !units.is_empty());
            let input = Dispatch { unit: None, units, pool, slots, note: text(note) };
            stepped(ask.app().dispatch(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn rule(&self, request: Request<v1::RuleRequest>) -> Step {
        answer(request, |ask, v1::RuleRequest { id, unit, reason }| async move {
            let id = id_of(&id)?;
            let input = Rule { unit: text(unit), reason: text(reason) };
            stepped(ask.app().rule(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn claim(&self, request: Request<v1::ClaimRequest>) -> Step {
        answer(request, |ask, v1::ClaimRequest { id }| async move {
            let id = id_of(&id)?;
            stepped(ask.app().claim(&ask.wishes_on(id), id).await)
        })
        .await
    }

    async fn r#return(&self, request: Request<v1::ReturnRequest>) -> Step {
        answer(request, |ask, v1::ReturnRequest { id, reason, basis }| async move {
            let id = id_of(&id)?;
            let input = Return { reason: text(reason), basis: text(basis) };
            stepped(ask.app().give_back(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn progress(&self, request: Request<v1::ProgressRequest>) -> Step {
        answer(request, |ask, v1::ProgressRequest { id, note }| async move {
            let id = id_of(&id)?;
            stepped(ask.app().progress(&ask.wishes_on(id), id, Progress { note: text(note) }).await)
        })
        .await
    }

    async fn complete(&self, request: Request<v1::CompleteRequest>) -> Step {
        answer(request, |ask, v1::CompleteRequest { id, answer, solved, unsolved_reason }| async move {
            let id = id_of(&id)?;
            let input = Complete { answer: text(answer), solved, unsolved_reason: text(unsolved_reason) };
            stepped(ask.app().complete(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn verify(&self, request: Request<v1::VerifyRequest>) -> Step {
        answer(request, |ask, v1::VerifyRequest { id, confirmed, note }| async move {
            let id = id_of(&id)?;
            stepped(ask.app().verify(&ask.wishes_on(id), id, Verify { confirmed, note: text(note) }).await)
        })
        .await
    }

    async fn suspend(&self, request: Request<v1::SuspendRequest>) -> Step {
        answer(request, |ask, v1::SuspendRequest { id, reason, review_on }| async move {
            let id = id_of(&id)?;
            let input = Suspend { reason: text(reason), review_on: text(review_on) };
            stepped(ask.app().suspend(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn resume(&self, request: Request<v1::ResumeRequest>) -> Step {
        answer(request, |ask, v1::ResumeRequest { id }| async move {
            let id = id_of(&id)?;
            stepped(ask.app().resume(&ask.wishes_on(id), id).await)
        })
        .await
    }

    async fn extend(&self, request: Request<v1::ExtendRequest>) -> Step {
        answer(request, |ask, v1::ExtendRequest { id, reason, until }| async move {
            let id = id_of(&id)?;
            let input = Extend { reason: text(reason), until: text(until) };
            stepped(ask.app().extend(&ask.wishes_on(id), id, input).await)
        })
        .await
    }

    async fn close(&self, request: Request<v1::CloseRequest>) -> Step {
        answer(request, |ask, v1::CloseRequest { id, reason }| async move {
            let id = id_of(&id)?;
            stepped(ask.app().close(&ask.wishes_on(id), id, Close { reason: text(reason) }).await)
        })
        .await
    }
}

fn form(message: v1::FileRequest) -> FileRequest {
    let v1::FileRequest { community, channel, category, title, description, urgency, requester, location } = message;
    let v1::Requester { name, phone, email } = requester.unwrap_or_default();
    let v1::Location { address, grid, lat, lng } = location.unwrap_or_default();
    FileRequest {
        community: text(community),
        channel: words::word::<v1::Channel>(channel),
        category: text(category),
        title: text(title),
        description: text(description),
        urgency: words::word::<v1::Urgency>(urgency),
        name,
        phone,
        email,
        address,
        grid,
        lat,
        lng,
    }
}

fn receipt(ask: &Ask, filed: Receipt<Filed>) -> v1::FileResponse {
    let Filed { request, number, tracking, state } = filed.outcome;
    let position = filed.position;
    let url = ask.link(&format!("/r/{tracking}"));
    v1::FileResponse {
        id: request.to_string(),
        number: number.to_string(),
        tracking_code: tracking.to_string(),
        state: words::named::<v1::State>(&state),
        position,
        receipt: Some(v1::Receipt { position, hash: filed.hash.to_string(), url }),
    }
}

fn triage(message: v1::TriageRequest) -> Triage {
    let v1::TriageRequest { id: _, decision, reason, into, category, urgency, public_title } = message;
    Triage {
        decision: words::word::<v1::triage_request::Decision>(decision),
        reason: text(reason),
        into: text(into),
        category: text(category),
        urgency: words::word::<v1::Urgency>(urgency),
        public_title: text(public_title),
    }
}

async fn show(ask: &Ask, id: sandan_domain::RequestId, sight: &Sight, eyes: Eyes) -> Result<v1::GetResponse, Refused> {
    let view = ask.views().request(sight, id).await?.ok_or(sandan_app::Refusal::NotFound)?;
    let mut view = eyes.request(view);
    if view.merged_into.is_some() {
        // R5: whoever filed a merged request gets the same answer.
        let surviving = ask.app().surviving(view.id).await?;
        if let Some(surviving) = ask.views().request(sight, surviving).await? {
            view = view.answered_as(surviving);
        }
    }
    let permitted = match &*ask.app().request(id).await? {
        ServiceRequest::Filed(case) => case.permitted_names().into_iter().map(str::to_owned).collect(),
        ServiceRequest::Absent => Vec::new(),
    };
    Ok(v1::GetResponse { request: Some(view.into()), permitted })
}
