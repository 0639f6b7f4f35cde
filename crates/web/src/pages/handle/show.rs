//! From what the read models answer to what the pages show.

use sandan_domain::Share;
use sandan_domain::category::Taxonomy;
use sandan_domain::request::{Channel, Closing, Urgency};
use sandan_domain::review::Reason;
use sandan_domain::time::Light;
use sandan_domain::{Category, CommunityId};
use sandan_views::{CommunityView, Rate, RatesRow, RequestRow, RequestView, State, Which};
use uuid::Uuid;

use super::names::Names;
use crate::pages::case::Way;
use crate::pages::form::Form;
use crate::pages::line::{AnswerText, Choice, Group, Line, Photo, RateTile};
use crate::pages::moment::Calendar;
use crate::pages::texts::Texts;

/// The rows of a list, as staff see them.
pub(crate) fn lines(rows: &[RequestRow], names: &Names, calendar: &Calendar) -> Vec<Line> {
    rows.iter().map(|row| line(row, names, calendar)).collect()
}

fn line(row: &RequestRow, names: &Names, calendar: &Calendar) -> Line {
    let t = calendar.t;
    let words = row.title.as_ref().or(row.excerpt.as_ref()).or(row.public_title.as_ref());
    let unit = row.unit.as_ref().filter(|_| row.owner.as_deref() != Some("desk") || !row.state.is_open());
    Line {
        href: format!("/requests/{}", row.id),
        number: row.number.to_string(),
        title: words.cloned().unwrap_or_else(|| t.s("forgotten")),
        state: row.state.name(),
        light: if row.state.is_open() { light(row.light) } else { "none" },
        urgent: row.urgency == Urgency::Urgent && row.state.is_open(),
        round: row.round,
        category: row.category.as_ref().map(|category| Taxonomy::national().name(category, t.language)),
        place: row.grid.as_ref().map(|grid| names.grid(&row.community, grid)),
        unit: unit.map(|unit| names.unit(&row.community, unit)),
        filed: calendar.moment(row.filed_at),
        due: row.due_at.filter(|_| is_running(row.state)).map(|due| calendar.left(due)),
        claimable: false,
        key: Uuid::new_v4().to_string(),
    }
}

/// What a community is called; its slug where it is not known (yet).
pub(crate) fn community_name(all: &[CommunityView], community: &CommunityId) -> String {
    let known = all.iter().find(|view| view.slug == *community);
    known.map_or_else(|| community.to_string(), |view| view.name.clone())
}

/// Whether a time limit runs: not while the residents rate, not while the clock stands still.
pub(crate) const fn is_running(state: State) -> bool {
    state.is_open() && !matches!(state, State::Completed | State::InReview | State::Suspended)
}

/// The limit of a request, as far as one runs or stands still (R11).
pub(crate) fn due(view: &RequestView, calendar: &Calendar) -> Option<String> {
    let due = view.due_at?;
    match view.state {
        State::Suspended => Some(calendar.due_stands(due)),
        state => is_running(state).then(|| calendar.due(due)),
    }
}

pub(crate) const fn light(light: Light) -> &'static str {
    match light {
        Light::Green => "green",
        Light::Yellow => "yellow",
        Light::Red => "red",
    }
}

pub(crate) const fn closing(closing: Closing) -> &'static str {
    match closing {
        Closing::Satisfied => "satisfied",
        Closing::Unrated => "unrated",
        Closing::Dissatisfied => "dissatisfied",
    }
}

pub(crate) const CHANNELS: [&str; 7] = ["web", "kiosk", "hotline", "mailbox", "liaison", "grid_visit", "partner"];

pub(crate) const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "web",
        Channel::Kiosk => "kiosk",
        Channel::Hotline => "hotline",
        Channel::Mailbox => "mailbox",
        Channel::Liaison => "liaison",
        Channel::GridVisit => "grid_visit",
        Channel::Partner => "partner",
    }
}

/// Who answers for it now, in words.
pub(crate) fn owner(view: &RequestView, names: &Names, t: Texts) -> Option<String> {
    let owner = view.owner.as_deref()?;
    Some(if owner == "desk" { t.s("holder-desk") } else { names.unit_of(&view.community, owner) })
}

/// The answer of the last completion.
pub(crate) fn answer(view: &RequestView, names: &Names, calendar: &Calendar) -> Option<AnswerText> {
    let at = view.completed_at?;
    let by = view.unit.as_ref().map(|unit| names.unit(&view.community, unit));
    Some(AnswerText {
        text: view.answer.clone().unwrap_or_else(|| calendar.t.s("forgotten")),
        by: by.unwrap_or_else(|| calendar.t.s("holder-desk")),
        at: calendar.moment(at),
        solved: view.solved.unwrap_or(false),
        unsolved_reason: view.unsolved_reason.clone(),
    })
}

/// The photos, with what opens them: nothing for staff, the code for a resident.
pub(crate) fn photos(view: &RequestView, code: Option<&str>, calendar: &Calendar) -> Vec<Photo> {
    let query = code.map(|code| format!("?tracking_code={code}")).unwrap_or_default();
    let photo = |photo: &sandan_views::AttachmentView| Photo {
        href: format!("/api/v1/requests/{}/attachments/{}{query}", view.id, photo.id),
        alt: calendar.t.a("photo-alt", "when", calendar.moment(photo.captured_at.unwrap_or(photo.attached_at)).text),
    };
    view.attachments.iter().map(photo).collect()
}

pub(crate) fn category(category: &Category, t: Texts) -> String {
    Taxonomy::national().path_name(category, t.language)
}

/// The categories of two levels under their first level. The path in Chinese is what a form sends.
pub(crate) fn category_groups(t: Texts) -> Vec<Group> {
    let taxonomy = Taxonomy::national();
    let group = |first: Category| {
        let whole = Choice::new(first.as_str(), taxonomy.name(&first, t.language));
        let second = taxonomy.children(Some(&first)).into_iter();
        let rest = second.map(|category| Choice::new(category.as_str(), taxonomy.name(&category, t.language)));
        Group { label: whole.label.clone(), choices: [whole.clone()].into_iter().chain(rest).collect() }
    };
    taxonomy.children(None).into_iter().map(group).collect()
}

/// Categories whose name in either language contains what somebody typed.
pub(crate) fn categories_like(typed: &str, t: Texts, at_most: usize) -> Vec<Choice> {
    use sandan_domain::category::Language::{En, Zh};
    let taxonomy = Taxonomy::national();
    let (typed, mut found) = (typed.trim().to_lowercase(), Vec::new());
    if typed.is_empty() {
        return found;
    }
    for category in taxonomy.all() {
        let names = [Zh, En].map(|language| taxonomy.name(category, language).to_lowercase());
        if names.iter().any(|name| name.contains(&typed)) {
            found.push(Choice::new(category.as_str(), taxonomy.path_name(category, t.language)));
        }
        if found.len() == at_most {
            break;
        }
    }
    found
}

/// The five rates; `href` gives the address of the rows behind a number, where there is one.
pub(crate) fn rates(row: &RatesRow, t: Texts, href: impl Fn(Which, &str) -> Option<String>) -> Vec<RateTile> {
    let tile = |which: Which| {
        let Rate { numerator, denominator, .. } = rate(row, which);
        let beside = beside(row, which, t).into_iter().map(|(without, label)| Way {
            href: href(which, "denominator").map(|href| format!("{href}&without={without}")).unwrap_or_default(),
            label,
        });
        RateTile {
            beside: beside.collect(),
            name: which.name(),
            numerator,
            denominator,
            numerator_href: href(which, "numerator"),
            denominator_href: href(which, "denominator"),
        }
    };
    Which::ALL.map(tile).to_vec()
}

/// The same rate without what was ruled out (R6b, R19a): said wherever something was.
fn beside(row: &RatesRow, which: Which, t: Texts) -> Vec<(&'static str, String)> {
    let without = &row.without_unreasonable;
    let rate = match which {
        Which::Response => without.response,
        Which::Resolution => without.resolution,
        Which::Satisfaction => without.satisfaction,
        Which::OnTime => without.on_time,
        Which::Rework => without.rework,
    };
    let mut said = Vec::new();
    if without.requests > 0 {
        said.push((
            "unreasonable",
            t.a2("rate-without-unreasonable", "count", without.requests, "rate", percent(rate.share())),
        ));
    }
    let struck = &row.without_appealed;
    if struck.ballots > 0 && which == Which::Satisfaction {
        let rate = percent(struck.satisfaction.share());
        said.push(("appealed", t.a2("rate-without-appealed", "count", struck.ballots, "rate", rate)));
    }
    said
}

/// Minutes as hours, to the minute.
pub(crate) fn hours(minutes: u64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// In per cent with one place, rounded as on the tiles.
pub(crate) fn percent(share: Share) -> String {
    let (Share { numerator, denominator }, per_mille) = (share, share.per_mille());
    per_mille.map_or_else(|| "—".to_owned(), |n| format!("{}.{} % ({numerator} / {denominator})", n / 10, n % 10))
}

const fn rate(row: &RatesRow, which: Which) -> Rate {
    match which {
        Which::Response => row.response,
        Which::Resolution => row.resolution,
        Which::Satisfaction => row.satisfaction,
        Which::OnTime => row.on_time,
        Which::Rework => row.rework,
    }
}

/// The reasons to pick from, those of a form ticked.
pub(crate) fn reasons(form: &Form, t: Texts) -> Vec<Choice> {
    let choice = |reason: &Reason| Choice {
        value: reason.code.to_owned(),
        label: reason.name(t.language).to_owned(),
        chosen: form.ticked(&format!("why_{}", reason.code)),
    };
    Reason::all().iter().map(choice).collect()
}

/// The reasons that a form has ticked.
pub(crate) fn picked(form: &Form) -> Vec<String> {
    let ticked = |reason: &&Reason| form.ticked(&format!("why_{}", reason.code));
    Reason::all().iter().filter(ticked).map(|reason| reason.code.to_owned()).collect()
}

/// A reason by its code, as it is read.
pub(crate) fn reason_name(code: &str, t: Texts) -> String {
    Reason::find(code).map_or_else(|| code.to_owned(), |reason| reason.name(t.language).to_owned())
}

/// The communities in sight, to choose from.
pub(crate) fn communities(all: &[CommunityView], chosen: Option<&CommunityId>) -> Vec<Choice> {
    let chosen = chosen.map(CommunityId::as_str).unwrap_or_default();
    all.iter().map(|community| Choice::new(community.slug.as_str(), community.name.as_str()).chosen(chosen)).collect()
}
