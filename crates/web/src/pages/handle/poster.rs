//! `/requests/{id}/poster` to print, and `/v/{id}` where its QR code leads: on to the ballot of whoever has a code.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use sandan_domain::RequestId;
use sandan_views::{RequestView, Sight};

use super::case::Seen;
use super::home::normal;
use super::receipt::qr;
use super::show;
use crate::lookup;
use crate::pages::form::Form;
use crate::pages::request::{PosterPage, VotePage};
use crate::pages::texts::Texts;
use crate::pages::visit::{Answer, Visit, page, with_status};
use crate::problem::Problem;

pub(crate) async fn poster(Path(id): Path<uuid::Uuid>, visit: Visit) -> Answer {
    let Seen { id, view, names, .. } = Seen::by(&visit, RequestId(id)).await?;
    let calendar = visit.calendar();
    let link = visit.link(&format!("/v/{id}"));
    page(&PosterPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("poster-title")),
        title: title(&view, visit.t),
        number: view.number.to_string(),
        unit: view.unit.as_ref().map(|unit| names.unit(&view.community, unit)),
        until: view.ratings.closes_at.map(|closes_at| calendar.moment(closes_at).text),
        qr: qr(&link)?,
        link,
    })
}

pub(crate) async fn vote(Path(id): Path<uuid::Uuid>, visit: Visit) -> Answer {
    page(&vote_page(&visit, RequestId(id), Form::empty("vote")).await?)
}

/// A code of this request, or of one that was merged into it, leads to its own page; a wrong one is said at its field.
pub(crate) async fn vote_send(Path(id): Path<uuid::Uuid>, visit: Visit) -> Answer {
    let mut form = visit.form("vote");
    let code = form.value("code").to_owned();
    match lookup::by_code(&visit.site, &visit.who, &code).await {
        Ok((own, _)) if visit.site.app.surviving(own).await? == RequestId(id) => {
            Ok(Redirect::to(&format!("/r/{}?via=qr#rate", normal(&code))).into_response())
        }
        Ok(_) => {
            form.complain("code", visit.t.s("vote-other-request"));
            with_status(StatusCode::NOT_FOUND, &vote_page(&visit, RequestId(id), form).await?)
        }
        Err(problem) if problem.status == StatusCode::NOT_FOUND => {
            form.complain("code", visit.t.s("follow-unknown"));
            with_status(problem.status, &vote_page(&visit, RequestId(id), form).await?)
        }
        Err(problem) => Err(problem),
    }
}

async fn vote_page(visit: &Visit, id: RequestId, form: Form) -> Result<VotePage, Problem> {
    let view = visit.site.views.request(&Sight::All, id).await?.ok_or_else(Problem::not_found)?;
    let join = view.state.is_open().then(|| format!("/join/{id}"));
    let t = visit.t;
    Ok(VotePage { t, shell: visit.shell(t.s("poster-title")), title: title(&view, t), join, form })
}

/// The desk's own words, or the category: a resident's words are never public (R5).
fn title(view: &RequestView, t: Texts) -> String {
    let category = || view.category.as_ref().map(|category| show::category(category, t));
    view.public_title.clone().or_else(category).unwrap_or_else(|| t.s("no-title"))
}
