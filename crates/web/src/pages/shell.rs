//! What stands around every page: brand, navigation, account, language switch and warnings.

use sandan_domain::Role;
use sandan_domain::category::Language;

use super::texts::Texts;

/// The frame of one page.
#[derive(Clone, Debug)]
pub struct Shell {
    /// Name of the page, for the window and the history.
    pub title: String,
    /// Path of the page, without its query: the language switch and the sign-in come back to it.
    pub path: String,
    pub account: Option<Account>,
    pub nav: Vec<NavItem>,
    /// The program's time is set by a rehearsal clock; this is what it says.
    pub rehearsal: Option<String>,
    pub demo: bool,
    /// The page listens for changes, so that it needs scripts beyond the small ones.
    pub live: bool,
    /// What came of the last step.
    pub notice: Option<Notice>,
}

#[derive(Clone, Debug)]
pub struct Account {
    pub name: String,
    pub role: Role,
}

#[derive(Clone, Debug)]
pub struct NavItem {
    pub href: &'static str,
    pub label: String,
    pub icon: &'static str,
    pub current: bool,
}

/// A line on top of the page.
#[derive(Clone, Debug)]
pub struct Notice {
    pub good: bool,
    pub text: String,
}

/// Where the navigation leads, and for whom. Residents see the last entry of `SECTIONS` and the first.
const SECTIONS: [(&str, &str, &str, &[Role]); 12] = [
    ("/", "home", "slips", &[Role::Resident, Role::Hotline, Role::GridWorker, Role::Dispatcher]),
    ("/unit", "unit", "tool", &[Role::Unit]),
    ("/desk", "desk", "desk", DESK),
    ("/calls", "calls", "phone", &[Role::Hotline, Role::Dispatcher]),
    ("/oversight", "oversight", "alert", &[Role::Supervisor, Role::Oversight]),
    ("/evaluations", "evaluations", "check", EVERYBODY),
    ("/projects", "projects", "calendar", EVERYBODY),
    ("/scores", "scores", "star", SCORES),
    ("/board", "board", "board", WATCH),
    ("/ledger", "ledger", "book", WATCH),
    ("/admin", "admin", "key", &[Role::Administrator]),
    ("/open", "open", "eye", &[Role::Resident, Role::Supervisor, Role::Oversight, Role::Unit]),
];
const DESK: &[Role] =
    &[Role::Dispatcher, Role::Hotline, Role::GridWorker, Role::Supervisor, Role::Oversight, Role::Administrator];
const EVERYBODY: &[Role] = &[Role::Resident, Role::Dispatcher, Role::Unit, Role::Supervisor, Role::Oversight];
const SCORES: &[Role] =
    &[Role::Unit, Role::Dispatcher, Role::GridWorker, Role::Supervisor, Role::Oversight, Role::Administrator];
const WATCH: &[Role] = &[Role::Dispatcher, Role::Supervisor, Role::Oversight, Role::Administrator];

/// Whether a section is for this role: it is open to those whom the navigation leads there.
pub fn is_for(section: &str, role: Role) -> bool {
    SECTIONS.iter().any(|(href, _, _, roles)| *href == section && roles.contains(&role))
}

impl Shell {
    pub fn new(
        language: Language,
        title: impl Into<String>,
        path: impl Into<String>,
        account: Option<Account>,
    ) -> Self {
        let (t, path) = (Texts::new(language), path.into());
        let role = account.as_ref().map_or(Role::Resident, |account| account.role);
        let nav = navigation(t, role, &path);
        Self { title: title.into(), path, account, nav, rehearsal: None, demo: false, live: false, notice: None }
    }

    pub fn live(mut self) -> Self {
        self.live = true;
        self
    }
}

fn navigation(t: Texts, role: Role, path: &str) -> Vec<NavItem> {
    let own = SECTIONS.iter().filter(|(_, _, _, roles)| roles.contains(&role));
    let item = |(href, name, icon, _): &(&'static str, &str, &'static str, &[Role])| NavItem {
        href,
        label: t.of("nav", name),
        icon,
        current: is_within(path, href),
    };
    own.map(item).collect()
}

/// A page belongs to the section whose address begins its own; a case belongs to no section of its own.
fn is_within(path: &str, section: &str) -> bool {
    path == section || (section != "/" && path.strip_prefix(section).is_some_and(|rest| rest.starts_with('/')))
}

/// Where somebody of this role works.
pub const fn home_of(role: Role) -> &'static str {
    match role {
        Role::Unit => "/unit",
        Role::Dispatcher | Role::Hotline | Role::GridWorker => "/desk",
        Role::Supervisor | Role::Oversight => "/board",
        Role::Administrator => "/admin",
        Role::Kiosk => "/kiosk",
        Role::Resident | Role::System => "/",
    }
}
