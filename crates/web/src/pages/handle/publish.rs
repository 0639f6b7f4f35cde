//! `/admin`, the policies of a community: what holds, what was published, and publishing with a look ahead.

use axum::http::header::CONTENT_TYPE;
use sandan_app::policies::WorkView;
use sandan_app::{Action, Preview, PublishCalendar, PublishPolicy, Refusal, SAMPLE_POLICY, TermsInput, parse_days};
use sandan_domain::time::year_spans;
use sandan_domain::{CommunityId, Flaw, InputError};

use super::policy;
use crate::multipart;
use crate::pages::admin::{PolicyCard, PolicyRow, VersionRow};
use crate::pages::form::Form;
use crate::pages::texts::Texts;
use crate::pages::visit::Visit;
use crate::problem::{FieldProblem, Problem};

/// What came of a form: a position of the log, or a look ahead.
pub(super) enum Done {
    Published(u64),
    Looked(String),
}

/// The forms as they come first: with the sample, and with the heading of a table of days.
pub(super) fn empty(name: &'static str, community: Option<&CommunityId>) -> Form {
    let form = Form::empty(name).with("community", community.map(ToString::to_string).unwrap_or_default());
    match name {
        "policies" => form.with("terms", SAMPLE_POLICY),
        _ => form.with("days", "date,kind,name\n2027-01-01,off,元旦\n"),
    }
}

/// What was sent. A file that was chosen stands for the text beside it, and is shown there when the form comes back.
pub(super) async fn form(visit: &Visit, name: &'static str) -> Result<Form, Problem> {
    let kind = visit.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if visit.upload.is_empty() {
        return Ok(visit.form(name));
    }
    let sent = multipart::fields(visit.upload.clone(), kind, visit.site.settings.body_bytes_max).await?;
    let form = Form::sent(name, sent.into_iter().collect());
    let field = if name == "policies" { "terms" } else { "days" };
    Ok(match form.given("file") {
        Some(text) => form.with(field, text.trim_start_matches('\u{feff}')).with("file", ""),
        None => form,
    })
}

pub(super) async fn act(visit: &Visit, name: &str, form: &Form) -> Result<Done, Problem> {
    let (app, ahead) = (&visit.site.app, form.is("do", "preview"));
    let caller = visit.caller(Action::PublishPolicy, form);
    if name == "policies" {
        let policy = TermsInput::parse(form.value("terms")).map_err(|error| malformed("terms", error))?;
        let input = PublishPolicy { community: form.given("community"), from: form.given("from"), policy };
        return Ok(match ahead {
            true => Done::Looked(told(visit.t, app.preview_policy(&caller, &input).await?, input.from.is_some())),
            false => Done::Published(app.publish_policy(&caller, input).await?.position),
        });
    }
    let days = parse_days(form.value("days").trim()).map_err(|error| malformed("days", error))?;
    let input = PublishCalendar { community: form.given("community"), name: form.given("name"), days };
    Ok(match ahead {
        true => Done::Looked(told(visit.t, app.preview_calendar(&caller, &input).await?, false)),
        false => Done::Published(app.publish_calendar(&caller, input).await?.position),
    })
}

fn malformed(field: &str, flaw: Flaw) -> Problem {
    Refusal::field(field, InputError::malformed(flaw)).into()
}

fn told(t: Texts, preview: Preview, is_later: bool) -> String {
    let moves = t.a2("preview-moves", "earlier", preview.earlier, "later", preview.later);
    let seen = t.a2("preview-seen", "seen", preview.seen, "overdue", preview.overdue);
    let more = if preview.more { t.s("preview-more") } else { String::new() };
    let now = if is_later { t.s("preview-as-of-now") } else { String::new() };
    format!("{seen} {moves} {more}{now}")
}

/// What is wrong within a policy or a table, for the one field in which it was typed.
pub(super) fn within(form: Form, name: &str, t: Texts, problem: &Problem) -> Form {
    let outer = ["community", "from", if name == "policies" { "terms" } else { "name" }];
    let inner = problem.errors.iter().filter(|error| !outer.contains(&error.field.as_str()));
    // Whoever typed a policy wrote its fields without the name of the whole.
    let field = |name: &str| name.strip_prefix("policy.").unwrap_or(name).to_owned();
    let line = |error: &FieldProblem| format!("{} {}", field(&error.field), error.message.text(t.language));
    let lines: Vec<String> = inner.map(line).collect();
    let mut form = form;
    if !lines.is_empty() {
        form.complain(if name == "policies" { "terms" } else { "days" }, lines.join("；"));
    }
    form
}

/// The community that the tab shows: the one that was asked for, else the first.
pub(super) async fn card(visit: &Visit, community: &CommunityId) -> Result<PolicyCard, Problem> {
    let (t, calendar) = (visit.t, visit.calendar());
    let view = visit.site.app.published(&visit.who.caller, community).await?;
    let today = view.in_force.zone.to_datetime(calendar.now).date();
    let missing = view.in_force.calendar.missing_soon(today);
    let version = |label: &str, number: u32, name: &str, from, holds| VersionRow {
        label: t.a2(label, "version", number, "name", name),
        from: calendar.moment(from).text,
        holds,
    };
    let policies = view.versions.iter().map(|known| {
        version("policy-version-of", known.version.version, &known.version.terms.name, known.version.from, known.holds)
    });
    let calendars = view
        .calendars
        .iter()
        .map(|known| version("calendar-version-of", known.version, &known.name, known.from, false));
    let class = |class: &sandan_domain::time::Class| {
        let limits = class.limits.values().map(|limit| policy::words(*limit, t)).collect::<Vec<_>>().join("；");
        PolicyRow { label: class.name.clone(), text: limits }
    };
    Ok(PolicyCard {
        community: community.to_string(),
        rows: policy::rows(&view.in_force, t),
        classes: view.in_force.classes.iter().map(class).collect(),
        versions: policies.chain(calendars).collect(),
        work: view
            .work
            .iter()
            .map(|work: &WorkView| t.a2("policy-work", "seen", work.seen, "moved", work.moved))
            .collect(),
        missing: year_spans(&missing).into_iter().map(|years| t.a("policy-year-missing", "year", years)).collect(),
    })
}
