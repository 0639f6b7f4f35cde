//! `/kiosk`: topic, words, code; how a request stands, and the rating. Nothing of the last visitor stays on the screen.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use sandan_app::{Action, Refusal};
use sandan_domain::Category;
use sandan_domain::CommunityId;
use sandan_domain::category::Taxonomy;
use sandan_views::{CommunityView, Sight};

use super::home::{input, normal};
use super::kiosk_vote;
use super::receipt::qr;
use super::request::{self, Held};
use super::show;
use crate::pages::fields::address;
use crate::pages::form::Form;
use crate::pages::kiosk::{KioskPage, Stands, Step, Topic};
use crate::pages::visit::{Answer, Visit, page, with_status};
use crate::problem::Problem;

/// So long nobody touches it before it goes back to the start.
const IDLE_SECONDS: u32 = 90;

/// After the last word it is the next one's turn.
const THANKS_SECONDS: u32 = 15;

/// The kiosk's community, and where it starts.
pub(super) struct Place {
    pub community: Option<CommunityView>,
    all: Vec<CommunityView>,
    pub start: String,
}

impl Place {
    /// The only community, or the one that the address or the form names.
    pub async fn of(visit: &Visit) -> Result<Self, Problem> {
        let all = visit.site.views.communities(&Sight::All).await?;
        let named = visit.query.get("community").or_else(|| visit.sent.get("community"));
        let community = match &all[..] {
            [only] => Some(only.clone()),
            all => all.iter().find(|view| named == Some(view.slug.as_str())).cloned(),
        };
        let slug = community.as_ref().map(|view| view.slug.as_str());
        let start = address("/kiosk", &[("community", slug.filter(|_| all.len() > 1))]);
        Ok(Self { community, all, start })
    }

    pub fn slug(&self) -> Option<&CommunityId> {
        self.community.as_ref().map(|view| &view.slug)
    }

    fn form(&self) -> Form {
        Form::empty("kiosk").with("community", self.slug().map_or("", CommunityId::as_str))
    }

    fn page(self, visit: &Visit, form: Form, step: Step) -> KioskPage {
        KioskPage {
            t: visit.t,
            shell: visit.shell(visit.t.s("kiosk-title")),
            here: self.start.clone(),
            start: self.start,
            idle_seconds: if matches!(step, Step::Thanks) { THANKS_SECONDS } else { IDLE_SECONDS },
            community: self.community.map(|view| view.name),
            form,
            step,
        }
    }
}

pub(crate) async fn show(visit: Visit) -> Answer {
    let place = Place::of(&visit).await?;
    let form = place.form();
    let step = match (visit.query.get("topic"), visit.query.get("code")) {
        _ if visit.query.get("thanks").is_some() => Ok((form, Step::Thanks)),
        (_, Some(code)) if visit.query.get("told").is_some() => done(&visit, code).await.map(|step| (form, step)),
        (_, Some(code)) => match Held::by(&visit, code).await {
            Ok(held) => stands(&visit, &held, form).await,
            Err(problem) => Err(problem),
        },
        _ if place.community.is_none() && place.all.len() > 1 => {
            Ok((form, Step::Community { choices: show::communities(&place.all, None) }))
        }
        (Some(topic), None) => Ok((form, words(&visit, Taxonomy::national().find(topic)))),
        (None, None) => start(&visit, &place).await.map(|step| (form, step)),
    };
    match step {
        Ok((form, step)) => page(&place.page(&visit, form, step)),
        Err(problem) => lost(&visit, place, problem).await,
    }
}

/// Whoever stands at a kiosk stays there: a code that is not known, or was tried too often, is said where codes are typed.
async fn lost(visit: &Visit, place: Place, problem: Problem) -> Answer {
    let text = match problem.status {
        StatusCode::NOT_FOUND => visit.t.s("follow-unknown"),
        StatusCode::TOO_MANY_REQUESTS => problem.detail.text(visit.t.language),
        _ => return Err(problem),
    };
    let mut form = place.form();
    form.complain("code", text);
    let step = start(visit, &place).await?;
    with_status(problem.status, &place.page(visit, form, step))
}

/// Topics to touch, and the votes that are open.
async fn start(visit: &Visit, place: &Place) -> Result<Step, Problem> {
    let votes = kiosk_vote::open_in(visit, place.slug()).await?;
    Ok(Step::Topic { topics: topics(visit, place), votes })
}

fn topics(visit: &Visit, place: &Place) -> Vec<Topic> {
    let topic = |category: Category| {
        let fields = [("community", place.slug().map(CommunityId::as_str)), ("topic", Some(category.as_str()))];
        Topic {
            href: address("/kiosk", &fields),
            icon: category.as_str().to_owned(),
            label: Taxonomy::national().name(&category, visit.t.language),
        }
    };
    Taxonomy::national().children(None).into_iter().map(topic).collect()
}

fn words(visit: &Visit, topic: Option<Category>) -> Step {
    let topic_value = topic.as_ref().map(|topic| topic.as_str().to_owned()).unwrap_or_default();
    Step::Words { topic: topic.map(|topic| Taxonomy::national().name(&topic, visit.t.language)), topic_value }
}

async fn done(visit: &Visit, code: &str) -> Result<Step, Problem> {
    let held = Held::by(visit, code).await?;
    let qr = qr(&visit.link(&format!("/r/{}", held.code)))?;
    Ok(Step::Done { number: held.view.number.to_string(), code: held.code, qr })
}

async fn stands(visit: &Visit, held: &Held, form: Form) -> Result<(Form, Step), Problem> {
    let (t, view) = (visit.t, &held.view);
    let (ballot, form) = request::ballot_at_kiosk(visit, held, form).await?;
    let (word, sentence) = request::standing(visit, held, ballot.is_some()).await?;
    let stands = Stands {
        code: held.code.clone(),
        word,
        sentence,
        due: view.due_at.filter(|_| show::is_running(view.state)).map(|due| visit.calendar().due(due)),
        number: view.number.to_string(),
        answer: view.answer.clone(),
        ballot,
        reasons: show::reasons(&form, t),
    };
    Ok((form, Step::Stands(Box::new(stands))))
}

/// A rating, and on to the thanks; what can't stand comes back with what was chosen.
pub(crate) async fn rate(visit: Visit) -> Answer {
    let place = Place::of(&visit).await?;
    let held = match Held::by(&visit, visit.sent.get("code").unwrap_or_default()).await {
        Ok(held) => held,
        Err(problem) => return lost(&visit, place, problem).await,
    };
    request::not_of_the_unit(&visit, &held)?;
    let mut form = visit.form("kiosk");
    let (status, form) = if form.given("rating").is_none() {
        form.complain("rating", visit.t.s("ballot-needs-choice"));
        (StatusCode::UNPROCESSABLE_ENTITY, form)
    } else {
        match request::cast(&visit, &held, &form, Some("kiosk".to_owned())).await {
            Ok(_) => {
                let fields = [("community", place.slug().map(CommunityId::as_str)), ("thanks", Some("1"))];
                return Ok(Redirect::to(&address("/kiosk", &fields)).into_response());
            }
            Err(refusal) => form.refuse(visit.t, refusal.into())?,
        }
    };
    let (form, step) = stands(&visit, &held, form).await?;
    with_status(status, &place.page(&visit, form, step))
}

pub(crate) async fn file(visit: Visit) -> Answer {
    let place = Place::of(&visit).await?;
    let form = visit.form("kiosk").with("channel", "kiosk");
    let topic = Taxonomy::national().find(form.value("category"));
    let _slot = visit.site.door.place()?;
    match visit.site.app.file(&visit.caller(Action::File, &form), input(&form, topic.clone())).await {
        Ok(filed) => {
            let (code, after) = (filed.outcome.tracking.to_string(), filed.position.to_string());
            let community = place.slug().map(CommunityId::as_str);
            let fields = [
                ("community", community),
                ("code", Some(code.as_str())),
                ("told", Some("filed")),
                ("after", Some(after.as_str())),
            ];
            Ok(Redirect::to(&address("/kiosk", &fields)).into_response())
        }
        Err(refusal) => refused(&visit, place, form, topic, refusal),
    }
}

fn refused(visit: &Visit, place: Place, form: Form, topic: Option<Category>, refusal: Refusal) -> Answer {
    let (status, form) = form.refuse(visit.t, refusal.into())?;
    let step = words(visit, topic);
    with_status(status, &place.page(visit, form, step))
}

pub(crate) async fn follow(visit: Visit) -> Answer {
    let code = normal(visit.sent.get("code").unwrap_or_default());
    match way_of(&visit, &code).await {
        Ok(way) => Ok(Redirect::to(&way).into_response()),
        Err(problem) => lost(&visit, Place::of(&visit).await?, problem).await,
    }
}

/// Where a code leads: to an open vote, or to how a request stands.
async fn way_of(visit: &Visit, code: &str) -> Result<String, Problem> {
    if let Some(booth) = kiosk_vote::booth_of(visit, code).await? {
        return Ok(booth);
    }
    crate::lookup::by_code(&visit.site, &visit.who, code).await?;
    Ok(address("/kiosk", &[("community", visit.sent.get("community")), ("code", Some(code))]))
}
