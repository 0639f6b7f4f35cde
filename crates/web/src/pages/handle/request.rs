//! `/r/{code}`: one request for the resident who holds its code.

use axum::extract::Path;
use axum::http::StatusCode;
use sandan_app::{Action, Attach, Rate, Refusal, Withdraw};
use sandan_domain::request::{Case, Closing, ServiceRequest, Step};
use sandan_domain::review::{Outcome, Rating};
use sandan_domain::{PersonId, RequestId};
use sandan_views::{LIMIT_MAX, RequestView, Sight, State, TimelineItem};

use super::home::normal;
use super::names::Names;
use super::show;
use super::tale::{Reader, Teller, is_of, number};
use crate::pages::form::Form;
use crate::pages::moment::Calendar;
use crate::pages::request::{Ballot, ProgressStep, RequestPage};
use crate::pages::texts::Texts;
use crate::pages::visit::{Answer, Visit, on, page, with_status};
use crate::problem::Problem;
use crate::{lookup, multipart, photo};

/// A request and the one who looks at it.
pub(super) struct Held {
    pub code: String,
    pub person: PersonId,
    /// The request that the code was given for.
    pub own: RequestId,
    /// The one that it is part of now (R5).
    pub id: RequestId,
    pub view: RequestView,
    pub names: Names,
    /// The words are this person's own.
    pub filed: bool,
}

impl Held {
    pub async fn by(visit: &Visit, code: &str) -> Result<Self, Problem> {
        let (own, person) = lookup::by_code(&visit.site, &visit.who, code).await?;
        let id = visit.site.app.surviving(own).await?;
        let view = visit.site.views.request(&Sight::All, id).await?.ok_or_else(lagging)?;
        let names = Names::of(&visit.site.views, std::iter::once(&view.community)).await?;
        let filed = case(visit, own).await?.filer == person;
        Ok(Self { code: normal(code), person, own, id, view, names, filed })
    }

    /// Title, words and photos' owner: those of the request that the code was given for.
    async fn words(&self, visit: &Visit) -> Result<(Option<String>, Option<String>), Problem> {
        if !self.filed {
            return Ok((self.view.public_title.clone(), None));
        }
        if self.own == self.id {
            return Ok((self.view.title.clone(), self.view.description.clone()));
        }
        let own = visit.site.views.request(&Sight::All, self.own).await?;
        Ok(own.map(|own| (own.title, own.description)).unwrap_or_default())
    }
}

/// It stands in the log, and the read model has not got there.
fn lagging() -> Problem {
    Problem::unavailable("the read models have not got to this request yet; try again")
}

async fn case(visit: &Visit, id: RequestId) -> Result<Box<Case>, Problem> {
    match &*visit.site.app.request(id).await? {
        ServiceRequest::Filed(case) => Ok(case.clone()),
        ServiceRequest::Absent => Err(Problem::not_found()),
    }
}

/// The three forms of the page.
struct Forms {
    rating: Form,
    photo: Form,
    withdrawal: Form,
}

impl Forms {
    fn empty() -> Self {
        Self { rating: Form::empty("rating"), photo: Form::empty("photo"), withdrawal: Form::empty("withdrawal") }
    }
}

pub(crate) async fn show(Path(code): Path<String>, visit: Visit) -> Answer {
    let held = Held::by(&visit, &code).await?;
    page(&request_page(&visit, held, Forms::empty()).await?)
}

async fn request_page(visit: &Visit, held: Held, mut forms: Forms) -> Result<RequestPage, Problem> {
    let (t, calendar) = (visit.t, visit.calendar_of(&held.view.community).await?);
    let items = visit.site.views.timeline(&Sight::All, held.id, None, LIMIT_MAX).await?.items;
    let permitted = case(visit, held.id).await?.permitted();
    let (title, description) = held.words(visit).await?;
    let view = &held.view;
    let ballot = ballot(view, &items, held.person, &calendar);
    if let Some(said) = ballot.as_ref().and_then(|_| own_vote(view, &items, held.person))
        && !forms.rating.is_bad()
    {
        forms.rating = said_before(forms.rating, said);
    }
    let teller = Teller {
        reader: Reader::Resident(held.person),
        community: &view.community,
        names: &held.names,
        calendar: &calendar,
    };
    let via = visit.query.get("via").filter(|via| *via == "qr").unwrap_or_default();
    if forms.rating.value("via").is_empty() {
        forms.rating = forms.rating.with("via", via);
    }
    let (heading, sentence) = standing(visit, &held, ballot.is_some()).await?;
    Ok(RequestPage {
        t,
        shell: visit.shell(heading.clone()),
        number: view.number.to_string(),
        tone: tone(view.state),
        heading,
        sentence,
        light: view.state.is_open().then(|| show::light(view.light)),
        steps: steps(view, &calendar),
        owner: show::owner(view, &held.names, t),
        due: show::due(view, &calendar),
        due_tale: super::due::tale(visit, held.id, &calendar).await?,
        category: view.category.as_ref().map(|category| show::category(category, t)),
        title,
        description: description.unwrap_or_else(|| if held.filed { t.s("forgotten") } else { t.s("words-of-another") }),
        photos: if held.filed { show::photos(view, Some(&held.code), &calendar) } else { Vec::new() },
        answer: show::answer(view, &held.names, &calendar),
        tale: teller.tell(&items),
        may_attach: permitted.contains(&Step::Attach),
        may_withdraw: held.filed && held.own == held.id && permitted.contains(&Step::Withdraw),
        ballot,
        project: super::project_view::served_by(visit, view, &held.code).await?,
        reasons: show::reasons(&forms.rating, t),
        code: held.code,
        rating: forms.rating,
        photo: forms.photo,
        withdrawal: forms.withdrawal,
    })
}

fn tone(state: State) -> &'static str {
    match state {
        State::Rejected => "s-bad",
        State::Closed | State::Merged | State::Withdrawn => "s-end",
        _ => "",
    }
}

/// How it stands in a few words and in a sentence. Whoever has no vote in a review reads why, and is not asked for one.
pub(super) async fn standing(visit: &Visit, held: &Held, votes: bool) -> Result<(String, String), Problem> {
    let (t, view) = (visit.t, &held.view);
    if view.state != State::InReview || votes {
        return Ok((t.of("stands", view.state.name()), sentence(t, view)));
    }
    let of_the_unit = visit.site.app.employer(&view.community, &view.units, held.person).await?.is_some();
    let line = if of_the_unit { "stands-line-of-the-unit" } else { "stands-line-next-round" };
    Ok((t.s("stands-others-rate"), t.s(line)))
}

fn sentence(t: Texts, view: &RequestView) -> String {
    match view.closing.filter(|_| view.state == State::Closed) {
        Some(Closing::Dissatisfied) => {
            let reason = view.ended_reason.as_ref().map(|reason| t.a("stands-line-closed-reason", "reason", reason));
            format!("{}{}", t.s("stands-line-closed-dissatisfied"), reason.unwrap_or_default())
        }
        Some(Closing::Unrated) => t.s("stands-line-closed-unrated"),
        Some(Closing::Satisfied) | None => t.of("stands-line", view.state.name()),
    }
}

/// The ballot that this person can cast or change now (R14, R15).
fn ballot(view: &RequestView, items: &[TimelineItem], person: PersonId, calendar: &Calendar) -> Option<Ballot> {
    let (round, closes_at) = (view.ratings.round?, view.ratings.closes_at?);
    let of_round =
        |item: &&TimelineItem, kind: &str| item.kind == kind && number(&item.data, "round") == u64::from(round);
    let opened = items.iter().find(|item| of_round(item, "sandan.review.opened"))?;
    let electorate = opened.data.get("electorate")?.as_array()?;
    let name = person.to_string();
    let own = own_vote(view, items, person);
    if !electorate.iter().any(|voter| voter.as_str() == Some(name.as_str())) {
        return None;
    }
    let rating = own.and_then(|item| item.data.get("rating")?.as_str());
    let cast = Rating::ALL.into_iter().map(Rating::name).find(|name| Some(*name) == rating);
    let is_open = view.state == State::InReview;
    // Rework was certain early: who has not voted still can, until the round would have ended.
    let is_late = view.ratings.outcome == Some(Outcome::Rework) && closes_at > calendar.now && cast.is_none();
    let line = calendar.t.a("ballot-line", "when", calendar.moment(closes_at).text);
    (is_open || is_late).then_some(Ballot { cast, line })
}

/// What this person said last in the round.
fn own_vote<'a>(view: &RequestView, items: &'a [TimelineItem], person: PersonId) -> Option<&'a TimelineItem> {
    let round = u64::from(view.ratings.round?);
    let is_own = |item: &&TimelineItem| {
        item.kind == "sandan.review.rated" && number(&item.data, "round") == round && is_of(item, person)
    };
    items.iter().rev().find(is_own)
}

/// Whoever changes a ballot begins with what they said: what is not taken back stays.
fn said_before(mut form: Form, said: &TimelineItem) -> Form {
    for name in ["rating", "reason", "remedy"] {
        form = form.with(name, said.data[name].as_str().unwrap_or_default());
    }
    for code in said.data["reasons"].as_array().into_iter().flatten().filter_map(|code| code.as_str()) {
        form = form.with(&format!("why_{code}"), "true");
    }
    if said.data["dispatch_wrong"] == true { form.with("dispatch_wrong", "true") } else { form }
}

/// The ballot of whoever stands at a kiosk, and the form filled with what they said before.
pub(super) async fn ballot_at_kiosk(visit: &Visit, held: &Held, form: Form) -> Result<(Option<Ballot>, Form), Problem> {
    let items = visit.site.views.timeline(&Sight::All, held.id, None, LIMIT_MAX).await?.items;
    let ballot = ballot(&held.view, &items, held.person, &visit.calendar());
    let form = match ballot.as_ref().and_then(|_| own_vote(&held.view, &items, held.person)) {
        Some(said) if !form.is_bad() => said_before(form, said),
        _ => form,
    };
    Ok((ballot, form))
}

/// The stations of the way, and how far it has come.
fn steps(view: &RequestView, calendar: &Calendar) -> Vec<ProgressStep> {
    let reviewed = view.rounds.last().and_then(|round| round.closed_at);
    let closed = view.closed_at.filter(|_| view.state == State::Closed);
    let in_work = matches!(view.state, State::Rework) || (view.round > 1 && view.state != State::InReview);
    let completed = view.completed_at.filter(|_| !in_work || closed.is_some());
    let reviewed = reviewed.filter(|_| completed.is_some() && view.state != State::InReview);
    let stations = [
        ("filed", Some(view.filed_at)),
        ("triaged", view.triaged_at),
        ("dispatched", view.dispatched_at),
        ("completed", completed),
        ("reviewed", reviewed.or(closed)),
        ("closed", closed),
    ];
    let ended_badly = matches!(view.state, State::Rejected | State::Withdrawn);
    let mut is_now = true;
    let station = |(name, at): (&str, Option<jiff::Timestamp>)| {
        let look = match at {
            Some(_) => "done",
            None if std::mem::take(&mut is_now) => {
                if ended_badly {
                    "bad"
                } else {
                    "now"
                }
            }
            None => "todo",
        };
        ProgressStep { label: calendar.t.of("step", name), look, at: at.map(|at| calendar.moment(at)) }
    };
    stations.map(station).to_vec()
}

pub(crate) async fn rate(Path(code): Path<String>, visit: Visit) -> Answer {
    let held = Held::by(&visit, &code).await?;
    not_of_the_unit(&visit, &held)?;
    let mut form = visit.form("rating");
    if form.given("rating").is_none() {
        form.complain("rating", visit.t.s("ballot-needs-choice"));
        let forms = Forms { rating: form, ..Forms::empty() };
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &request_page(&visit, held, forms).await?);
    }
    let via = form.given("via").filter(|via| via == "qr");
    let position = cast(&visit, &held, &form, via).await;
    answered(&visit, held, position, "rated", |refused| refused.refuse_into(form, |f, form| f.rating = form)).await
}

/// Somebody who is signed in for the unit that did the work does not vote on it in a resident's name (R14).
pub(super) fn not_of_the_unit(visit: &Visit, held: &Held) -> Result<(), Problem> {
    if visit.who.unit().is_some_and(|unit| held.view.units.contains(unit)) {
        let rejection = sandan_domain::review::Rejection::OfTheUnit.into();
        return Err(Refusal::Rejected { rejection, state: None, permitted: Vec::new() }.into());
    }
    Ok(())
}

/// The ballot that a form has, cast or changed.
pub(super) async fn cast(visit: &Visit, held: &Held, form: &Form, via: Option<String>) -> Result<u64, Refusal> {
    let input = Rate {
        tracking_code: Some(held.code.clone()),
        rating: form.given("rating"),
        reason: form.given("reason"),
        dispatch_wrong: form.ticked("dispatch_wrong").then_some(true),
        reasons: show::picked(form),
        remedy: form.given("remedy"),
        via,
    };
    Ok(visit.site.app.rate(&visit.caller(Action::Rate, form), held.id, input).await?.position)
}

pub(crate) async fn withdraw(Path(code): Path<String>, visit: Visit) -> Answer {
    let held = Held::by(&visit, &code).await?;
    let form = visit.form("withdrawal");
    let input = Withdraw { tracking_code: Some(held.code.clone()), reason: form.given("reason") };
    let done = visit.site.app.withdraw(&visit.caller(Action::Withdraw, &form), held.id, input).await;
    let position = done.map(|done| done.position);
    answered(&visit, held, position, "withdrawn", |r| r.refuse_into(form, |f, form| f.withdrawal = form)).await
}

pub(crate) async fn attach(Path(code): Path<String>, visit: Visit) -> Answer {
    let held = Held::by(&visit, &code).await?;
    let form = Form::empty("photo");
    let done = attach_photo(&visit, &held).await;
    match done {
        Ok(position) => Ok(on(&format!("/r/{}", held.code), "attached", position)),
        Err(problem) => refused(&visit, held, problem, |r| r.refuse_into(form, |f, form| f.photo = form)).await,
    }
}

async fn attach_photo(visit: &Visit, held: &Held) -> Result<u64, Problem> {
    let (bytes, media_type) = uploaded(visit).await?;
    let caller = visit.caller(Action::Attach, &Form::default());
    let input = Attach { tracking_code: Some(held.code.clone()), bytes, media_type };
    Ok(visit.site.app.attach(&caller, held.id, input).await?.position)
}

/// The photo of a form, checked and upright.
pub(super) async fn uploaded(visit: &Visit) -> Result<(bytes::Bytes, Option<String>), Problem> {
    let kind = visit.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let upload = multipart::read(visit.upload.clone(), kind, visit.site.settings.attachment_bytes_max).await?;
    let prepared = tokio::task::spawn_blocking(move || photo::prepare(upload.photo)).await;
    Ok((prepared.map_err(|_| Problem::failed())??, upload.media_type))
}

/// A refusal on its way into one of the page's forms.
struct Refused {
    t: Texts,
    problem: Problem,
}

impl Refused {
    fn refuse_into(self, form: Form, put: impl FnOnce(&mut Forms, Form)) -> Result<(StatusCode, Forms), Problem> {
        let (status, form) = form.refuse(self.t, self.problem)?;
        let mut forms = Forms::empty();
        put(&mut forms, form);
        Ok((status, forms))
    }
}

async fn answered(
    visit: &Visit,
    held: Held,
    done: Result<u64, Refusal>,
    told: &str,
    into: impl FnOnce(Refused) -> Result<(StatusCode, Forms), Problem>,
) -> Answer {
    match done {
        Ok(position) => Ok(on(&format!("/r/{}", held.code), told, position)),
        Err(refusal) => refused(visit, held, refusal.into(), into).await,
    }
}

async fn refused(
    visit: &Visit,
    held: Held,
    problem: Problem,
    into: impl FnOnce(Refused) -> Result<(StatusCode, Forms), Problem>,
) -> Answer {
    let (status, forms) = into(Refused { t: visit.t, problem })?;
    with_status(status, &request_page(visit, held, forms).await?)
}
