//! `/errors`: what each kind of problem means, and the page that a problem is shown on.

use askama::Template;
use axum::extract::Path;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sandan_domain::category::Language;

use crate::identity;
use crate::pages::case::Way;
use crate::pages::fields::escaped;
use crate::pages::problem::{HelpPage, ProblemPage, topics};
use crate::pages::shell::{Account, Shell, home_of};
use crate::pages::texts::Texts;
use crate::pages::visit::{Answer, Visit, page, rehearsal};
use crate::problem::Problem;
use crate::site::Site;

pub(crate) async fn all(visit: Visit) -> Answer {
    let t = visit.t;
    page(&HelpPage { t, shell: visit.shell(t.s("help-title")), topic: None, all: topics(t) })
}

pub(crate) async fn one(Path(code): Path<String>, visit: Visit) -> Answer {
    let topic = topics(visit.t).into_iter().find(|topic| topic.code == code).ok_or_else(Problem::not_found)?;
    let shell = visit.shell(visit.t.s("help-title"));
    page(&HelpPage { t: visit.t, shell, topic: Some(topic), all: Vec::new() })
}

/// Shows a problem to a person: on the way to sign in where that helps, else on a page with ways out.
pub(crate) async fn problem_page(
    site: &Site,
    headers: &HeaderMap,
    path: &str,
    language: Language,
    problem: &Problem,
) -> Response {
    if problem.status == StatusCode::UNAUTHORIZED {
        return to_sign_in(headers, path);
    }
    let known = identity::recognise(site, headers).await.ok();
    let account = known.and_then(|known| Some(Account { role: known.caller.actor.role(), name: known.account? }));
    let mut page = written(language, path, account, problem);
    page.shell.demo = site.settings.demo;
    page.shell.rehearsal = rehearsal(site);
    let html = page.render().unwrap_or_else(|_| problem.detail.text(language));
    (problem.status, Html(html)).into_response()
}

/// A part of a page takes the whole page with it: it would show the sign-in in its own place otherwise.
fn to_sign_in(headers: &HeaderMap, path: &str) -> Response {
    let around = headers.get("hx-current-url").and_then(|url| url.to_str().ok()?.parse::<Uri>().ok());
    match around {
        Some(page) if headers.contains_key("hx-request") => {
            let next = page.path_and_query().map_or("/", PathAndQuery::as_str);
            let to = [("hx-redirect", format!("/sign-in?next={}", escaped(next)))];
            (StatusCode::UNAUTHORIZED, to).into_response()
        }
        _ => Redirect::to(&format!("/sign-in?next={}", escaped(path))).into_response(),
    }
}

fn written(language: Language, path: &str, account: Option<Account>, problem: &Problem) -> ProblemPage {
    let (t, status) = (Texts::new(language), problem.status.as_u16());
    let unknown_code = problem.status == StatusCode::NOT_FOUND && path.starts_with("/r/");
    let role = account.as_ref().map(|account| account.role);
    let (title, detail) = if unknown_code {
        (t.s("code-unknown-title"), t.s("code-unknown"))
    } else {
        let title = t.try_of("title", &status.to_string()).unwrap_or_else(|| t.s("title-400"));
        (title, problem.detail.text(language))
    };
    let shell = Shell::new(language, title.clone(), "/", account);
    let help = if unknown_code { String::new() } else { t.try_of("help", &status.to_string()).unwrap_or_default() };
    let ways = if path.starts_with("/kiosk") { to_the_kiosk(t) } else { ways(t, role.map(home_of), unknown_code) };
    ProblemPage { t, shell, status, title, detail, help, ways }
}

/// A kiosk leads nowhere else.
fn to_the_kiosk(t: Texts) -> Vec<Way> {
    vec![Way { href: "/kiosk".to_owned(), label: t.s("kiosk-again") }]
}

fn ways(t: Texts, work: Option<&'static str>, unknown_code: bool) -> Vec<Way> {
    let home = if unknown_code { t.s("way-follow") } else { t.s("way-home") };
    let work = work.filter(|work| *work != "/").map(|href| Way { href: href.to_owned(), label: t.s("way-back-work") });
    work.into_iter().chain([Way { href: "/".to_owned(), label: home }]).collect()
}
