//! Honours: a community is asked, answers with the unit's figures, and then the unit is proposed (R24).

use sandan_app::{AskOpinion, GiveOpinion, Honoured, Receipt, Refusal};
use sandan_domain::{CommunityId, HonourId};
use tonic::{Request, Response, Status};

use crate::ask::{answer, id_of};
use crate::list::{at_hand, optional};
use crate::problem::Refused;
use crate::v1;
use crate::v1::honours_server::Honours;
use crate::wire::honour;
use crate::wire::words::{text, word};

pub(crate) struct HonoursService;

type Answer<T> = Result<Response<T>, Status>;
type Changed = Answer<v1::HonourChangedResponse>;

#[tonic::async_trait]
impl Honours for HonoursService {
    async fn ask_opinion(&self, request: Request<v1::AskOpinionRequest>) -> Changed {
        answer(request, |ask, v1::AskOpinionRequest { community, unit, honour, from, to }| async move {
            let (community, unit, honour) = (text(community), text(unit), text(honour));
            let input = AskOpinion { community, unit, honour, from: text(from), to: text(to) };
            changed(ask.app().ask_opinion(&ask.wishes(), input).await)
        })
        .await
    }

    async fn give_opinion(&self, request: Request<v1::GiveOpinionRequest>) -> Changed {
        answer(request, |ask, v1::GiveOpinionRequest { id, opinion, reason }| async move {
            let id: HonourId = id_of(&id)?;
            let honour = ask.app().honour(id).await?;
            // The read models' figures, never the caller's.
            let figures = ask.views().figures_of(honour.question().ok_or(Refusal::NotFound)?).await?;
            let input = GiveOpinion { opinion: word::<v1::Opinion>(opinion), reason: text(reason) };
            changed(ask.app().give_opinion(&ask.wishes_about(id.0), id, input, figures).await)
        })
        .await
    }

    async fn propose_honour(&self, request: Request<v1::ProposeHonourRequest>) -> Changed {
        answer(request, |ask, v1::ProposeHonourRequest { id, reason }| async move {
            let id: HonourId = id_of(&id)?;
            changed(ask.app().propose_honour(&ask.wishes_about(id.0), id, text(reason)).await)
        })
        .await
    }

    async fn drop_honour(&self, request: Request<v1::DropHonourRequest>) -> Changed {
        answer(request, |ask, v1::DropHonourRequest { id, reason }| async move {
            let id: HonourId = id_of(&id)?;
            changed(ask.app().drop_honour(&ask.wishes_about(id.0), id, text(reason)).await)
        })
        .await
    }

    async fn list_honours(&self, request: Request<v1::ListHonoursRequest>) -> Answer<v1::ListHonoursResponse> {
        answer(request, |ask, v1::ListHonoursRequest { community, cursor, limit }| async move {
            let community: Option<CommunityId> = optional("community", &community)?;
            if let Some(community) = &community {
                ask.app().place("community", community).await?;
            }
            let found = ask.views().honours(community.as_ref()).await?;
            let (items, next_cursor) = at_hand(found, |view| format!("{}/{}", view.asked_at, view.id), &cursor, limit)?;
            Ok(v1::ListHonoursResponse { items: items.into_iter().map(honour::shown).collect(), next_cursor })
        })
        .await
    }

    async fn get_honour(&self, request: Request<v1::GetHonourRequest>) -> Answer<v1::GetHonourResponse> {
        answer(request, |ask, v1::GetHonourRequest { id }| async move {
            let view = ask.views().honour(id_of(&id)?).await?.ok_or(Refusal::NotFound)?;
            Ok(v1::GetHonourResponse { honour: Some(honour::shown(view)) })
        })
        .await
    }
}

fn changed(answer: sandan_app::Answer<Honoured>) -> Result<v1::HonourChangedResponse, Refused> {
    let Receipt { position, outcome: Honoured { id }, .. } = answer?;
    Ok(v1::HonourChangedResponse { id: id.to_string(), position })
}
