//! `/sign-in` for staff, and `/set-up/{secret}` for the first administrator.

use askama::Template;

use super::form::Form;
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    pub t: Texts,
    pub shell: Shell,
    pub form: Form,
    /// Where to go afterwards, a path of ours.
    pub next: String,
    /// Over plain HTTP, which only loopback permits.
    pub plain: bool,
    /// Passwords may travel on this connection at all.
    pub allowed: bool,
}

#[derive(Template)]
#[template(path = "set_up.html")]
pub struct SetUpPage {
    pub t: Texts,
    pub shell: Shell,
    pub form: Form,
}
