//! `/sign-in`, `/sign-out`, `/set-up/{secret}`, and the language switch.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use sandan_app::accounts::{AccountError, SignInError};
use sandan_app::{FieldError, Refusal};

use crate::language;
use crate::pages::form::Form;
use crate::pages::shell::home_of;
use crate::pages::sign_in::{SetUpPage, SignInPage};
use crate::pages::visit::{Answer, Visit, own_path, page, with_status};
use crate::problem::Problem;

pub(crate) async fn sign_in(visit: Visit) -> Answer {
    if visit.who.account.is_some() {
        return Ok(Redirect::to(home_of(visit.who.role())).into_response());
    }
    let next = visit.query.get("next").unwrap_or_default().to_owned();
    page(&sign_in_page(&visit, Form::empty("sign-in"), next))
}

fn sign_in_page(visit: &Visit, form: Form, next: String) -> SignInPage {
    let settings = &visit.site.settings;
    SignInPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("sign-in-title")),
        form,
        next,
        plain: !settings.secure,
        allowed: allowed(visit),
    }
}

/// Passwords travel over TLS, or without leaving the machine.
fn allowed(visit: &Visit) -> bool {
    visit.site.settings.allows_sign_in() || visit.who.loopback
}

pub(crate) async fn sign_in_send(visit: Visit) -> Answer {
    let mut form = visit.form("sign-in");
    let next = form.value("next").to_owned();
    if !allowed(&visit) {
        return with_status(StatusCode::FORBIDDEN, &sign_in_page(&visit, Form::empty("sign-in"), next));
    }
    let (name, password) = (form.value("name").to_owned(), form.value("password").to_owned());
    match visit.site.app.accounts().sign_in(&name, &password).await {
        Ok(secret) => enter(&visit, secret.as_str(), &next).await,
        Err(error) => {
            let (status, message) = why_not(&visit, error)?;
            form = form.with("password", "");
            form.banner = Some(message);
            with_status(status, &sign_in_page(&visit, form, next))
        }
    }
}

fn why_not(visit: &Visit, error: SignInError) -> Result<(StatusCode, String), Problem> {
    let t = visit.t;
    Ok(match error {
        SignInError::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, t.s("sign-in-wrong")),
        SignInError::Disabled => (StatusCode::FORBIDDEN, t.s("sign-in-disabled")),
        SignInError::LockedOut { until } => {
            let until = until.to_zoned(visit.calendar().zone).strftime("%H:%M").to_string();
            (StatusCode::TOO_MANY_REQUESTS, t.a("sign-in-locked", "when", until))
        }
        SignInError::Unavailable(error) => return Err(error.into()),
    })
}

/// Sets the session's cookie and goes where the role works, or where the visitor wanted to go.
async fn enter(visit: &Visit, secret: &str, next: &str) -> Answer {
    let session = visit.site.app.accounts().session(secret).await?;
    let home = session.map_or("/", |session| home_of(session.account.role));
    let cookie = cookie(visit, visit.site.settings.session_cookie(), secret.to_owned());
    Ok((CookieJar::new().add(cookie), Redirect::to(own_path(next, home))).into_response())
}

fn cookie(visit: &Visit, name: &'static str, value: String) -> Cookie<'static> {
    let secure = visit.site.settings.secure;
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(secure).build()
}

pub(crate) async fn sign_out(visit: Visit) -> Answer {
    let name = visit.site.settings.session_cookie();
    if let Some(cookie) = CookieJar::from_headers(&visit.headers).get(name) {
        visit.site.app.accounts().sign_out(cookie.value()).await?;
    }
    let mut gone = cookie(&visit, name, String::new());
    gone.make_removal();
    Ok((CookieJar::new().add(gone), Redirect::to("/")).into_response())
}

pub(crate) async fn set_up(Path(secret): Path<String>, visit: Visit) -> Answer {
    if !visit.site.app.accounts().is_setup_secret(&secret).await? {
        return Err(used(&visit));
    }
    page(&SetUpPage { t: visit.t, shell: visit.shell(visit.t.s("set-up-title")), form: Form::empty("set-up") })
}

fn used(visit: &Visit) -> Problem {
    let mut problem = Problem::not_found();
    problem.detail = crate::problem::Words::in_both(visit.t.s("set-up-used"), visit.t.s("set-up-used"));
    problem
}

pub(crate) async fn set_up_send(Path(secret): Path<String>, visit: Visit) -> Answer {
    let mut form = visit.form("set-up");
    let (name, password) = (form.value("name").to_owned(), form.value("password").to_owned());
    if password != form.value("again") {
        form.complain("again", visit.t.s("account-password-differs"));
        return set_up_again(&visit, StatusCode::UNPROCESSABLE_ENTITY, form);
    }
    let accounts = visit.site.app.accounts();
    match accounts.complete_setup(&secret, &name, &password).await {
        Ok(_) => match accounts.sign_in(&name, &password).await {
            Ok(secret) => enter(&visit, secret.as_str(), "/admin").await,
            Err(_) => Ok(Redirect::to("/sign-in").into_response()),
        },
        Err(AccountError::SetUpBefore) => Err(used(&visit)),
        Err(error) => {
            let (status, form) = form.refuse(visit.t, account_problem(error))?;
            set_up_again(&visit, status, form)
        }
    }
}

fn set_up_again(visit: &Visit, status: StatusCode, form: Form) -> Answer {
    let form = form.with("password", "").with("again", "");
    with_status(status, &SetUpPage { t: visit.t, shell: visit.shell(visit.t.s("set-up-title")), form })
}

/// What an account's error is to a form.
pub(super) fn account_problem(error: AccountError) -> Problem {
    match error {
        AccountError::Input { field, error } => {
            Refusal::Invalid(vec![FieldError { field: field.to_owned(), error }]).into()
        }
        AccountError::NotFound(name) => {
            let error = sandan_domain::InputError::unknown(sandan_domain::NoSuch::Account { name: name.to_owned() });
            Refusal::field("name", error).into()
        }
        AccountError::NoToken | AccountError::SetUpBefore => Problem::not_found(),
        AccountError::Unavailable(error) => error.into(),
    }
}

/// Keeps the choice of a language and goes back.
pub(crate) async fn choose_language(visit: Visit) -> Response {
    let chosen = visit.sent.get("language").and_then(language::named).unwrap_or(visit.t.language);
    let mut cookie = cookie(&visit, language::COOKIE, language::code(chosen).to_owned());
    cookie.make_permanent();
    let back = visit.sent.get("back").unwrap_or("/");
    (CookieJar::new().add(cookie), Redirect::to(own_path(back, "/"))).into_response()
}
