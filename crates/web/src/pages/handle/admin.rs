//! `/admin`: the organisation, accounts, tokens, time policies, and notices.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::StatusCode;
use jiff::SignedDuration;
use sandan_app::accounts::{NewToken, NewUser};
use sandan_app::{Action, AddGrid, FieldError, Found, Refusal, RegisterUnit};
use sandan_domain::{CommunityId, InputError, Role, UnitId};
use sandan_views::{GridView, Sight, UnitView};

use super::members;
use super::notices;
use super::publish::{self, Done};
use super::show;
use super::sign_in::account_problem;
use crate::pages::admin::{ADMIN_TABS, AdminAct, AdminPage, CommunityCard, GridTag, TokenRow, UnitRow, UserRow};
use crate::pages::fields::address;
use crate::pages::form::Form;
use crate::pages::line::Choice;
use crate::pages::visit::{Answer, Visit, on, page, with_status};
use crate::problem::Problem;

/// What can be done, and on which tab.
const ACTS: [(&str, &str); 10] = [
    ("communities", "organisation"),
    ("grids", "organisation"),
    ("units", "organisation"),
    ("revise", "organisation"),
    ("members", "members"),
    ("accounts", "accounts"),
    ("password", "accounts"),
    ("tokens", "tokens"),
    ("policies", "policy"),
    ("calendars", "policy"),
];

pub(crate) async fn show(visit: Visit) -> Answer {
    let tab = visit.query.get("tab").unwrap_or(ADMIN_TABS[0]).to_owned();
    page(&admin_page(&visit, &tab, None).await?)
}

pub(super) async fn admin_page(
    visit: &Visit,
    tab: &str,
    refused: Option<(&'static str, Form)>,
) -> Result<AdminPage, Problem> {
    visit.permit(Action::ManageAccounts)?;
    let (t, sight) = (visit.t, visit.sight().await?);
    let tab = ADMIN_TABS.into_iter().find(|known| *known == tab).unwrap_or(ADMIN_TABS[0]);
    let communities = visit.site.views.communities(&sight).await?;
    let units = visit.site.views.units(&sight, None).await?;
    let choices = show::communities(&communities, None);
    let names: BTreeMap<String, String> = choices.iter().map(|c| (c.value.clone(), c.label.clone())).collect();
    let place = |community: Option<&CommunityId>, unit: Option<&UnitId>| {
        let known = |slug: &CommunityId| names.get(slug.as_str()).cloned().unwrap_or_else(|| slug.to_string());
        let community = community.map_or_else(|| t.s("account-everywhere"), known);
        unit.map_or_else(|| community.clone(), |unit| format!("{community} · {unit}"))
    };
    let sent = refused.as_ref().map(|(_, form)| form.value("community"));
    let shown = if tab == "policy" { shown(visit, &communities, sent) } else { None };
    let bad = refused.as_ref().filter(|(step, _)| *step == "members").map(|(_, form)| form);
    let members = match tab {
        "members" => members::card(visit, &units, |community| place(Some(community), None), bad).await?,
        _ => None,
    };
    let acts = acts(visit, tab, &units, shown.as_ref(), refused);
    let acts = acts.into_iter().filter(|act| act.name != "members" || members.is_some()).collect();
    let policy = match &shown {
        Some(community) => Some(publish::card(visit, community).await?),
        None => None,
    };
    let notices = if tab == "notices" { Some(notices::card(visit).await?) } else { None };
    Ok(AdminPage {
        t,
        shell: visit.shell(t.s("admin-title")),
        tab: tab.to_owned(),
        secret: None,
        communities: cards(visit, &sight, &communities, units, &names).await?,
        choices,
        roles: Role::STAFF.map(|role| Choice::new(role.name(), t.of("role", role.name()))).to_vec(),
        users: users(visit, tab, &place).await?,
        tokens: tokens(visit, tab, &place).await?,
        policy,
        notices,
        members,
        looked: None,
        acts,
    })
}

/// The forms of a tab. A unit to revise comes in with what it offers now.
fn acts(
    visit: &Visit,
    tab: &str,
    units: &[UnitView],
    shown: Option<&CommunityId>,
    refused: Option<(&'static str, Form)>,
) -> Vec<AdminAct> {
    let named = |unit: &&UnitView| {
        visit.query.is("unit", unit.slug.as_str()) && visit.query.is("community", unit.community.as_str())
    };
    let revised = units.iter().find(named);
    let wanted = |name: &str| name != "revise" || revised.is_some() || refused.as_ref().is_some_and(|r| r.0 == name);
    let here = ACTS.iter().filter(|(name, of)| *of == tab && wanted(name));
    let act = |(name, _): &(&'static str, &str)| match (&refused, revised) {
        (Some((step, form)), _) if step == name => AdminAct { name, open: true, form: form.clone() },
        (None, Some(unit)) if *name == "revise" => AdminAct { name, open: true, form: offer(unit) },
        _ if tab == "policy" => AdminAct { name, open: false, form: publish::empty(name, shown) },
        _ => AdminAct { name, open: tab != "organisation" && *name != "password", form: Form::empty(name) },
    };
    here.map(act).collect()
}

/// The community whose policy is shown: that of the form, or the one that was asked for, else the first.
fn shown(visit: &Visit, communities: &[sandan_views::CommunityView], sent: Option<&str>) -> Option<CommunityId> {
    let wanted = sent.or_else(|| visit.query.get("community"));
    let asked = communities.iter().find(|community| Some(community.slug.as_str()) == wanted);
    asked.or(communities.first()).map(|community| community.slug.clone())
}

fn offer(unit: &UnitView) -> Form {
    let categories = unit.categories.iter().map(|category| category.as_str()).collect::<Vec<_>>().join("\n");
    let grids = unit.grids.iter().map(|grid| grid.as_str()).collect::<Vec<_>>().join(" ");
    let capacity = unit.capacity.map(|capacity| capacity.to_string()).unwrap_or_default();
    Form::empty("revise")
        .with("community", unit.community.as_str())
        .with("slug", unit.slug.as_str())
        .with("name", unit.name.as_str())
        .with("categories", categories)
        .with("grids", grids)
        .with("capacity", capacity)
}

async fn cards(
    visit: &Visit,
    sight: &Sight,
    communities: &[sandan_views::CommunityView],
    units: Vec<UnitView>,
    names: &BTreeMap<String, String>,
) -> Result<Vec<CommunityCard>, Problem> {
    let grids = visit.site.views.grids(sight, None).await?;
    let card = |community: &sandan_views::CommunityView| {
        let grid = |grid: &GridView| GridTag { name: grid.name.clone(), lead: grid.lead.clone() };
        let parent = community.parent.as_ref();
        CommunityCard {
            slug: community.slug.to_string(),
            name: community.name.clone(),
            parent: parent.map(|slug| names.get(slug.as_str()).cloned().unwrap_or_else(|| slug.to_string())),
            grids: grids.iter().filter(|view| view.community == community.slug).map(grid).collect(),
            units: units.iter().filter(|view| view.community == community.slug).map(|view| row(visit, view)).collect(),
        }
    };
    Ok(communities.iter().map(card).collect())
}

fn row(visit: &Visit, unit: &UnitView) -> UnitRow {
    let t = visit.t;
    let names: Vec<String> = unit.categories.iter().map(|category| show::category(category, t)).collect();
    UnitRow {
        slug: unit.slug.to_string(),
        name: unit.name.clone(),
        categories: if names.is_empty() { t.s("admin-any-category") } else { names.join("；") },
        load: unit.load,
        capacity: unit.capacity.map_or_else(|| "—".to_owned(), |capacity| capacity.to_string()),
    }
}

type Placed<'a> = dyn Fn(Option<&CommunityId>, Option<&UnitId>) -> String + Sync + 'a;

async fn users(visit: &Visit, tab: &str, place: &Placed<'_>) -> Result<Vec<UserRow>, Problem> {
    if tab != "accounts" {
        return Ok(Vec::new());
    }
    let users = visit.site.app.accounts().list_users().await?;
    let row = |user: sandan_app::accounts::UserInfo| UserRow {
        place: place(user.community.as_ref(), user.unit.as_ref()),
        role: user.role.name(),
        disabled: user.disabled,
        name: user.name,
    };
    Ok(users.into_iter().map(row).collect())
}

async fn tokens(visit: &Visit, tab: &str, place: &Placed<'_>) -> Result<Vec<TokenRow>, Problem> {
    if tab != "tokens" {
        return Ok(Vec::new());
    }
    let (tokens, calendar) = (visit.site.app.accounts().list_tokens().await?, visit.calendar());
    let row = |token: sandan_app::accounts::TokenInfo| TokenRow {
        role: token.role.name(),
        place: place(token.community.as_ref(), token.unit.as_ref()),
        expires: token.expires.to_zoned(calendar.zone.clone()).strftime("%Y-%m-%d").to_string(),
    };
    Ok(tokens.into_iter().map(row).collect())
}

pub(crate) async fn act(Path(name): Path<String>, visit: Visit) -> Answer {
    let (name, tab) = ACTS.into_iter().find(|(known, _)| *known == name).ok_or_else(Problem::not_found)?;
    visit.permit(Action::ManageAccounts)?;
    let form = if tab == "policy" { publish::form(&visit, name).await? } else { visit.form(name) };
    let done = match name {
        "accounts" => add_account(&visit, &form).await.map(|()| 0),
        "password" => set_password(&visit, &form).await.map(|()| 0),
        "members" => match members::add(&visit, &form).await {
            Ok((here, position)) => return Ok(on(&here, "saved", position)),
            Err(problem) => Err(problem),
        },
        "tokens" => match make_token(&visit, &form).await {
            Ok(secret) => {
                // Shown once, and therefore on the answer itself: a redirect would have to carry it.
                let shown = AdminPage { secret: Some(secret), ..admin_page(&visit, tab, None).await? };
                return with_status(StatusCode::CREATED, &shown);
            }
            Err(problem) => Err(problem),
        },
        "policies" | "calendars" => match publish::act(&visit, name, &form).await {
            Ok(Done::Published(position)) => Ok(position),
            Ok(Done::Looked(told)) => {
                let shown = admin_page(&visit, tab, Some((name, form))).await?;
                return page(&AdminPage { looked: Some(told), ..shown });
            }
            Err(problem) => Err(problem),
        },
        _ => organise(&visit, name, &form).await,
    };
    match done {
        Ok(position) => {
            let community = form.given("community").filter(|_| tab == "policy");
            let here = address("/admin", &[("tab", Some(tab)), ("community", community.as_deref())]);
            Ok(on(&here, "saved", position))
        }
        Err(problem) => {
            let within = problem.clone();
            let (status, form) = form.with("password", "").refuse(visit.t, problem)?;
            let form = if tab == "policy" { publish::within(form, name, visit.t, &within) } else { form };
            with_status(status, &admin_page(&visit, tab, Some((name, form))).await?)
        }
    }
}

async fn organise(visit: &Visit, name: &str, form: &Form) -> Result<u64, Problem> {
    let app = &visit.site.app;
    let (slug, label) = (form.given("slug"), form.given("name"));
    let founded = match name {
        "communities" => {
            let input = Found { slug, name: label, parent: form.given("parent") };
            app.found_community(&visit.caller(Action::Found, form), input).await?
        }
        "grids" => {
            let input = AddGrid { slug, community: form.given("community"), name: label, lead: form.given("lead") };
            app.add_grid(&visit.caller(Action::AddGrid, form), input).await?
        }
        "units" => app.register_unit(&visit.caller(Action::RegisterUnit, form), unit(form)?).await?,
        _ => app.revise_unit(&visit.caller(Action::ReviseUnit, form), unit(form)?).await?,
    };
    Ok(founded.position)
}

/// Categories stand one a line, grids with blanks between them. What the form does not show stays as it is.
fn unit(form: &Form) -> Result<RegisterUnit, Problem> {
    let lines = |name: &str| form.value(name).lines().map(str::trim).filter(|line| !line.is_empty());
    let capacity = match form.given("capacity") {
        None => None,
        Some(text) => {
            let wrong = || Refusal::field("capacity", InputError::OutOfRange { min: 0, max: 100_000 });
            Some(text.trim().parse().map_err(|_| wrong())?)
        }
    };
    Ok(RegisterUnit {
        slug: form.given("slug"),
        community: form.given("community"),
        name: form.given("name"),
        categories: lines("categories").map(str::to_owned).collect(),
        grids: form.value("grids").split_whitespace().map(str::to_owned).collect(),
        capacity,
        resources: Vec::new(),
    })
}

/// Role, community and unit of an account or a token; all that can't stand, together.
fn place(form: &Form) -> Result<(Role, Option<CommunityId>, Option<UnitId>), Problem> {
    let mut errors = Vec::new();
    let mut complain = |field: &str, error: InputError| errors.push(FieldError { field: field.to_owned(), error });
    let role = form.given("role").and_then(|role| role.parse::<Role>().ok());
    if role.is_none() {
        complain("role", InputError::Missing);
    }
    let community = form.given("community").map(|slug| slug.trim().parse()).transpose();
    let community = community.unwrap_or_else(|error| {
        complain("community", error);
        None
    });
    let unit = form.given("unit").map(|slug| slug.trim().parse()).transpose();
    let unit = unit.unwrap_or_else(|error| {
        complain("unit", error);
        None
    });
    if role == Some(Role::Unit) && unit.is_none() {
        complain("unit", InputError::Missing);
    }
    match role {
        Some(role) if errors.is_empty() => Ok((role, community, unit)),
        _ => Err(Refusal::Invalid(errors).into()),
    }
}

async fn add_account(visit: &Visit, form: &Form) -> Result<(), Problem> {
    let (role, community, unit) = place(form)?;
    let (name, password) = (form.value("name").to_owned(), form.value("password").to_owned());
    let new = NewUser { name, role, unit, community, password };
    visit.site.app.accounts().add_user(new).await.map(|_| ()).map_err(account_problem)
}

async fn set_password(visit: &Visit, form: &Form) -> Result<(), Problem> {
    let done = visit.site.app.accounts().set_password(form.value("name"), form.value("password")).await;
    done.map_err(account_problem)
}

pub(crate) async fn disable(visit: Visit) -> Answer {
    visit.permit(Action::ManageAccounts)?;
    let name = visit.sent.get("name").unwrap_or_default();
    visit.site.app.accounts().disable_user(name).await.map_err(account_problem)?;
    Ok(on("/admin?tab=accounts", "saved", 0))
}

async fn make_token(visit: &Visit, form: &Form) -> Result<String, Problem> {
    let (role, community, unit) = place(form)?;
    let days = match form.given("days") {
        None => None,
        Some(text) => {
            let days = text.trim().parse::<i64>().ok().filter(|days| (1..=3_650).contains(days));
            let days = days.ok_or_else(|| Refusal::field("days", InputError::OutOfRange { min: 1, max: 3_650 }))?;
            Some(SignedDuration::from_hours(days * 24))
        }
    };
    let made = visit.site.app.accounts().create_token(NewToken { role, unit, community, expires: days }).await;
    made.map(|(secret, _)| secret).map_err(account_problem)
}
