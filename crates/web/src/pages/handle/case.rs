//! `/requests/{id}`: one request for the staff, with what can be done now.

use axum::extract::Path;
use sandan_app::Action;
use sandan_domain::request::{Case, ServiceRequest, Step, Urgency};
use sandan_domain::{RequestId, Role};
use sandan_views::{BallotReason, LIMIT_MAX, RequestView, RoundView, Sight, State, UnitView};

use super::names::Names;
use super::rank::rank;
use super::show;
use super::tale::{Reader, Teller};
use crate::pages::case::{Act, Candidate, CasePage, Fact, ReviewNote, Way, step_icon};
use crate::pages::form::Form;
use crate::pages::line::Choice;
use crate::pages::moment::Calendar;
use crate::pages::shell::home_of;
use crate::pages::texts::Texts;
use crate::pages::visit::{Answer, Visit, page};
use crate::problem::Problem;

/// Steps of the staff, each with the action that the role must be allowed, in the order of the work.
const STEPS: [(Step, Action); 15] = [
    (Step::Triage, Action::Triage),
    (Step::Rule, Action::Rule),
    (Step::Dispatch, Action::Dispatch),
    (Step::Claim, Action::Claim),
    (Step::Complete, Action::Complete),
    (Step::Progress, Action::Progress),
    (Step::Verify, Action::Verify),
    (Step::Resume, Action::Resume),
    (Step::Attach, Action::Attach),
    (Step::Extend, Action::Extend),
    (Step::Return, Action::Return),
    (Step::Suspend, Action::Suspend),
    (Step::Close, Action::Close),
    (Step::Unreasonable, Action::ProposeUnreasonable),
    (Step::UnreasonableDecision, Action::DecideUnreasonable),
];

/// A form that was refused, to be shown in the place of its step.
#[derive(Default)]
pub(super) struct Refused {
    pub step: &'static str,
    pub form: Option<Form>,
    pub banner: Option<String>,
}

/// A request within the visitor's reach.
pub(super) struct Seen {
    pub id: RequestId,
    pub sight: Sight,
    pub view: RequestView,
    pub case: Box<Case>,
    pub names: Names,
}

impl Seen {
    pub async fn by(visit: &Visit, id: RequestId) -> Result<Self, Problem> {
        visit.permit(Action::See)?;
        let ServiceRequest::Filed(case) = &*visit.site.app.request(id).await? else { return Err(Problem::not_found()) };
        visit.site.app.who_may_see(&visit.who.caller, &case.community).await?;
        let sight = visit.sight().await?;
        let view = visit.site.views.request(&sight, id).await?.ok_or_else(Problem::not_found)?;
        let names = Names::of(&visit.site.views, std::iter::once(&case.community)).await?;
        Ok(Self { id, sight, view, case: case.clone(), names })
    }
}

pub(crate) async fn show(Path(id): Path<uuid::Uuid>, visit: Visit) -> Answer {
    let seen = Seen::by(&visit, RequestId(id)).await?;
    page(&case_page(&visit, seen, Refused::default()).await?)
}

pub(super) async fn case_page(visit: &Visit, seen: Seen, refused: Refused) -> Result<CasePage, Problem> {
    let (t, role) = (visit.t, visit.who.role());
    let Seen { id, sight, view, case, names } = &seen;
    let calendar = visit.calendar_of(&view.community).await?;
    let items = visit.site.views.timeline(sight, *id, None, LIMIT_MAX).await?.items;
    let reader = if role == Role::Unit { Reader::Unit } else { Reader::Staff };
    let teller = Teller { reader, community: &view.community, names, calendar: &calendar };
    let acts = acts(visit, view, case, refused.form.map(|form| (refused.step, form)));
    let has = |step: &str| acts.iter().any(|act| act.step == step);
    let units = if has("dispatch") || has("rule") { units(visit, view).await? } else { Vec::new() };
    let merge_into = if has("triage") { candidates(visit, view, names, &calendar).await? } else { Vec::new() };
    let late = items.iter().rev().find(|item| item.kind == "sandan.request.dispatched");
    let words = view.title.as_ref().or(view.public_title.as_ref());
    let title = words.cloned().unwrap_or_else(|| short(view.description.as_deref()).unwrap_or_else(|| t.s("no-title")));
    Ok(CasePage {
        t,
        shell: visit.shell(&*title),
        back: Way { href: home_of(role).to_owned(), label: t.s("way-back-work") },
        href: format!("/requests/{id}"),
        title,
        number: view.number.to_string(),
        state: view.state.name(),
        light: view.state.is_open().then(|| show::light(view.light)),
        urgent: view.urgency == Urgency::Urgent,
        round: view.round,
        late_arrival: late.is_some_and(|item| item.data.get("late_arrival") == Some(&true.into())),
        banner: refused.banner,
        owner: show::owner(view, names, t).unwrap_or_else(|| t.of("state", view.state.name())),
        facts: facts(visit, view, names, &calendar),
        due_tale: super::due::tale(visit, *id, &calendar).await?,
        hands: super::hands::tale(visit, view, names, &calendar).await?,
        description: view.description.clone().unwrap_or_else(|| t.s("forgotten")),
        photos: show::photos(view, None, &calendar),
        answer: show::answer(view, names, &calendar),
        project: super::project_view::served_by(visit, view, "").await?,
        review: review(visit, view),
        tale: teller.tell(&items),
        ranked: rank(&units, view.category.as_ref(), view.location.grid.as_ref(), t),
        units: units.iter().map(|unit| Choice::new(unit.slug.as_str(), unit.name.as_str())).collect(),
        merge_into,
        ballots: ballots(view, t),
        appeals: appeals(view, t),
        reasons: show::reasons(&Form::default(), t),
        poster: (view.state == State::InReview).then(|| format!("/requests/{id}/poster")),
        granting: role == Role::Supervisor,
        acts,
    })
}

/// The beginning of the words, where there is no title.
fn short(words: Option<&str>) -> Option<String> {
    const SIGNS: usize = 28;
    let first = words?.lines().next()?;
    let text: String = first.chars().take(SIGNS).collect();
    Some(if first.chars().count() > SIGNS { format!("{text}…") } else { text })
}

/// What the state permits and the role may.
fn acts(visit: &Visit, view: &RequestView, case: &Case, refused: Option<(&'static str, Form)>) -> Vec<Act> {
    let permitted = case.permitted();
    let main = main_step(view.state);
    // R11: more time is asked for before the deadline; what was asked then can be granted afterwards.
    let is_too_late = case.asked_until.is_none() && !case.due.on_time(visit.calendar().now);
    let may = |(step, action): &(Step, Action)| {
        permitted.contains(step)
            && visit.who.may(*action)
            && is_within_reach(visit, view, *step)
            && !(*step == Step::Extend && is_too_late)
    };
    let mut acts: Vec<Act> =
        STEPS.iter().filter(|entry| may(entry)).map(|(step, _)| act(step.name(), view, main)).collect();
    acts.extend(of_the_review(visit, view).into_iter().map(|step| act(step, view, main)));
    match refused {
        Some((step, form)) => {
            for act in &mut acts {
                act.open = act.step == step;
                if act.open {
                    act.form = form.clone();
                }
            }
        }
        None if acts.iter().all(|act| !act.open) => acts.iter_mut().take(1).for_each(|act| act.open = true),
        None => {}
    }
    acts
}

fn act(step: &'static str, view: &RequestView, main: &str) -> Act {
    let form = Form::empty(step);
    let form = match step {
        "triage" => {
            let category = view.category.as_ref().map_or("", |category| category.as_str());
            let urgency = if view.urgency == Urgency::Urgent { "urgent" } else { "normal" };
            let title = view.public_title.clone().unwrap_or_default();
            form.with("category", category).with("urgency", urgency).with("public_title", title)
        }
        _ => form,
    };
    Act { step, icon: step_icon(step), open: step == main, main: step == main, form }
}

/// What can be done about ballots: entered for somebody, appealed, decided.
fn of_the_review(visit: &Visit, view: &RequestView) -> Vec<&'static str> {
    let leads = visit.who.unit().is_some_and(|unit| view.unit.as_ref() == Some(unit));
    let can = [
        ("entered-ballots", view.state == State::InReview && visit.who.may(Action::EnterBallot)),
        ("appeals", leads && visit.who.may(Action::Appeal) && !ballots(view, visit.t).is_empty()),
        ("appeal-decisions", visit.who.may(Action::DecideAppeal) && !appeals(view, visit.t).is_empty()),
    ];
    can.into_iter().filter(|(_, can)| *can).map(|(step, _)| step).collect()
}

/// The dissatisfied ballots of a round that has ended and that nobody appealed yet (R19a).
fn ballots(view: &RequestView, t: Texts) -> Vec<Choice> {
    let has_ended = view.ratings.closed_at.is_some();
    let of_last = view.reasons.iter().filter(|ballot| has_ended && Some(ballot.round) == view.ratings.round);
    of_last
        .filter(|ballot| ballot.appeal.is_none())
        .map(|ballot| Choice::new(ballot.ballot.to_string(), said(ballot, t)))
        .collect()
}

/// The appeals that wait for a decision.
fn appeals(view: &RequestView, t: Texts) -> Vec<Choice> {
    let waits = |ballot: &&BallotReason| ballot.appeal.as_ref().is_some_and(|appeal| appeal.upheld.is_none());
    let label =
        |ballot: &BallotReason| [Some(said(ballot, t)), pleaded(ballot, t)].into_iter().flatten().collect::<Vec<_>>();
    let choice = |ballot: &BallotReason| Choice::new(ballot.ballot.to_string(), label(ballot).join(" · "));
    view.reasons.iter().filter(waits).map(choice).collect()
}

/// What the unit says against a ballot: its ground, and why.
fn pleaded(ballot: &BallotReason, t: Texts) -> Option<String> {
    let appeal = ballot.appeal.as_ref()?;
    let reason = appeal.reason.clone().unwrap_or_else(|| t.s("forgotten"));
    Some(t.a2("appeal-pleaded", "ground", t.of("ground", appeal.ground.name()), "reason", reason))
}

/// A ballot in one line, without a name.
fn said(ballot: &BallotReason, t: Texts) -> String {
    let picked = ballot.reasons.iter().map(|code| show::reason_name(code, t));
    let wrong = ballot.dispatch_wrong.then(|| t.s("ballot-dispatch-wrong"));
    let remedy = ballot.remedy.as_ref().map(|remedy| format!("{}: {remedy}", t.s("ballot-remedy")));
    let appeal = ballot.appeal.as_ref().map(|appeal| {
        let standing = match appeal.upheld {
            None => "waits",
            Some(true) => "upheld",
            Some(false) => "refused",
        };
        t.of("appeal", standing)
    });
    let words = [Some(t.of("rating", ballot.rating.name()))].into_iter().chain(picked.map(Some));
    let words = words.chain([wrong, ballot.reason.clone(), remedy, appeal]);
    words.flatten().collect::<Vec<_>>().join(" · ")
}

/// The step that a state waits for.
const fn main_step(state: State) -> &'static str {
    match state {
        State::Filed | State::Returned => "triage",
        State::Triaged => "dispatch",
        State::Dispatched => "claim",
        State::Claimed | State::Rework => "complete",
        State::Completed => "verify",
        State::Suspended => "resume",
        State::InReview | State::Closed | State::Rejected | State::Merged | State::Withdrawn => "",
    }
}

/// A unit's steps are for those on the request; nobody verifies their own work (R6a).
fn is_within_reach(visit: &Visit, view: &RequestView, step: Step) -> bool {
    let Some(unit) = visit.who.unit() else { return step != Step::Attach };
    let leads = view.unit.as_ref() == Some(unit);
    let is_on_it = leads || view.units.contains(unit);
    match step {
        Step::Complete | Step::Unreasonable => leads,
        Step::Claim => !is_on_it && view.open_slots > 0 || is_on_it && view.state == State::Dispatched,
        // It is asked for once.
        Step::Extend => is_on_it && asked_until(view).is_none(),
        Step::Return | Step::Progress | Step::Attach => is_on_it,
        Step::Verify => !is_on_it,
        _ => true,
    }
}

/// Units never learn who asked (R21).
fn facts(visit: &Visit, view: &RequestView, names: &Names, calendar: &Calendar) -> Vec<Fact> {
    let t = visit.t;
    let asker = visit.who.role() != Role::Unit;
    let count = |n: u32| (n > 0).then(|| n.to_string());
    let given = [
        ("request-due", show::due(view, calendar)),
        ("case-requester", view.requester.name.clone().filter(|_| asker)),
        ("case-phone", view.requester.phone.clone().filter(|_| asker)),
        ("file-address", view.location.address.clone()),
        ("file-grid", view.location.grid.as_ref().map(|grid| names.grid(&view.community, grid))),
        ("file-category", view.category.as_ref().map(|category| show::category(category, t))),
        ("case-channel", Some(t.of("channel", show::channel(view.channel)))),
        ("receipt-filed", Some(calendar.moment(view.filed_at).text)),
        ("case-co-signers", count(view.co_signers)),
        ("case-returns", count(view.returns)),
        ("case-public-title", view.public_title.clone()),
        ("case-extension-asked", asked_until(view).map(|until| calendar.until(until))),
        ("case-suspended", view.suspended.as_ref().map(|held| calendar.until(held.review_on))),
        ("case-ended-reason", view.ended_reason.clone()),
        ("case-unreasonable", view.unreasonable.map(|said| t.of("unreasonable", said))),
        ("case-burst", view.burst.then(|| t.s("case-burst-line"))),
        ("case-ballot-ways", ways(view, t)),
        ("case-external", view.external.as_ref().map(|external| external.id.clone())),
    ];
    let fact = |(label, text): (&str, Option<String>)| Some(Fact { label: t.s(label), text: text? });
    given.into_iter().filter_map(fact).collect()
}

/// How the ballots of the round came in.
fn ways(view: &RequestView, t: Texts) -> Option<String> {
    let ways = &view.ratings.by_channel;
    let counts =
        [("web", ways.web), ("kiosk", ways.kiosk), ("qr", ways.qr), ("phone", ways.phone), ("paper", ways.paper)];
    let said: Vec<_> =
        counts.iter().filter(|(_, n)| *n > 0).map(|(way, n)| format!("{} {n}", t.of("via", way))).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

fn asked_until(view: &RequestView) -> Option<jiff::Timestamp> {
    view.extension.asked_until.filter(|_| !view.extension.granted)
}

/// Every round, the last one first.
fn review(visit: &Visit, view: &RequestView) -> Vec<ReviewNote> {
    view.rounds.iter().rev().map(|round| note(visit.t, view, round)).collect()
}

fn note(t: Texts, view: &RequestView, round: &RoundView) -> ReviewNote {
    let figures = t.a2("review-figures", "valid", round.valid, "bad", round.dissatisfied);
    let outcome = round.outcome.map(|outcome| format!(" · {}", t.of("event-review-closed", outcome.name())));
    let has_words = |ballot: &&BallotReason| {
        let picked = !ballot.reasons.is_empty() || ballot.remedy.is_some();
        picked || ballot.reason.is_some() || ballot.appeal.is_some() || ballot.dispatch_wrong
    };
    let of_round = view.reasons.iter().filter(|ballot| ballot.round == round.round).filter(has_words);
    ReviewNote {
        line: format!("{}{figures}{}", t.a("review-line", "round", round.round), outcome.unwrap_or_default()),
        reasons: of_round.map(|ballot| said(ballot, t)).collect(),
    }
}

async fn units(visit: &Visit, view: &RequestView) -> Result<Vec<UnitView>, Problem> {
    Ok(visit.site.views.units(&Sight::All, Some(&view.community)).await?)
}

/// Open requests of the same category that this one could be merged into: not yet completed (R5).
async fn candidates(
    visit: &Visit,
    view: &RequestView,
    names: &Names,
    calendar: &Calendar,
) -> Result<Vec<Candidate>, Problem> {
    let Some(category) = &view.category else { return Ok(Vec::new()) };
    let nearby = visit.site.views.nearby(&view.community, Some(category), None).await?;
    let t = visit.t;
    let open = nearby
        .into_iter()
        .filter(|row| row.id != view.id && !matches!(row.state, State::Completed | State::InReview | State::Suspended));
    let candidate = |row: sandan_views::NearbyRow| {
        let grid = row.grid.as_ref().map(|grid| names.grid(&view.community, grid));
        let about = [grid, Some(t.of("state", row.state.name())), Some(calendar.moment(row.filed_at).text)];
        let title = row.public_title.or(row.category.map(|category| show::category(&category, t)));
        Candidate {
            value: row.id.to_string(),
            label: title.unwrap_or_else(|| t.s("no-title")),
            about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        }
    };
    Ok(open.map(candidate).collect())
}
