//! `/admin`: the organisation, accounts, tokens, time policies, and notices.

use askama::Template;

use super::form::Form;
use super::line::Choice;
use super::shell::Shell;
use super::texts::Texts;

pub const ADMIN_TABS: [&str; 6] = ["organisation", "members", "accounts", "tokens", "policy", "notices"];

#[derive(Template)]
#[template(path = "admin.html")]
pub struct AdminPage {
    pub t: Texts,
    pub shell: Shell,
    pub tab: String,
    /// A new token, shown this once.
    pub secret: Option<String>,
    pub communities: Vec<CommunityCard>,
    pub choices: Vec<Choice>,
    pub roles: Vec<Choice>,
    pub users: Vec<UserRow>,
    pub tokens: Vec<TokenRow>,
    /// Of the community that is shown.
    pub policy: Option<PolicyCard>,
    pub notices: Option<NoticesCard>,
    /// Of the unit that is shown.
    pub members: Option<MembersCard>,
    /// What publishing would move.
    pub looked: Option<String>,
    pub acts: Vec<AdminAct>,
}

#[derive(Clone, Debug)]
pub struct CommunityCard {
    pub slug: String,
    pub name: String,
    pub parent: Option<String>,
    pub grids: Vec<GridTag>,
    pub units: Vec<UnitRow>,
}

#[derive(Clone, Debug)]
pub struct GridTag {
    pub name: String,
    pub lead: Option<String>,
}

#[derive(Clone, Debug)]
pub struct UnitRow {
    pub slug: String,
    pub name: String,
    pub categories: String,
    pub load: u32,
    /// A number, or that none is stated.
    pub capacity: String,
}

#[derive(Clone, Debug)]
pub struct UserRow {
    pub name: String,
    pub role: &'static str,
    pub place: String,
    pub disabled: bool,
}

#[derive(Clone, Debug)]
pub struct TokenRow {
    pub role: &'static str,
    pub place: String,
    pub expires: String,
}

/// The time policy of a community.
#[derive(Clone, Debug)]
pub struct PolicyCard {
    pub community: String,
    pub rows: Vec<PolicyRow>,
    pub classes: Vec<PolicyRow>,
    /// Its own, the newest first.
    pub versions: Vec<VersionRow>,
    pub work: Vec<String>,
    pub missing: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct VersionRow {
    pub label: String,
    pub from: String,
    pub holds: bool,
}

#[derive(Clone, Debug)]
pub struct PolicyRow {
    pub label: String,
    pub text: String,
}

/// Whose telephones are a unit's staff's (R14). The numbers are not kept.
#[derive(Clone, Debug)]
pub struct MembersCard {
    /// All units that can be shown.
    pub units: Vec<Choice>,
    /// The one that is: `community/unit`.
    pub of: String,
    pub community: String,
    pub unit: String,
    pub name: String,
    pub rows: Vec<MemberRow>,
}

#[derive(Clone, Debug)]
pub struct MemberRow {
    pub person: String,
    /// The beginning of it, to tell rows apart.
    pub short: String,
}

/// Messages to people and programs, and what became of them.
#[derive(Clone, Debug)]
pub struct NoticesCard {
    pub hooks: Vec<HookRow>,
    /// Single messages on their way.
    pub waiting: usize,
    /// What could not be delivered, the newest first.
    pub dead: Vec<DeadRow>,
    /// That are not shown.
    pub dead_more: usize,
}

#[derive(Clone, Debug)]
pub struct HookRow {
    pub url: String,
    pub feed: &'static str,
    /// Events that it was not told yet.
    pub behind: u64,
    pub error: String,
    pub disabled: bool,
}

#[derive(Clone, Debug)]
pub struct DeadRow {
    pub id: String,
    pub what: String,
    pub request: Option<String>,
    /// Masked.
    pub to: String,
    pub attempts: u32,
    pub error: String,
    pub since: Option<String>,
}

/// Something that an administrator can do, with its form.
#[derive(Clone, Debug)]
pub struct AdminAct {
    pub name: &'static str,
    pub open: bool,
    pub form: Form,
}
